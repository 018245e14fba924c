"""The reports that can be compared: by date, ``latest``, key of an exploration, or path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import InputError
from analysis.run import publish, state
from analysis.run.state import State

LATEST, EXPLORED = "latest", "explore"
_SHOWN = 12


@dataclass(frozen=True)
class Report:
    """One report set; ``folder`` is the link to it where it has one, ``notebooks`` are those that
    ended well, ``kind`` is that of its run record."""

    name: str
    folder: Path
    kind: str
    state: State
    notebooks: frozenset[str]

    def evidence(self) -> list[dict[str, Any]]:
        """All that its notebooks recorded."""
        text = (self.folder / "evidence.json").read_text(encoding="utf-8")
        return [dict(record) for record in json.loads(text)]


def names() -> list[str]:
    """What there is: days, newest first, then explorations, newest first."""
    reports = paths.reports()
    if not reports.is_dir():
        return []
    latest = [LATEST] if (reports / LATEST).exists() else []
    return [*latest, *reversed(publish.days()), *_explored()]


def _explored() -> Iterator[str]:
    folder = paths.reports() / EXPLORED
    links = [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    for path in sorted(links, key=lambda path: path.lstat().st_mtime_ns, reverse=True):
        yield path.name


def find(name: str) -> Report:
    """The report of that name, or at that path.

    Raises:
        InputError: when there is none, with those there are, or it is not a whole one.
    """
    folder = _folder(name)
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        made = {item["name"] for item in record["notebooks"] if item["status"] == "ok"}
        found = state.of_set(folder)
        return Report(_name(folder, found), folder, str(record["kind"]), found, frozenset(made))
    except (OSError, ValueError, KeyError, TypeError) as error:
        rule = f"{folder} is not a whole report of claims ({type(error).__name__}: {error})"
        raise InputError(f"report {name!r}", rule) from error


def _folder(name: str) -> Path:
    reports = paths.reports()
    if name in names():
        return reports / EXPLORED / name if name in set(_explored()) else reports / name
    path = Path(name)
    if path.is_dir() and (path / "run.json").exists():
        return path
    raise InputError(f"report {name!r}", f"there is none of that name or path; {_valid(name)}")


def _valid(name: str) -> str:
    known = names()
    if not known:
        return "there are no reports yet; call `reckon run`"
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}? " if near else ""
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"{hint}valid: {', '.join(known[:_SHOWN])}{more}, or the path of a report set"


def _name(folder: Path, found: State) -> str:
    """The day of a published report, the key of an exploration, else how its set begins."""
    reports = paths.reports()
    for link in (reports / found.as_of, *(reports / EXPLORED / key for key in _explored())):
        if link.exists() and link.resolve() == folder.resolve():
            return link.name
    return found.set[:12] or folder.resolve().name
