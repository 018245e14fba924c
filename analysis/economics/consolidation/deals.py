"""Every deal held against the conditions of the first prediction."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.economics.observed import last_day as last_day
from analysis.errors import InputError

BUYERS = (
    *("Amazon", "Microsoft", "Google", "Oracle", "IBM", "Alibaba", "Salesforce", "SAP"),
    *("ServiceNow", "Databricks", "Snowflake", "Adobe", "Workday"),
)
"""The buyers that the frozen rule of p1 names."""
WIDER_BUYERS = ("hardware", "platform")
"""Kinds of buyer that its lenient reading adds."""
LICENCE, FULL = "licence and hire", "full"
MOVED = "most of the staff"
"""Words of the table of labs where the move of half the staff is on record."""
WINDOW_START = date(2026, 4, 1)
WINDOW_ENDS = {24: date(2028, 4, 30), 36: date(2029, 4, 30)}
"""Last days of the rule's window, by the months that it gives them."""
DEFINITIONS = ("strict", "strict, valued before the sale", "broad", "broad, staff on record")
UNIVERSES = ("labs", "deals")


def held(labs: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
    """Each deal with the conditions it meets.

    ``signed`` is the day of the agreement, ``day`` that of the closing (of the announcement for a
    licence, which takes effect at once). ``valued``: the table of labs has a valuation of a
    billion USD or more by the day of signing, the sale's own price included; ``valued_before``:
    from an earlier day.

    Raises:
        InputError: when no deal is known.
    """
    if deals.empty:
        raise InputError("deals", "has no deal known by this day")
    worth = labs[labs["event"] == "valued at 1 billion"].set_index("lab")["refers_to"]
    moved = set(labs.loc[labs["note"].fillna("").str.contains(MOVED, regex=False), "lab"])
    valued = deals["target"].map(worth)
    listed = deals["acquirer"].isin(BUYERS)
    return pd.DataFrame(
        {
            "target": deals["target"],
            "acquirer": deals["acquirer"],
            "structure": deals["structure"],
            "status": deals["status"],
            "signed": deals["refers_to"],
            "day": deals["closed_on"].fillna(deals["refers_to"]),
            "value_usd": deals["value_usd"],
            "grade": deals["grade"],
            "developer": deals["target_kind"] == "model developer",
            "valued": valued <= deals["refers_to"],
            "valued_before": valued < deals["refers_to"],
            "listed": listed,
            "wider": listed | deals["acquirer_kind"].isin(WIDER_BUYERS),
            "full": deals["structure"] == FULL,
            "licence": deals["structure"] == LICENCE,
            "staff": deals["target"].isin(moved),
            "closed": deals["status"] == "closed",
        }
    ).sort_values(["signed", "target"], ignore_index=True)


def meets(frame: pd.DataFrame, definition: str, universe: str = "labs") -> pd.Series:
    """Whether each deal of ``held`` is an event.

    ``strict`` is a full purchase by a listed buyer; ``broad`` adds the licence with hiring and
    the wider buyers. ``universe`` ``labs`` asks for the valuation of a billion that the rule
    asks for; ``deals`` takes any developer of models.

    Raises:
        InputError: for an unknown definition or universe.
    """
    if definition not in DEFINITIONS:
        raise InputError("definition", f"must be one of {', '.join(DEFINITIONS)}")
    if universe not in UNIVERSES:
        raise InputError("universe", f"must be one of {', '.join(UNIVERSES)}")
    common = frame["developer"] & frame["closed"]
    if universe == "labs":
        common &= frame["valued"]
    if definition.startswith("strict"):
        before = frame["valued_before"] | (definition == "strict")
        return common & frame["listed"] & frame["full"] & before
    staff = frame["staff"] | (definition == "broad")
    return common & frame["wider"] & (frame["full"] | (frame["licence"] & staff))


def events(
    frame: pd.DataFrame,
    definition: str,
    start: pd.Timestamp,
    end: pd.Timestamp,
    universe: str = "labs",
) -> pd.DataFrame:
    """The deals of ``held`` that count, signed from ``start`` and closed by ``end``."""
    inside = (frame["signed"] >= start) & (frame["day"] <= end)
    return frame[meets(frame, definition, universe) & inside]


def against_the_rule(frame: pd.DataFrame) -> pd.DataFrame:
    """Each deal, which reading of the rule it meets, and the first condition that it fails."""
    strict, broad = meets(frame, "strict"), meets(frame, "broad")
    failed = [_first_failed(row) for row in frame.to_dict("records")]
    counts = [
        "strict and broad" if s else f"broad: {why}" if b else f"neither: {why}"
        for s, b, why in zip(strict, broad, failed, strict=True)
    ]
    return pd.DataFrame(
        {
            "target": frame["target"],
            "buyer": frame["acquirer"],
            "form": frame["structure"] + ", " + frame["status"],
            "signed": frame["signed"].dt.strftime("%Y-%m-%d"),
            "million_usd": frame["value_usd"] / 1e6,
            "grade": frame["grade"],
            "counts_as": counts,
        }
    )


def _first_failed(row: Mapping[Hashable, Any]) -> str:
    conditions = {
        "developer": "not a developer of general models",
        "valued": "no valuation of a billion on record",
        "listed": "buyer not on the list",
        "full": "not a full purchase",
        "closed": "not closed",
    }
    return next((words for name, words in conditions.items() if not row[name]), "")
