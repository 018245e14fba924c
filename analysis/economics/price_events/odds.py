"""The chance of a price event that meets the rule by the end of the window.

Exposure is the market's time from January 2023, when assistants for consumers had begun, to the
last day of the list. The list was made by looking for known events, so what it misses makes the
rate a lower bound: ``found`` is the share of such events that it is taken to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.consolidation.cohort import months
from analysis.economics.price_events.against_rule import (
    LENIENT,
    STRICT,
    WINDOW_END,
    WINDOW_START,
    events,
)
from analysis.errors import InputError
from analysis.methods import events as counts
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

EXPOSURE_START = pd.Timestamp(2023, 1, 1)
OPEN, END = pd.Timestamp(WINDOW_START), pd.Timestamp(WINDOW_END)
HEADLINES = (STRICT[0], LENIENT[0])
SOURCES = ("any grade", "grade A or B")


@dataclass(frozen=True, eq=False)
class Record:
    """What was seen by ``end``: the events (``against_rule.held``)."""

    events: pd.DataFrame
    end: pd.Timestamp


@dataclass(frozen=True)
class Odds:
    """Probability of an event in the window, and what it is made from."""

    definition: str
    probability: float
    interval: tuple[float, float]
    count: int
    exposure: float
    ahead: float
    in_window: int
    grade: str


def record(held: pd.DataFrame, observed_through: str, as_of: str) -> Record:
    """The events up to the last day that the list was kept, or the day of the run if earlier."""
    return Record(held, min(pd.Timestamp(observed_through), pd.Timestamp(as_of)))


def odds(
    seen: Record,
    definition: str,
    *,
    found: float = 1.0,
    since: pd.Timestamp = EXPOSURE_START,
    source: str = "any grade",
    prior: str = "jeffreys",
    level: float = 0.95,
) -> Odds:
    """Probability of at least one event in the window.

    1 if one has happened; else 1 - (T / (T + w))^(k + a): k events in T months, times the share
    ``found``, to the last day observed, and w months from then (or from the start of the window)
    to its end.

    Args:
        seen: what was seen.
        definition: as in ``against_rule.meets``.
        found: share of all events that the list holds, above 0 and up to 1.
        since: first day of the exposure.
        source: ``any grade`` of the rows, or ``grade A or B``.
        prior: as in ``methods.events.probability_at_least_one``.

    Raises:
        InputError: for a share out of range, when nothing was observed since, the window is over,
            or there is neither an event nor a prior.
    """
    if not 0 < found <= 1:
        raise InputError("found", f"must be above 0 and at most 1, not {found}")
    rows = seen.events
    rows = rows[rows["grade"] != "C"] if source == SOURCES[1] else rows
    past = events(rows, definition, since, seen.end)
    inside = len(events(rows, definition, OPEN, min(seen.end, END)))
    time, ahead = months(since, seen.end) * found, months(max(OPEN, seen.end), END)
    if time <= 0:
        raise InputError("since", f"nothing was observed between {since:%Y-%m-%d} and the end")
    grade = str(rows["grade"].max()) if len(rows) else "C"
    if inside:
        return Odds(definition, 1.0, (1.0, 1.0), len(past), time, ahead, inside, grade)
    if ahead <= 0:
        raise InputError("window", "is over")
    if prior == "none" and past.empty:
        raise InputError("prior", "none gives no chance at all after no event; take another")
    chance = counts.probability_at_least_one(len(past), time, ahead, prior, level=level)
    low, high = chance.interval
    return Odds(definition, chance.probability, (low, high), len(past), time, ahead, 0, grade)


def table(
    seen: Record,
    definitions: Sequence[str] = HEADLINES,
    *,
    found: float = 1.0,
    prior: str = "jeffreys",
    level: float = 0.95,
) -> pd.DataFrame:
    """``odds`` of each definition, a row each."""
    rows = [odds(seen, name, found=found, prior=prior, level=level) for name in definitions]
    return pd.DataFrame(
        [
            {
                "definition": one.definition,
                "events": one.count,
                "observed_months": one.exposure,
                "in_window": one.in_window,
                "months_ahead": one.ahead,
                "probability": one.probability,
                "low": one.interval[0],
                "high": one.interval[1],
            }
            for one in rows
        ]
    )


def by_share_found(seen: Record, *, level: float = 0.95) -> pd.DataFrame:
    """The headline probabilities by the share of events that the list is taken to hold."""
    rows = []
    for name in HEADLINES:
        for found in np.linspace(0.2, 1, 17):
            one = odds(seen, name, found=float(found), level=level)
            rows.append(
                {
                    "definition": name,
                    "share_found": float(found),
                    "probability": one.probability,
                    "low": one.interval[0],
                    "high": one.interval[1],
                }
            )
    return pd.DataFrame(rows)


def curve(seen: Record, definitions: Sequence[str], level: float) -> Multiverse:
    """``odds`` under every definition, start, source, prior and share found.

    Raises:
        InputError: when no specification has an estimate.
    """
    axes = {
        "definition": definitions,
        "since": ("2023-01-01", "2024-01-01", "2025-01-01"),
        "source": SOURCES,
        "prior": ("jeffreys", "uniform", "none"),
        "share_found": (1.0, 0.75, 0.5),
    }

    def one(definition: str, since: str, share_found: float, **choices: Any) -> tuple[float, ...]:
        found = odds(
            seen, definition, since=pd.Timestamp(since), found=share_found, level=level, **choices
        )
        return found.probability, *found.interval

    return multiverse.run(axes, one)
