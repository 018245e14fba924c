"""The chance of an event by the end of the window, and the rate it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.economics.consolidation.cohort import COHORT_START, at_risk, lab_months, months
from analysis.economics.consolidation.deals import WINDOW_ENDS, WINDOW_START, events
from analysis.errors import InputError
from analysis.methods import events as counts

MARKET, LABS = "months", "lab-months"
OPEN = pd.Timestamp(WINDOW_START)
HEADLINES = ("strict", "broad")


@dataclass(frozen=True, eq=False)
class Record:
    """What was seen by ``end``: the labs (``spells``) and the deals (``held``)."""

    labs: pd.DataFrame
    deals: pd.DataFrame
    end: pd.Timestamp

    @property
    def grade(self) -> str:
        """Of the weakest source among the deals."""
        return str(self.deals["grade"].max())


@dataclass(frozen=True)
class Odds:
    """Probability of an event in the window, and what it is made from."""

    definition: str
    horizon: int
    probability: float
    interval: tuple[float, float]
    count: int
    exposure: float
    ahead: float
    in_window: int


def odds(
    record: Record,
    definition: str,
    horizon: int,
    *,
    closing_months: float = 1.0,
    universe: str = "labs",
    exposure: str = MARKET,
    since: pd.Timestamp = COHORT_START,
    prior: str = "jeffreys",
    level: float = 0.95,
) -> Odds:
    """Probability of at least one event between the window's start and its end.

    1 if one has happened; else 1 - (T / (T + w))^(k + a): k events in T months (or lab-months) to
    the last day observed, w months (times the labs at risk) from then to the window's end, less
    ``closing_months`` for the way from signing to closing.

    Args:
        record: what was seen.
        definition: as in ``deals.meets``, and ``universe`` too.
        horizon: 24 or 36, the months that the rule gives its ends.
        exposure: ``months`` of the market or ``lab-months`` at risk.
        since: first day of the exposure.
        prior: as in ``events.probability_at_least_one``.

    Raises:
        InputError: when nothing was observed since, the window is over, or there is neither an
            event nor a prior.
    """
    last = pd.Timestamp(WINDOW_ENDS[horizon])
    seen = events(record.deals, definition, since, record.end, universe)
    inside = events(record.deals, definition, OPEN, min(record.end, last), universe)
    time, each = months(since, record.end), 1
    if exposure == LABS:
        time, each = lab_months(record.labs, since, record.end), at_risk(record.labs)
    if time <= 0:
        raise InputError("since", f"nothing was observed between {since:%Y-%m-%d} and the end")
    ahead = max(0.0, months(max(OPEN, record.end), last) - closing_months) * each
    if len(inside):
        chance, interval = 1.0, (1.0, 1.0)
    elif ahead == 0:
        raise InputError("window", "is over, or too short for a deal to close")
    else:
        if prior == "none" and seen.empty:
            raise InputError("prior", "none gives no chance at all after no event; take another")
        found = counts.probability_at_least_one(len(seen), time, ahead, prior, level=level)
        chance, interval = found.probability, found.interval
    return Odds(definition, horizon, chance, interval, len(seen), time, ahead, len(inside))


def table(
    record: Record,
    definitions: Sequence[str] = HEADLINES,
    *,
    closing_months: float = 1.0,
    prior: str = "jeffreys",
    level: float = 0.95,
) -> pd.DataFrame:
    """``odds`` of each definition by each end of the window."""
    found = [
        odds(record, name, horizon, closing_months=closing_months, prior=prior, level=level)
        for name in definitions
        for horizon in WINDOW_ENDS
    ]
    rows = [
        {
            "definition": one.definition,
            "months": one.horizon,
            "events": one.count,
            "window_end": WINDOW_ENDS[one.horizon].isoformat(),
            "months_ahead": one.ahead,
            "probability": one.probability,
            "low": one.interval[0],
            "high": one.interval[1],
        }
        for one in found
    ]
    return pd.DataFrame(rows)


def rates(record: Record, *, level: float = 0.95) -> pd.DataFrame:
    """Events since 2023 and in the window, and their rate a month with its exact interval."""
    time, rows = months(COHORT_START, record.end), []
    for name in HEADLINES:
        seen = events(record.deals, name, COHORT_START, record.end)
        rate = counts.rate(len(seen), time, level=level)
        rows.append(
            {
                "definition": name,
                "events": len(seen),
                "in_window": int((seen["signed"] >= OPEN).sum()),
                "observed_months": time,
                "rate_per_month": rate.rate,
                "low": rate.interval[0],
                "high": rate.interval[1],
            }
        )
    return pd.DataFrame(rows)
