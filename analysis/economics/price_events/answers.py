"""What the ledger records on the third prediction, and its forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.price_events.against_rule import WINDOW_END, events
from analysis.economics.price_events.odds import END, EXPOSURE_START, OPEN, Record, odds
from analysis.errors import InputError

METHOD = "dated events held against the conditions of the rule"
CHANCE = "constant rate, Jeffreys prior, at least one event to the end of the window"
WEAKNESS = {
    "strict": (
        "users and coverage were looked up for few rows, and what the list misses would raise it"
    ),
    "lenient": "coverage is taken as given, and most rows rest on the lowest grade of source",
}


def controversy(seen: Record | None, chances: pd.DataFrame | None) -> Answer:
    """Events under the strict rule in the window (p3a).

    The count of those of grade A or B once there is one, or of all once the whole window has been
    observed; no estimate before.

    Raises:
        InputError: when no event is known.
    """
    if seen is None or chances is None:
        raise InputError("events", "has no price event known by this day")
    inside = events(seen.events, "strict", OPEN, min(seen.end, END))
    graded = inside[inside["grade"] != "C"]
    looked = int(seen.events["refers_to"].between(OPEN, min(seen.end, END)).sum())
    detail = {
        "observed_through": f"{seen.end:%Y-%m-%d}",
        "events": len(inside),
        "chances": chances.to_dict("records"),
    }
    if len(graded) or seen.end >= END:
        counted = graded if len(graded) else inside
        grade = str((counted if len(counted) else seen.events)["grade"].max())
        reason = f"{looked} events of the window were held against the rule."
        return Answer(len(counted), None, looked, METHOD, reason, grade, detail=detail)
    grade = str(seen.events["grade"].max())
    return Answer(
        None, None, looked, METHOD, _open(seen, looked, len(inside)), grade, detail=detail
    )


def forecast(seen: Record | None, definition: str, **given: Any) -> Mapping[str, Any]:
    """What ``ledger.forecast`` takes by keyword, for one of the two rules.

    Args:
        seen: what was seen; None, or what allows no odds, gives no probability and the reason.
        definition: ``strict`` or ``lenient``.
        given: as ``odds.odds`` takes them.
    """
    stated = {"rule": definition, "window_end": WINDOW_END.isoformat(), "method": CHANCE}
    try:
        if seen is None:
            raise InputError("events", "has no price event known by this day")
        one = odds(seen, definition, **given)
    except InputError as error:
        nothing = {"probability": None, "interval": None, "n": 0, "grade": "C"}
        return stated | nothing | {"reason": str(error)}
    span = f"{_day(EXPOSURE_START)} to {_day(seen.end)}"
    return stated | {
        "probability": one.probability,
        "interval": one.interval,
        "n": one.count,
        "reason": f"Few events, found by searching: {WEAKNESS[definition]}.",
        "reference_class": (
            f"{one.count} of {len(seen.events)} events, on a list made by searching for known ones,"
            f" under the {definition} reading; exposure is the market from {span},"
            f" {one.exposure:.1f} months"
        ),
        "grade": one.grade,
    }


def _open(seen: Record, looked: int, inside: int) -> str:
    last = _day(seen.end)
    if seen.end < OPEN:
        return f"The window had not begun on {last}, the last day observed."
    found = "None" if inside == 0 else f"{inside}, of the lowest grade only,"
    return (
        f"{found} of the {looked} events on the list from 1 April 2026 to {last}, the last day"
        " observed, meets the strict rule on record; until the window ends that decides nothing."
    )


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"
