"""Named sanity checks: facts that must hold before and after a table is built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analysis.errors import DataError

Side = Literal["snapshot", "table"]


@dataclass(frozen=True)
class Check:
    """A named statement about one side of a build.

    ``holds`` gets ``Snapshots`` (side ``snapshot``) or the typed table (side ``table``).
    """

    name: str
    side: Side
    says: str
    holds: Callable[[Any], bool]


def run(checks: Iterable[Check], side: Side, subject: object, file: object) -> list[str]:
    """Names of the checks passed; DataError at the first that does not hold."""
    passed = []
    for check in checks:
        if check.side != side:
            continue
        if not _holds(check, subject):
            raise DataError(f"sanity check {check.name!r} fails: {check.says}", file=file)
        passed.append(check.name)
    return passed


def _holds(check: Check, subject: object) -> bool:
    try:
        return check.holds(subject)
    except (LookupError, ValueError):
        if check.side == "snapshot":  # a column or cell as received: the build names it
            raise
        return False  # the rows that a statement about the table speaks of are not there


def rows_at_least(count: int) -> Check:
    """The table has not lost rows: at least ``count``."""
    says = f"the table has at least {count} rows"
    return Check(f"has_{count}_rows_or_more", "table", says, lambda table: len(table) >= count)


def value_is(
    name: str, where: dict[str, object], column: str, value: float, *, within: float = 1e-9
) -> Check:
    """Exactly one row matches ``where``, and its ``column`` is ``value`` (relative tolerance)."""

    def holds(table: pd.DataFrame) -> bool:
        rows = table
        for key, wanted in where.items():
            rows = rows[rows[key] == wanted]
        return len(rows) == 1 and abs(float(rows[column].iloc[0]) - value) <= within * abs(value)

    says = f"{column} is {value:g} where {where}"
    return Check(name, "table", says, holds)
