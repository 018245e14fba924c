"""In-app revenue of generative AI apps, the nearest series of the consumer segment."""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError

YEARS = (2024, 2025)


def growth(comparators: pd.DataFrame, years: tuple[int, ...] = YEARS) -> Answer:
    """Mean of Sensor Tower's published growth rates of in-app revenue, in percent.

    Raises:
        InputError: when a year has no published rate.
    """
    rows = published(comparators)
    rows = rows[rows["refers_to"].dt.year.isin(years)]
    if len(rows) != len(years):
        named = " and ".join(map(str, years))
        raise InputError("in-app revenue of generative AI apps (Sensor Tower)",
                         f"has no published growth for {named}")  # fmt: skip
    return Answer(
        estimate=float(rows["growth_percent"].mean()),
        interval=None,
        n=len(rows),
        method="mean of the published yearly rates; that of 2025 is a lower bound",
        reason="Sensor Tower, in-app revenue of generative AI apps, which leaves out the web",
        grade=str(rows["grade"].max()),
    )


def published(comparators: pd.DataFrame) -> pd.DataFrame:
    """Sensor Tower's measured years of in-app revenue, in time order."""
    wanted = (
        (comparators["series"] == "consumer_ai_apps")
        & (comparators["publisher"] == "Sensor Tower")
        & (comparators["stage"] == "measured")
    )
    return comparators[wanted & comparators["growth_percent"].notna()].sort_values("refers_to")


def latest(comparators: pd.DataFrame) -> Answer:
    """The latest published growth of in-app revenue, as a ratio."""
    rows = published(comparators)
    if rows.empty:
        raise InputError("in-app revenue", "has no published growth that was known by then")
    found = growth(comparators, (int(rows["refers_to"].dt.year.iloc[-1]),))
    ratio = 1 + (found.estimate or 0.0) / 100
    return Answer(ratio, None, 1, method="published yearly growth, a lower bound for 2025",
                  reason=found.reason, grade=found.grade)  # fmt: skip
