"""What notebooks show on their pages, made while others run and kept with their cached results."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from analysis.files import write_atomic
from analysis.run import assemble, cache, environment
from analysis.run.environment import digest
from analysis.run.plan import Task
from analysis.run.runset import NotebookResult

if TYPE_CHECKING:
    from analysis.report.site.notebook_page import Body

_FILE = "page.json"


class Beside:
    """Makes pages in a thread: a run waits for its notebooks most of the time."""

    def __init__(self, thread: Executor) -> None:
        self._thread = thread

    def begin(self) -> None:
        """Loads what pages are made with."""
        _made_with()
        self._thread.submit(__import__, "analysis.report.site.site")

    def keep(self, task: Task, title: str) -> None:
        """Makes the page of a result that went to the cache."""
        path = cache.folder() / task.key / "executed.ipynb"
        self._thread.submit(body, NotebookResult(task.name, title, path, "ok", key=task.key))


@contextlib.contextmanager
def beside() -> Iterator[Beside]:
    """A thread for pages; at the end it finishes the page it is at and leaves the others."""
    thread = ThreadPoolExecutor(1, "pages")
    try:
        yield Beside(thread)
    finally:
        thread.shutdown(cancel_futures=True)


def body(result: NotebookResult) -> Body:
    """``notebook_page.body`` of the same notebook, kept with its result if that is cached."""
    from analysis.report.site import notebook_page

    entry, key = cache.folder() / result.key, _key(result)
    if result.key and (kept := _read(entry / _FILE, key)) is not None:
        return kept
    made = notebook_page.body(result)
    if result.key and entry.is_dir():
        _write(entry / _FILE, key, made)
    return made


def _key(result: NotebookResult) -> str:
    shown = [result.name, result.title, result.status, result.error]
    made_from = [*shown, digest(result.path.read_bytes()), _made_with()]
    return digest(json.dumps(made_from, sort_keys=True).encode())


@lru_cache(maxsize=1)
def _made_with() -> str:
    """The code is that of this process, even if its files are edited meanwhile."""
    around = [assemble.report_files(), environment.parts()]
    return digest(json.dumps(around, sort_keys=True).encode())


def _read(path: Path, key: str) -> Body | None:
    from analysis.report.site.markdown import Heading
    from analysis.report.site.notebook_page import Body

    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if known["key"] != key or known["sha256"] != _hash(known["body"]):
            return None
        found = Body(**known["body"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    headings = [Heading(**heading) for heading in known["body"]["headings"]]
    return replace(
        found, title=Markup(found.title), content=Markup(found.content), headings=headings
    )


def _write(path: Path, key: str, made: Body) -> None:
    plain = asdict(made) | {"title": str(made.title), "content": str(made.content)}
    text = json.dumps({"key": key, "sha256": _hash(plain), "body": plain})
    with contextlib.suppress(OSError):  # the page is made, kept or not
        write_atomic(path, text.encode())


def _hash(plain: object) -> str:
    return digest(json.dumps(plain, sort_keys=True).encode())
