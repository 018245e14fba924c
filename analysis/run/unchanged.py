"""Notices, from times and sizes of files alone, that a run would find nothing to do.

Everything a key of ``plan`` is made of lies in files. Where none of them was touched since an
equal run ended well, and its report is still in place, that report is the answer, and neither
notebooks nor tables have to be read. A touched file only leads to the full comparison of contents.
"""

# os is several times as fast as pathlib, and this asks about all files for each run of a sweep.
# ruff: noqa: PTH116

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import site
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import analysis
from analysis import paths

_KEPT = 32  # requests remembered; the oldest goes first
_DATA = ("tables", "claims.yaml", "claims.lock", "predictions.yaml", "predictions.lock")
_CODE = (".py", ".json", ".j2", ".css", ".js", ".svg")


def find(request: Any) -> dict[str, Any] | None:
    """What ``keep`` was given for an equal request on equal files, if its report still stands."""
    known = _read().get(_key(request))
    if known is None or known["stamp"] != stamp():
        return None
    link = paths.reports() / known["link"]
    there = link.exists() and link.resolve().name == known["set"]
    return known if there else None


def keep(request: Any, before: str, link: Path, **more: Any) -> None:
    """Remembers that ``request`` led to the set behind ``link``.

    ``before`` is the stamp taken before the files were read: one that was edited meanwhile gives
    another stamp now and is not remembered.
    """
    if before != stamp():
        return
    name = link.relative_to(paths.reports()).as_posix()
    entry = {"stamp": before, "link": name, "set": link.resolve().name, **more}
    key = _key(request)
    entries = {k: v for k, v in _read().items() if k != key} | {key: entry}
    recent = dict(list(entries.items())[-_KEPT:])
    from analysis.files import write_atomic  # loads what a run with nothing to do has no use for

    with contextlib.suppress(OSError):  # the report is there all the same
        write_atomic(_file(), json.dumps(recent).encode())


def stamp() -> str:
    """Names, sizes and times of all files that a run depends on, as one hash."""
    seen = hashlib.sha256(f"{sys.version} {sys.prefix}".encode())
    for path in _files():
        with contextlib.suppress(OSError):
            found = os.stat(path)
            seen.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _files() -> Iterator[str | Path]:
    package, root = Path(analysis.__file__).resolve().parent, paths.root()
    yield from _below(package, _CODE)
    yield from _below(paths.notebooks(), (".ipynb",))
    for name in _DATA:
        path = paths.data() / name
        yield from _below(path, (".csv", ".yaml")) if path.is_dir() else [path]
    yield root / "pyproject.toml"  # names the repository that pages link to
    yield from (root / "locks" / "runtime.txt", *map(Path, site.getsitepackages()))
    yield from (paths.reports() / "summary.json", paths.reports() / "history.json")
    yield from _commit(root / ".git")


def _below(folder: Path, endings: tuple[str, ...]) -> list[str]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        found += [f"{place}{os.sep}{name}" for name in names if name.endswith(endings)]
    return sorted(found)


def _commit(git: Path) -> Iterator[Path]:
    """The commit stands on every page; the log of HEAD grows with each one."""
    yield from (git / "HEAD", git / "logs" / "HEAD")


def _key(request: Any) -> str:
    return hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()


def _file() -> Path:
    return paths.reports() / ".cache" / "unchanged.json"


def _read() -> dict[str, Any]:
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
        entries = {k: dict(v) for k, v in found.items() if {"stamp", "link", "set"} <= v.keys()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    return entries
