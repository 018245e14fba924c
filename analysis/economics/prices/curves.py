"""Specification curves of monthly prices: of a fixed ability and of the best model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.prices.capability import forecast_error
from analysis.economics.prices.panels import SOURCES
from analysis.economics.prices.variants import (
    DEFLATED,
    ENDS,
    ESTIMATORS,
    NOMINAL,
    OUTPUT_SHARES,
    PANELS,
    THRESHOLDS,
    Estimate,
    Variants,
    growth,
)
from analysis.economics.training import samples
from analysis.errors import InputError
from analysis.methods import multiverse, regression, trend
from analysis.methods.multiverse import Multiverse

DOLLARS = (NOMINAL, DEFLATED)
FIXED: dict[str, Sequence[Any]] = {
    "source": SOURCES,
    "blend": tuple(OUTPUT_SHARES),
    "threshold": THRESHOLDS,
    "rank": (1, 2),
}
ALL_STARTS = ("2023-04-01", "2023-07-01", "2024-01-01")
LATER_STARTS = ("2024-10-01", "2025-01-01", "2025-04-01")


def fixed_ability_curve(variants: Variants, starts: Sequence[str] = ALL_STARTS) -> Multiverse:
    """Growth per year of the cheapest price at a fixed ability.

    Axes: source, blend, threshold, rank of the offer, dollars, first month, estimator.
    """
    axes = FIXED | {"dollars": DOLLARS, "start": starts, "estimator": ESTIMATORS}

    def estimate(*, start: str, estimator: str, **choice: Any) -> Estimate:
        return growth(variants.window(variants.cheapest(**choice), start), estimator)

    return multiverse.run(axes, estimate, group="source")


def bend_curve(variants: Variants, part: str) -> Multiverse:
    """Later slope of the cheapest able price, or its change, in log10 per year.

    Axes: source, blend, threshold, rank, month of the bend, joined or separate lines, last month.

    Args:
        variants: panels and series.
        part: ``after`` or ``change``.
    """
    axes = FIXED | {
        "bend": ("2024-10-01", "2025-01-01", "2025-04-01"),
        "lines": ("joined", "separate"),
        "end": ENDS,
    }

    def estimate(*, bend: str, lines: str, end: str, **choice: Any) -> Estimate:
        series = variants.window(variants.cheapest(**choice), "2023-04-01", end)
        months, prices = series["month"], series["price"]
        if lines == "joined":
            found = regression.joined_slopes(months, prices, bend, covariance="HAC")
            effect = found.after if part == "after" else found.change
            return effect.value, *effect.interval
        apart = trend.slope_change(months, prices, bend, covariance="HAC")
        if part == "after":
            return apart.after.slope_log10, *apart.after.slope_interval
        return apart.difference_log10, *apart.interval

    return multiverse.run(axes, estimate, group="source")


def frontier_curve(variants: Variants, starts: Sequence[str] = ALL_STARTS) -> Multiverse:
    """Growth per year of the price of the best model on sale.

    Axes: source, blend, benchmarks, the developer's own price or the lowest, dollars, first
    month, last month, estimator.
    """
    axes = PANELS | {
        "host": ("own", "any"),
        "dollars": DOLLARS,
        "start": starts,
        "end": ENDS,
        "estimator": ESTIMATORS,
    }

    def estimate(*, start: str, end: str, estimator: str, **choice: Any) -> Estimate:
        return growth(variants.window(variants.best(**choice), start, end), estimator)

    return multiverse.run(axes, estimate, group="source")


def against_training_curve(
    variants: Variants, runs: pd.DataFrame, links: pd.DataFrame, costs: pd.DataFrame
) -> Multiverse:
    """Growth of the running price over growth of training cost.

    Axes: source, blend, benchmarks, host, first month, last month; size of the training frontier
    and its first year. Intervals add the squares of both log errors (Newey-West, HC3).
    """
    axes = PANELS | {
        "host": ("own", "any"),
        "start": ALL_STARTS,
        "end": ENDS,
        "k": (5, 10, 20),
        "since": (2016, 2018),
    }
    training = {
        (k, since): _training(runs, links, costs, k, since)
        for k in axes["k"]
        for since in axes["since"]
    }

    def estimate(*, start: str, end: str, k: int, since: int, **choice: Any) -> Estimate:
        running = growth(variants.window(variants.best(**choice), start, end))
        return _ratio(running, training[k, since])

    return multiverse.run(axes, estimate, group="source")


def forecast_curve(variants: Variants, null: float) -> Multiverse:
    """log10 of the actual over the forecast price of a fixed ability.

    Axes: source, blend, threshold, rank, last month known, last month compared.
    """
    axes = FIXED | {
        "known_to": ("2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31"),
        "last": ("2025-12-31", "2026-04-30", "2026-08-31"),
    }

    def estimate(*, known_to: str, last: str, **choice: Any) -> Answer:
        series = variants.cheapest(**choice)
        return forecast_error(series, null=null, known_to=known_to, last=last)

    return multiverse.run(axes, estimate, group="source")


def _training(
    runs: pd.DataFrame, links: pd.DataFrame, costs: pd.DataFrame, k: int, since: int
) -> Estimate | None:
    frontier = samples.frontier_runs(runs, links, k=k, start=f"{since}-01-01")
    known = samples.with_cost(frontier, costs)
    try:
        fit = trend.log_linear(known["refers_to"], known[samples.COST], covariance="HC3")
    except InputError:
        return None
    return fit.growth_per_year, *fit.interval


def _ratio(running: Estimate, training: Estimate | None) -> Estimate:
    if training is None:
        raise InputError("training", "too few runs with a cost by that day")
    (run, run_low, run_high), (train, train_low, train_high) = np.log([running, training])
    half = np.hypot(run_high - run_low, train_high - train_low) / 2
    ratio = run - train
    return float(np.exp(ratio)), float(np.exp(ratio - half)), float(np.exp(ratio + half))
