"""What a new vintage changes in a table: rows added, changed and gone, and by how much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.schemas import Table
from analysis.sources.live import Live

FEW = 10  # rows; below that a median says nothing about a column
FACTOR = 2.0


@dataclass(frozen=True)
class Change:
    """One number column over the rows that both vintages have.

    ``cells`` changed; ``largest`` is the largest factor between new and old (at least 1) among
    them and ``typical`` the median factor over all rows, changed or not.
    """

    column: str
    cells: int
    largest: float
    typical: float


@dataclass(frozen=True)
class TableDiff:
    """A table before and after."""

    table: str
    held: int
    added: int
    changed: int
    gone: int
    numbers: tuple[Change, ...]

    def __str__(self) -> str:
        says = f"{self.table}: {self.added} rows added, {self.changed} changed, {self.gone} gone"
        says += f" of {self.held}"
        moved = [
            f"{change.column} in {change.cells} rows, by at most {change.largest - 1:.2%}"
            for change in self.numbers
        ]
        return f"{says} ({'; '.join(moved)})" if moved else says


def compare(table: Table, old: pd.DataFrame, new: pd.DataFrame) -> TableDiff:
    """Compare two vintages of ``table`` (cells as text) row by row, matched by its key."""
    before, after = (frame.set_index([*table.key], drop=False) for frame in (old, new))
    both = before.index.intersection(after.index)
    shared = [name for name in before.columns if name in after.columns]
    left, right = before.loc[both, shared], after.loc[both, shared]
    return TableDiff(
        table.name,
        held=len(before),
        added=len(after) - len(both),
        changed=int((left.to_numpy() != right.to_numpy()).any(axis=1).sum()),
        gone=len(before) - len(both),
        numbers=_numbers(table, left, right),
    )


def check(diff: TableDiff, live: Live) -> None:
    """DataError if the table lost, gained or changed more than ``live`` allows."""
    if diff.gone > live.may_shrink * diff.held:
        raise DataError(f"{diff.gone} of {diff.held} rows are gone", file=diff.table)
    if diff.added > live.may_grow * diff.held:
        raise DataError(f"{diff.added} rows are new, {diff.held} were held", file=diff.table)
    for change in diff.numbers:
        if change.typical > FACTOR:
            problem = f"values moved by a factor of {change.typical:.3g} (median): another unit?"
            raise DataError(problem, file=diff.table, column=change.column)


def _numbers(table: Table, left: pd.DataFrame, right: pd.DataFrame) -> tuple[Change, ...]:
    names = [c.name for c in table.all_columns if c.kind in ("number", "integer")]
    found = [_change(name, [*left[name]], [*right[name]]) for name in names if name in left]
    return tuple(change for change in found if change is not None)


def _change(name: str, left: Sequence[str], right: Sequence[str]) -> Change | None:
    pairs = pd.DataFrame({"old": left, "new": right}, dtype=str)
    pairs = pairs.apply(pd.to_numeric, errors="coerce").dropna()
    pairs = pairs[(pairs["old"] != 0) & (pairs["new"] != 0)]
    cells = int((pairs["old"] != pairs["new"]).sum())
    if not cells:
        return None
    steps = np.abs(np.log(np.abs(pairs["new"] / pairs["old"])))
    typical = float(np.median(steps)) if len(steps) >= FEW else 0.0
    return Change(name, cells, math.exp(float(steps.max())), math.exp(typical))
