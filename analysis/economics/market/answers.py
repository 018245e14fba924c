"""All answers of the notebook on market growth, by claim and estimand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.claims.answer import Answer, attempt
from analysis.economics.market import apps, cells, claims, slopes
from analysis.economics.market import series as series_of

PERIODS = ("2023", "2024_25")
LAB = "Anthropic"
CLAIMS = {
    "c65": "infrastructure",
    "c66": "enterprise",
    "c67": "consumer",
    "c68": "chip_startups",
}
FEW = "has fewer than four published yearly growth rates, so no slope"
MISSING = {
    "consumer": f"in-app revenue of generative AI apps (Sensor Tower) {FEW}",
    "chip_startups": f"disclosed funding of AI chip start-ups (Omdia) {FEW}",
}


@dataclass(frozen=True, eq=False)
class Market:
    """The tables that the segments are read from, as known on one day."""

    article: pd.DataFrame
    clouds: pd.DataFrame
    labs: pd.DataFrame
    comparators: pd.DataFrame
    chips: pd.DataFrame


def published(market: Market) -> dict[str, dict[str, Answer]]:
    """Published growth (percent per year) or funding (USD), by segment and period."""
    found: dict[str, tuple[Callable[[], Answer], Callable[[], Answer]]] = {
        "infrastructure": (
            lambda: cells.cloud_2023(series_of.cloud(market.clouds)),
            lambda: cells.cloud_2024_25(series_of.cloud(market.clouds)),
        ),
        "enterprise": (
            lambda: cells.lab_growth(series_of.run_rate(market.labs, LAB), 2022, 2023),
            lambda: cells.lab_growth(series_of.run_rate(market.labs, LAB), 2023, 2025),
        ),
        "consumer": (
            lambda: apps.growth(market.comparators, (2023,)),
            lambda: apps.growth(market.comparators),
        ),
        "chip_startups": (
            lambda: cells.chip_money(market.chips, (2023,)),
            lambda: cells.chip_money(market.chips, (2024, 2025)),
        ),
    }
    return {
        segment: {period: attempt(get) for period, get in zip(PERIODS, pair, strict=True)}
        for segment, pair in found.items()
    }


def against_cells(market: Market) -> dict[str, dict[str, Answer]]:
    """Distance of each published figure from its cell, by claim (c65 to c68) and period."""
    seen = published(market)
    return {
        claim: {
            period: attempt(_distance, market.article, segment, period, seen[segment][period])
            for period in PERIODS
        }
        for claim, segment in CLAIMS.items()
    }


def projections(market: Market) -> dict[str, tuple[Answer, float, float]]:
    """Published outcome, projection and stated growth of 2023 of the segments with rates.

    Raises:
        InputError: before the article was published.
    """
    seen = published(market)
    return {
        segment: (
            seen[segment]["2024_25"],
            cells.stated(market.article, segment, "2024_25"),
            cells.stated(market.article, segment, "2023"),
        )
        for segment in cells.ROWS
        if segment != "chip_startups"
    }


def latest(market: Market) -> dict[str, Answer]:
    """The latest yearly growth of each segment's nearest series, as a ratio (c100)."""
    return {
        "infrastructure": attempt(lambda: claims.latest(series_of.cloud(market.clouds))),
        "enterprise": attempt(lambda: claims.latest(series_of.run_rate(market.labs, LAB))),
        "consumer": attempt(apps.latest, market.comparators),
        "chip_startups": attempt(claims.latest_chips, market.chips),
    }


def infrastructure_slope(market: Market, *, level: float, seed: int) -> Answer:
    """Slope of the yearly growth rate of infrastructure spending (c70)."""
    return attempt(lambda: slopes.slope(series_of.cloud(market.clouds), level=level, seed=seed))


def slowing(market: Market, *, level: float, seed: int) -> dict[str, Answer]:
    """Slope of the yearly growth rate by segment (c69).

    The first segment carries the p-value of all four, the largest; one without a test counts
    as p = 1.
    """
    labs = attempt(
        lambda: slopes.slope(series_of.run_rate(market.labs, LAB), level=level, seed=seed)
    )
    found = {
        "infrastructure": infrastructure_slope(market, level=level, seed=seed),
        "enterprise": labs,
        **{name: Answer(None, None, 0, reason=why) for name, why in MISSING.items()},
    }
    return found | {"infrastructure": _jointly(found)}


def _jointly(found: Mapping[str, Answer]) -> Answer:
    first = found["infrastructure"]
    if first.estimate is None:
        return first
    return replace(first, p_value=slopes.joint_p(found))


def _distance(article: pd.DataFrame, segment: str, period: str, seen: Answer) -> Answer:
    claimed = cells.stated(article, segment, period)
    if seen.estimate is None:
        return seen
    compare = cells.apart if segment == "chip_startups" else cells.difference
    return compare(seen, claimed)
