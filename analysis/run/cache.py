"""Executed notebooks by key, in ``reports/.cache``. A damaged entry counts as absent.

The folder has a bound in bytes; what was not used for longest goes first.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from analysis.files import sweep, write_atomic
from analysis.run import document, entry, scratch
from analysis.run.entry import folder
from analysis.run.environment import digest
from analysis.run.plan import Task, why_stale

RECENT = 8
"""How many executions of a notebook are looked at to say why it runs again."""
BOUND = 1_000_000_000
"""Bytes that the folder may hold after a run."""


@dataclass(frozen=True)
class Pruned:
    """What ``prune`` removed and what is left."""

    removed: int
    kept: int
    bytes: int


def find(task: Task) -> document.Notebook | None:
    """The executed notebook of this key, in today's prose; ``None`` if there is no sound one."""
    place = folder() / task.key
    try:
        text = (place / "executed.ipynb").read_text(encoding="utf-8")
        about = json.loads((place / "entry.json").read_text(encoding="utf-8"))
        if about["sha256"] != digest(text.encode()):
            return None
        executed = document.splice(task.notebook, json.loads(text))
        os.utime(place)  # its last use
        return executed
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return None


def why(task: Task) -> str:
    """Why a task has to run: what changed since the most similar of its recent executions."""
    known = [parts for key in _recent(task.name) if (parts := _parts(key)) is not None]
    return why_stale(task.parts, min(known, key=lambda parts: _distance(task, parts), default=None))


def store(
    task: Task, executed: document.Notebook, *, recent: bool = True, seconds: float | None = None
) -> None:
    """Keeps a result: complete under its name, or not at all. One of a sweep is not ``recent``,
    or else a run would be told that it differs from those."""
    text = document.dumps(executed)
    said = {"notebook": task.name, "parts": task.parts, "seconds": seconds}
    about = said | {"sha256": digest(text.encode())}
    try:
        with entry.building(task.key) as place:
            (place / "executed.ipynb").write_text(text, encoding="utf-8")
            (place / "entry.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    except OSError:
        if find(task) is None:  # else another run was faster, with the same result
            raise
    if recent:
        keys = [task.key, *(key for key in _recent(task.name) if key != task.key)]
        write_atomic(_index(task.name), json.dumps(keys[:RECENT]).encode())


def seconds(name: str) -> float:
    """How long the last execution of a notebook took; infinite if nobody knows, so that what may
    take longest is begun first."""
    for key in _recent(name)[:1]:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads((folder() / key / "entry.json").read_text(encoding="utf-8"))
            return float(about["seconds"])
    return float("inf")


def prune(bound: int = BOUND) -> Pruned:
    """Removes entries until the rest fits into ``bound`` bytes, the least recently used first,
    and what killed runs left half written."""
    place = folder()
    if not place.is_dir():
        return Pruned(0, 0, 0)
    scratch.sweep(place, entry.BUILDING)
    sweep(place)
    entries = [path for path in place.iterdir() if path.is_dir() and path.name[0] != "."]
    sizes = {path: _size(path) for path in sorted(entries, key=_used, reverse=True)}
    total, kept = 0, 0
    for path, size in sizes.items():
        total += size
        if total > bound:
            total -= size
            shutil.rmtree(path, ignore_errors=True)
        else:
            kept += 1
    return Pruned(len(sizes) - kept, kept, total)


def _size(place: Path) -> int:
    with contextlib.suppress(OSError):
        return sum(path.stat().st_size for path in place.iterdir())
    return 0


def _used(place: Path) -> float:
    with contextlib.suppress(OSError):
        return place.stat().st_mtime
    return 0.0


def _index(name: str) -> Path:
    return folder() / f"recent-{name}.json"


def _recent(name: str) -> list[str]:
    """Keys of the last executions of a notebook, newest first."""
    try:
        return [str(key) for key in json.loads(_index(name).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def _parts(key: str) -> dict[str, str] | None:
    try:
        about = json.loads((folder() / key / "entry.json").read_text(encoding="utf-8"))
        return dict(about["parts"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _distance(task: Task, parts: dict[str, str]) -> int:
    return len(task.parts.items() ^ parts.items())
