"""Which rows of each table two reports do not share.

A report keeps the rows that it was made from beside its pages. Where it does not, the data at hand
stand in, if they are still what it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis import registry, tables
from analysis.errors import ReckonError
from analysis.files import read_csv
from analysis.refresh import diff
from analysis.refresh.diff import TableDiff
from analysis.run.state import State


@dataclass(frozen=True)
class Rows:
    """``changed`` has the tables with other rows; ``same`` those with none; of the ``unknown``
    ones a report is without its rows, and what is at hand has changed since."""

    changed: tuple[TableDiff, ...] = ()
    same: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def compare(before: State, after: State, was: Path, now: Path) -> Rows:
    """Compares each table that both reports load, row by row.

    Args:
        before: the one report, with its folder ``was``.
        after: the other, with its folder ``now``.
    """
    changed, same, unknown = [], [], []
    for name in sorted(before.tables.keys() & after.tables.keys()):
        if before.tables[name] == after.tables[name]:
            same.append(name)
            continue
        sides = _text(name, before, was), _text(name, after, now)
        found = _compared(name, *sides)
        if found is None:
            unknown.append(name)
        elif found.added or found.changed or found.gone:
            changed.append(found)
        else:
            same.append(name)
    return Rows(tuple(changed), tuple(same), tuple(unknown))


def aligned(before: State, after: State, found: Rows) -> State:
    """``after`` with tables that hold the same rows as in ``before`` taken for the same: what a
    table says of itself names the day, and the day is a cause of its own."""
    same = {name: before.tables[name] for name in found.same}
    return replace(after, tables=after.tables | same)


def _text(name: str, side: State, folder: Path) -> pd.DataFrame | None:
    file = folder / "data" / f"{name}.csv"
    try:
        if file.exists():
            content = file.read_bytes()
            return read_csv(content, file) if content.count(b"\n") > 1 else _empty(content)
        if tables.fingerprint(name, side.as_of) == side.tables[name]:
            return tables.text(name, side.as_of)
    except (ReckonError, OSError):
        return None
    return None


def _empty(header: bytes) -> pd.DataFrame:
    return pd.DataFrame(columns=header.decode().strip().split(","), dtype=str)


def _compared(name: str, old: pd.DataFrame | None, new: pd.DataFrame | None) -> TableDiff | None:
    if old is None or new is None:
        return None
    try:
        return diff.compare(registry.table(name), old, new)
    except (ReckonError, KeyError, ValueError):  # a table of that name had another key then
        return None
