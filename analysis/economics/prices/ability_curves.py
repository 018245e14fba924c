"""Specification curves of launches, of unchanged open models, and of the best cheap model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.prices import accessible_ability, equal_ability
from analysis.economics.prices import open_models as open_model_prices
from analysis.economics.prices import series as price_series
from analysis.economics.prices.curves import DOLLARS
from analysis.economics.prices.panels import Panel
from analysis.economics.prices.variants import PANELS, Estimate, Variants
from analysis.errors import InputError
from analysis.methods import multiverse, regression
from analysis.methods.multiverse import Multiverse

ALL_STARTS = ("2023-04-01", "2023-10-01", "2024-01-01")
LATER_STARTS = ("2024-10-01", "2025-01-01", "2025-04-01")
SAMPLE = ("source", "blend", "benchmarks", "dollars")
NUMBERS = ["date", "released", "ability", "open_weights", "price"]
LEAST_MODELS = 10


def hedonic_curve(variants: Variants, starts: Sequence[str] = ALL_STARTS) -> Multiverse:
    """Growth per year of the launch price at equal ability, with HC3 intervals.

    Axes: source, blend, benchmarks, dollars, first month, date that counts, shape of ability,
    weights.
    """
    axes = PANELS | {
        "dollars": DOLLARS,
        "start": starts,
        "day": ("first listed", "released"),
        "ability": ("linear", "quadratic"),
        "weights": ("all", "closed", "open"),
    }
    made: dict[tuple[Any, ...], pd.DataFrame] = {}

    def launched(source: str, blend: str, benchmarks: int, dollars: str) -> pd.DataFrame:
        key = source, blend, benchmarks, dollars
        if key not in made:
            panel = variants.panel(source, blend, benchmarks)
            found = equal_ability.launches(panel)
            made[key] = variants.in_dollars(found[NUMBERS], dollars, day="date")
        return made[key]

    def estimate(**choice: Any) -> Estimate:
        sample = launched(*(choice[axis] for axis in SAMPLE))
        sample = sample[sample["date"] >= choice["start"]]
        if choice["weights"] != "all":
            sample = sample[sample["open_weights"] == (choice["weights"] == "open")]
        if len(sample) < LEAST_MODELS:
            raise InputError("launches", f"{len(sample)} models; needs {LEAST_MODELS}")
        day = "date" if choice["day"] == "first listed" else "released"
        columns = equal_ability.design(sample, day)
        if choice["ability"] == "quadratic":
            columns["ability_squared"] = columns["ability"] ** 2
        found = regression.effect(sample["price"], columns, "date", covariance="HC3")
        return found.factor, *found.factor_interval

    return multiverse.run(axes, estimate, group="source")


def open_model_curve(variants: Variants) -> Multiverse:
    """Growth per year of the price of unchanged open models.

    Axes: source, blend, benchmarks, months a model needs, first month, and whether months count
    alike or models do. The interval is two errors of the mean over models.
    """
    axes = PANELS | {
        "least_months": (6, 12, 18),
        "start": ("2023-04-01", "2024-01-01", "2025-01-01"),
        "weights": ("months", "models"),
    }

    def estimate(**choice: Any) -> Estimate:
        panel = variants.panel(choice["source"], choice["blend"], choice["benchmarks"])
        months = open_model_prices.open_months(panel, choice["least_months"], start=choice["start"])
        sums = open_model_prices.slopes_by_model(months)
        if len(sums) < open_model_prices.LEAST_MODELS:
            raise InputError("models", f"{len(sums)} have {choice['least_months']} months")
        weights = sums["xx"] if choice["weights"] == "months" else pd.Series(1.0, sums.index)
        return _weighted(sums["slope"], weights)

    return multiverse.run(axes, estimate, group="source")


def gain_curve(variants: Variants) -> Multiverse:
    """Gain per year in the best ability for little money, later over earlier.

    Axes: source, blend, benchmarks, highest price, day of the bend, first month.
    """
    axes = PANELS | {
        "cap": (0.5, 1.0, 2.0),
        "bend": ("2024-10-01", "2025-01-01", "2025-04-01"),
        "start": ("2023-04-01", "2024-01-01"),
    }

    def estimate(**choice: Any) -> Estimate:
        panel: Panel = variants.panel(choice["source"], choice["blend"], choice["benchmarks"])
        series = price_series.best_under(
            panel, choice["cap"], start=choice["start"], end=variants.scored_to
        )
        if len(series) < 6:
            raise InputError("months", f"{len(series)} have a model at {choice['cap']:g} USD")
        found = accessible_ability.ratio(series, choice["bend"], covariance="HAC")
        return found.estimate, found.low, found.high

    return multiverse.run(axes, estimate, group="source")


def _weighted(slopes: pd.Series, weights: pd.Series) -> Estimate:
    """Weighted mean of log10 slopes as a factor, with an interval from their spread."""
    share = weights / weights.sum()
    mean = float((share * slopes).sum())
    error = float(np.sqrt(((share * (slopes - mean)) ** 2).sum() * len(slopes) / (len(slopes) - 1)))
    return float(10**mean), float(10 ** (mean - 2 * error)), float(10 ** (mean + 2 * error))
