"""Everything that differs between two reports, on what both of them have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.run import changes, publish, state
from analysis.run.changes import THRESHOLD, Changes
from analysis.run.diff import rows
from analysis.run.diff.reports import Report
from analysis.run.diff.rows import Rows
from analysis.run.state import State


@dataclass(frozen=True)
class Parameter:
    """A parameter of one notebook that has another value."""

    notebook: str
    name: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Comparison:
    """Two reports and what differs.

    The states of ``before`` and ``after`` have only the claims that are compared; ``left_out``
    are those that rest on a notebook which one of them is without. ``filled`` names the report
    that stands in for the missing members of the pre-registered family, empty if none has to.
    """

    before: Report
    after: Report
    threshold: float
    changes: Changes
    rows: Rows
    parameters: tuple[Parameter, ...]
    left_out: tuple[str, ...]
    filled: str

    @property
    def one_report(self) -> bool:
        """Whether a report is compared with itself."""
        return self.before.folder.resolve() == self.after.folder.resolve()

    @property
    def same(self) -> bool:
        """Whether nothing differs that a comparison tells of."""
        found = self.changes
        told = (found.verdicts, found.estimates, found.entered, found.left, self.parameters)
        return not any(told) and not self.rows.changed and not self.rows.unknown

    @property
    def parts(self) -> bool:
        """Whether one of them is without notebooks that the other has."""
        return self.before.notebooks != self.after.notebooks


def between(before: Report, after: Report, threshold: float = THRESHOLD) -> Comparison:
    """Compares two reports.

    Args:
        before: the one that is told first.
        after: the other.
        threshold: relative change from which on an estimate is told.

    Raises:
        ClaimError: when evidence of a part of the collection is not well formed.
    """
    found = rows.compare(before.state, after.state, before.folder, after.folder)
    was, now = _in_family(before, after), _in_family(after, before)
    now = rows.aligned(was, now, found)
    left_out = set(_left_out(before, after))
    was, now = (_only(side, left_out, before.notebooks & after.notebooks) for side in (was, now))
    filled = [
        other.name
        for side, other in ((before, after), (after, before))
        if side.notebooks < other.notebooks
    ]
    return Comparison(
        replace(before, state=was),
        replace(after, state=now),
        threshold,
        changes.compare(was, now, threshold=threshold, tables=_named(was)),
        found,
        tuple(_parameters(before, after)),
        tuple(name for name in after.state.claims if name in left_out),
        filled[0] if filled and _members(was) else "",
    )


def since(before: State, after: State, folder: Path) -> Changes:
    """What differs in a report, in ``folder``, from one of which the state was kept, by what both
    say of themselves and, where the earlier set is still there, by the rows of their tables."""
    earlier = publish.complete(before.set) if before.set else None
    if earlier is not None:
        after = rows.aligned(before, after, rows.compare(before, after, earlier, folder))
    return changes.compare(before, after, tables=_named(after))


def _only(side: State, left_out: set[str], common: frozenset[str]) -> State:
    claims = {name: one for name, one in side.claims.items() if name not in left_out}
    made = {name: one for name, one in side.made.items() if name in common}
    return replace(side, claims=claims, made=made)


def _named(side: State) -> dict[str, tuple[str, ...]]:
    from analysis.claims import store

    return {name: one.tables for name, one in store.claims().items() if name in side.claims}


def _members(side: State) -> list[str]:
    return [name for name, one in side.claims.items() if one.row.get("family")]


def _left_out(before: Report, after: Report) -> Iterator[str]:
    """Claims of both that rest on a notebook which one does not have; in a comparison with a part
    of the collection also those that rest on none."""
    common = before.notebooks & after.notebooks
    whole = not any(side.kind == "explore" for side in (before, after))
    for name, one in after.state.claims.items():
        if name in before.state.claims:
            rests = {*one.notebooks, *before.state.claims[name].notebooks}
            if not rests <= common or not (rests or whole):
                yield name


def _in_family(side: Report, other: Report) -> State:
    """The state of a part of the collection, with members of the pre-registered family judged as
    if the other report's evidence stood beside its own: alone, they would compete with nobody."""
    if not side.notebooks < other.notebooks:
        return side.state
    from analysis.claims import store, verdicts

    rest = [one for one in other.evidence() if one["notebook"] not in side.notebooks]
    day = date.fromisoformat(side.state.as_of)
    judged = verdicts.table(store.claims(), [*side.evidence(), *rest], day)
    kept = {
        row["id"]: state.judged(row)
        for row in judged
        if row["family"] and row["verdict"] != verdicts.UNTESTED and row["id"] in side.state.claims
    }
    return replace(side.state, claims=side.state.claims | kept)


def _parameters(before: Report, after: Report) -> Iterator[Parameter]:
    for name in sorted(before.state.made.keys() & after.state.made.keys()):
        was, now = (side.state.made[name].parameters for side in (before, after))
        for key in sorted(was.keys() | now.keys()):
            if key != "as_of" and was.get(key) != now.get(key):
                yield Parameter(name, key, was.get(key), now.get(key))
