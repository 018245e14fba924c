"""Official acts on the energy of AI held against the rule of the second half of prediction 3.

Readings chosen before the odds were computed. Lenient: a bill, draft law or consultation on AI
models that names a label, whatever its reason. A wider reading takes every such proposal on AI
models, a narrow one a bill or draft law alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.economics.observed import last_day
from analysis.errors import InputError
from analysis.methods import events as counts
from analysis.methods import validate

WINDOW_START, WINDOW_END = pd.Timestamp(2026, 4, 1), pd.Timestamp(2029, 4, 30)
"""Window of the rule."""
ARTICLE = pd.Timestamp(2026, 4, 30)
"""Last day on which the article, dated April 2026, can have appeared."""
SINCE = pd.Timestamp(2023, 1, 1)
"""First day that the list of acts covers, by its title."""
DAYS_PER_YEAR = 365.25
PROPOSALS = ("bill", "draft law", "consultation")
FORMAL = ("bill", "draft law")
READINGS = ("label for AI models", "label, bill or draft law", "any proposal on AI models")


@dataclass(frozen=True)
class Odds:
    """Chance of one proposal or more in the window."""

    reading: str
    before: int
    inside: int
    years: float
    rate: counts.EventRate
    probability: float
    interval: tuple[float, float]


def names_label(acts: pd.DataFrame) -> pd.Series:
    """Whether the name of an act or the note on it speaks of a label."""
    text = acts["act"] + " " + acts["note"].fillna("")
    return text.str.contains("label", case=False, regex=False)


def meets(acts: pd.DataFrame, reading: str) -> pd.Series:
    """Whether each act is a proposal under a reading of the lenient rule.

    Raises:
        InputError: for an unknown reading.
    """
    validate.choice("reading", reading, READINGS)
    models = acts["subject"] == "AI models"
    if reading == READINGS[2]:
        return models & acts["kind"].isin(PROPOSALS)
    forms = PROPOSALS if reading == READINGS[0] else FORMAL
    return models & names_label(acts) & acts["kind"].isin(forms)


def timeline(acts: pd.DataFrame) -> pd.DataFrame:
    """Acts in order of their day: what they ask, and whether they came before the article."""
    rows = acts.sort_values(["refers_to", "act"], kind="stable")
    return pd.DataFrame(
        {
            "day": rows["refers_to"].dt.strftime("%Y-%m-%d"),
            "act": rows["act"],
            "jurisdiction": rows["jurisdiction"],
            "kind": rows["kind"],
            "subject": rows["subject"],
            "names_a_label": names_label(rows).map({True: "yes", False: "no"}),
            "cites_a_price_event": rows["cites_price_event"],
            "when": rows["refers_to"].map(_when),
        }
    ).reset_index(drop=True)


def lenient(acts: pd.DataFrame, reading: str, *, level: float = 0.95) -> Odds:
    """Chance of a proposal in the window under a reading.

    1 if one has happened in it; else 1 - (T / (T + w))^(k + ½) with k proposals in the T years
    seen and w years from then (or the window's start) to its end.

    Raises:
        InputError: when nothing was seen since the first day, or the window is over.
    """
    end = last_day(acts)
    found = acts[meets(acts, reading) & (acts["refers_to"] >= SINCE) & (acts["refers_to"] <= end)]
    in_window = found["refers_to"].between(WINDOW_START, WINDOW_END)
    inside, seen = int(in_window.sum()), len(found)
    years = (end - SINCE).days / DAYS_PER_YEAR
    rate = counts.rate(seen, years, level=level)
    ahead = (WINDOW_END - max(WINDOW_START, end)).days / DAYS_PER_YEAR
    if inside:
        return Odds(reading, seen - inside, inside, years, rate, 1.0, (1.0, 1.0))
    if ahead <= 0:
        raise InputError("window", "is over")
    chance = counts.probability_at_least_one(seen, years, ahead, level=level)
    return Odds(reading, seen, inside, years, rate, chance.probability, chance.interval)


def lenient_table(acts: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """``lenient`` under every reading."""
    rows = [
        {
            "reading": one.reading,
            "before_window": one.before,
            "in_window": one.inside,
            "rate_per_year": one.rate.rate,
            "rate_low": one.rate.interval[0],
            "rate_high": one.rate.interval[1],
            "probability": one.probability,
            "low": one.interval[0],
            "high": one.interval[1],
        }
        for one in (lenient(acts, name, level=level) for name in READINGS)
    ]
    return pd.DataFrame(rows)


def _when(day: pd.Timestamp) -> str:
    if day < WINDOW_START:
        return "before"
    return "month of the article" if day <= ARTICLE else "after the article"
