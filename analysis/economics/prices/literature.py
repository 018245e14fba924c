"""What others found for the fall of prices, beside the same window and estimand here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.economics.prices import equal_ability
from analysis.economics.prices import series as price_series
from analysis.economics.prices.capability import monthly_growth
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from analysis.methods import price_index


@dataclass(frozen=True)
class Published:
    """A published figure, and what here comes nearest to it."""

    study: str
    estimand: str
    published: str
    ours: Callable[[Panel, float], tuple[float, int]]


def records_to_march_2025(panel: Panel, ability: float) -> tuple[float, int]:
    """Fall per year of record lows at an ability, and their number."""
    found = price_index.fixed_capability(
        panel.spells, score="ability", threshold=ability, estimator="records", end="2025-03-31"
    )
    return found.reduction_per_year, found.n


def fall_to_november_2024(panel: Panel, ability: float) -> tuple[float, int]:
    """First over last price of the months to November 2024."""
    series = price_series.cheapest(panel, ability, end="2024-11-30")
    if series.empty:
        raise InputError("months", "none has a price")
    return float(series["price"].iloc[0] / series["price"].iloc[-1]), len(series)


def launches_to_2025(panel: Panel, ability: float) -> tuple[float, int]:
    """Fall per year of the launch price at equal ability, launches to the end of 2025."""
    sample = equal_ability.launches(panel, end="2025-12-31")
    found = equal_ability.equal_ability(sample)
    return 1 / found.factor, found.n


def best_model_since_2025(panel: Panel, ability: float) -> tuple[float, int]:
    """Rise per year of the price of the best model since January 2025."""
    found = monthly_growth(price_series.best(panel, start=price_series.BREAK), "price")
    assert found.estimate is not None  # monthly_growth raises where there is none
    return found.estimate, found.n


STUDIES = (
    Published(
        "Cottier et al. 2025, Epoch AI data insight",
        "fall per year, record lows at GPT-4's level, to March 2025",
        "9 to 900 over benchmarks and levels; 40 for GPT-4's science score",
        records_to_march_2025,
    ),
    Published(
        "Appenzeller 2024, a16z",
        "whole fall, March 2023 to November 2024, cheapest at GPT-4's level",
        "62 (MMLU of 83)",
        fall_to_november_2024,
    ),
    Published(
        "Gundlach et al. 2026, arXiv 2511.23455",
        "fall per year at equal ability, regression",
        "5 to 10",
        launches_to_2025,
    ),
    Published(
        "Gundlach et al. 2026, arXiv 2511.23455",
        "rise per year, running the best model",
        "3 to 18",
        best_model_since_2025,
    ),
)


def beside(panels: dict[str, Panel], ability: float) -> pd.DataFrame:
    """Published and own figures: study, estimand, published, and two columns a source.

    Figures that the data known by then do not allow are missing.
    """
    rows = []
    for study in STUDIES:
        row: dict[str, object] = {
            "study": study.study,
            "estimand": study.estimand,
            "published": study.published,
        }
        for source, panel in panels.items():
            row[source], row[f"n_{source}"] = _figure(study, panel, ability)
        rows.append(row)
    return pd.DataFrame(rows)


def _figure(study: Published, panel: Panel, ability: float) -> tuple[float | None, int | None]:
    try:
        return study.ours(panel, ability)
    except InputError:
        return None, None
