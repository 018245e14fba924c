"""What a refresh found, source by source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analysis.refresh.diff import TableDiff

Status = Literal["changed", "nothing new", "problem", "not live"]


@dataclass(frozen=True)
class Found:
    """What became of one upstream.

    ``what`` is its address or package, ``says`` the reason or the problem, ``files`` the new
    snapshots, relative to the data folder.
    """

    source: str
    what: str
    status: Status
    says: str = ""
    files: tuple[str, ...] = ()
    tables: tuple[TableDiff, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """All upstreams asked, and the files in ``data/`` that were replaced."""

    found: tuple[Found, ...]
    files: tuple[str, ...] = ()

    @property
    def changed(self) -> list[str]:
        """Sources with new data."""
        return sorted({one.source for one in self.found if one.status == "changed"})

    @property
    def problems(self) -> list[str]:
        """One line for each upstream whose old data were kept."""
        return [f"{one.source}: {one.says}" for one in self.found if one.status == "problem"]

    @property
    def exit_code(self) -> int:
        """0 done or nothing new, 1 an upstream had a problem."""
        return int(bool(self.problems))


def lines(outcome: Outcome) -> Iterator[str]:
    """What to tell a reader: new data with their differences, then the rest, then the not live."""
    for one in outcome.found:
        if one.status == "changed":
            yield f"{one.source}: new data from {one.what}"
            yield from (f"  {diff}" for diff in one.tables)
    for one in outcome.found:
        if one.status == "nothing new":
            yield f"{one.source}: nothing new from {one.what}: {one.says}"
    reasons: dict[str, list[str]] = {}
    for one in outcome.found:
        if one.status == "not live":
            reasons.setdefault(one.says, []).append(one.source)
    for reason, sources in reasons.items():
        yield f"not live ({reason}): {', '.join(sources)}"
    yield f"{len(outcome.files)} files replaced"
