"""Parts of pages made in a thread while notebooks run: a run waits for those most of the time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from typing import Any

from analysis.run import entry
from analysis.run.plan import Task
from analysis.run.runset import NotebookResult


class Beside:
    """What the thread is asked for. A part that it cannot make fails when the site is built."""

    def __init__(self, thread: Executor) -> None:
        self._thread = thread

    def begin(self) -> None:
        """Loads what pages are made with."""
        self._thread.submit(_begin)

    def tables(self, tasks: Iterable[Task]) -> None:
        """Makes what depends on no result, and so can wait until a processor is idle."""
        for name, as_of in sorted({(table, one.as_of) for one in tasks for table in one.tables}):
            self._thread.submit(_table, name, as_of)

    def keep(self, task: Task, title: str) -> None:
        """Makes the page of a result that went to the cache."""
        path = entry.folder() / task.key / "executed.ipynb"
        self._thread.submit(_body, NotebookResult(task.name, title, path, "ok", key=task.key))

    def judged(self, evidence: list[dict[str, Any]], as_of: date) -> None:
        """Makes what depends on verdicts, once all evidence is there."""
        self._thread.submit(_figure, evidence, as_of)


@contextlib.contextmanager
def beside() -> Iterator[Beside]:
    """A thread for pages; at the end it finishes the part it is at and leaves the others."""
    thread = ThreadPoolExecutor(1, "pages")
    try:
        yield Beside(thread)
    finally:
        thread.shutdown(cancel_futures=True)


def _begin() -> None:
    """Loads what verdicts and pages are made with, later needed in a hurry.

    What is kept belongs to the code of this moment, even if that is edited meanwhile.
    """
    from analysis.methods import multiplicity
    from analysis.report.site import pages, site
    from analysis.run import kept_parts

    kept_parts.pages_made_with()
    pages.compile_templates()
    assert multiplicity and site


def _table(name: str, as_of: date) -> None:
    from analysis.report.site.background import Background
    from analysis.run.kept_parts import KeptParts

    KeptParts().table(Background(), name, as_of)


def _body(result: NotebookResult) -> None:
    from analysis.run.kept_parts import KeptParts

    KeptParts().body(result)


def _figure(evidence: list[dict[str, Any]], as_of: date) -> None:
    from analysis.claims import store, verdicts
    from analysis.run.kept_parts import KeptParts

    KeptParts().figure(verdicts.table(store.claims(), evidence, as_of))
