"""The verdict on one claim by date: since when it stands, and what each date rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.report import numbers

Row = Mapping[str, Any]
HINDCAST, PSEUDO = "hindcast", "pseudo-vintage"


@dataclass(frozen=True)
class Stand:
    """What the data of one day say; ``marks`` tell why it counts less than a verdict of the day."""

    as_of: str
    verdict: str
    value: str
    span: str
    marks: tuple[str, ...]


def by_claim(past: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of ``analysis.claims.history.rows`` by claim."""
    found: dict[str, list[Row]] = {}
    for row in past:
        found.setdefault(str(row["id"]), []).append(row)
    return found


def stands(past: Sequence[Row], verdict: Row, as_of: date) -> list[Stand]:
    """The claim at each date, that of the run included, newest first.

    Args:
        past: rows of the claim in the history.
        verdict: the claim in the run.
        as_of: day of the run.
    """
    return [_stand(row, str(verdict["frozen_on"])) for row in reversed(_all(past, verdict, as_of))]


def since(past: Sequence[Row], verdict: Row, as_of: date) -> str:
    """The first date of the verdict without another since; empty where no history is known."""
    if not past:
        return ""
    first = ""
    for row in reversed(_all(past, verdict, as_of)):
        if row["verdict"] != verdict["verdict"]:
            break
        first = str(row["as_of"])
    return first


def _all(past: Sequence[Row], verdict: Row, as_of: date) -> list[Row]:
    today = as_of.isoformat()
    before = sorted((row for row in past if row["as_of"] < today), key=lambda row: row["as_of"])
    return [*before, {**verdict, "as_of": today}]


def _stand(row: Row, frozen_on: str) -> Stand:
    value, span = numbers.parts(row["estimate"], row["low"], row["high"], row["unit"] or "")
    marks = (
        HINDCAST if row["as_of"] < frozen_on else "",
        PSEUDO if row["pseudo_vintage"] else "",
    )
    known = row["estimate"] is not None
    return Stand(
        as_of=str(row["as_of"]),
        verdict=str(row["verdict"]),
        value=value if known else "",
        span=span,
        marks=tuple(mark for mark in marks if mark),
    )
