"""The probability of inflation at fixed ability under every defensible choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.economics.prices.curves import ALL_STARTS, DOLLARS
from analysis.economics.prices.panels import SOURCES
from analysis.economics.prices.variants import ESTIMATORS, RANKS, THRESHOLDS, Estimate, Variants
from analysis.economics.scenarios.paths import AROUND, LEAST_RECENT, WALK, walk, wander
from analysis.errors import InputError
from analysis.methods import multiverse, proportion, trend
from analysis.methods.multiverse import Multiverse
from analysis.methods.validate import Vector

DRAWS = 2000
LATE = "2025-01-01"
TOKEN, TASK, OFFSET = "a token", "a task", "a task, tokens up where prices fall"
UNITS = (TOKEN, TASK, OFFSET)
CORRELATION = -0.7
"""Rank correlation of growth of tokens and of price under ``OFFSET``: a judgement, for contrast."""
AXES: dict[str, Sequence[Any]] = {
    "source": SOURCES,
    "threshold": THRESHOLDS,
    "rank": (1, 2),
    "dollars": DOLLARS,
    "start": (ALL_STARTS[0], ALL_STARTS[2], LATE),
    "estimator": ESTIMATORS,
    "scatter": (AROUND, WALK),
    "unit": UNITS,
}


def inflation_curve(
    variants: Variants, tokens: tuple[float, float] | None, horizon: int, seed: int = 0
) -> Multiverse:
    """Share of draws in which the price at fixed ability is higher at the end of ``horizon``.

    Axes: source, threshold, rank of the offer, dollars, first month (the trend of the months from
    there repeats), estimator, scatter around the trend or random walk, unit (a token; a task, with
    judged growth of tokens; the same with tokens up where prices fall). Intervals are of the
    simulation. Units with tokens are left out while no growth of tokens is known.

    Raises:
        InputError: when no specification can be estimated.
    """
    uniform = np.clip(np.random.default_rng(seed).random((3, DRAWS)), 1e-6, 1 - 1e-6)
    normal = special.ndtri(uniform)

    @cache
    def fitted(source: str, start: str, estimator: str, *choice: Any) -> tuple[Any, ...]:
        names = ("threshold", "rank", "dollars")
        whole = variants.cheapest(source, **dict(zip(names, choice, strict=True)))
        series = variants.window(whole, start)
        if len(series) < LEAST_RECENT or series["price"].nunique() == 1:
            raise InputError("months", f"{len(series)}; {LEAST_RECENT} that move are needed")
        fit = trend.log_linear(series["month"], series["price"], covariance="HAC")
        slopes = fit.slope_quantile(uniform[0])
        if estimator == RANKS:
            slopes = _ranked(series, normal[0])
        last = float(trend.decimal_year([series["month"].iloc[-1]])[0])
        steps = np.diff(np.log10(series["price"].to_numpy(dtype=float)))
        return slopes, horizon + 1 - last, fit, float(steps.std(ddof=1))

    def estimate(*, scatter: str, unit: str, **choice: Any) -> Estimate:
        order = ("source", "start", "estimator", "threshold", "rank", "dollars")
        slopes, ahead, fit, spread = fitted(*(choice[name] for name in order))
        if unit != TOKEN and tokens is None:
            raise InputError("tokens", "no growth of tokens a task is known")
        growth = slopes + (0.0 if unit == TOKEN else _tokens(tokens, unit, normal))
        months = np.array(12.0 * ahead)
        size = wander(fit, months) if scatter == AROUND else walk(spread, months)
        higher = growth * ahead + special.stdtrit(fit.n - 2, uniform[1]) * size > 0
        found = proportion.share(int(higher.sum()), DRAWS)
        return found.share, *found.interval

    return multiverse.run(AXES, estimate, group="source")


def ranges(curve: Multiverse, axes: Sequence[str] = ("unit", "start")) -> pd.DataFrame:
    """Smallest, median and largest share of draws at each combination of some choices.

    Counts every specification that could be estimated, repeats too: a share that is nothing under
    many choices would otherwise count once. ``above_half`` is the part with a share over one half.
    """
    found = curve.specifications[curve.specifications["skipped"] == ""]
    rows = found.assign(above=found["estimate"] > 0.5).groupby(list(axes))
    table = rows["estimate"].agg(
        specifications="size", smallest="min", median="median", largest="max"
    )
    return table.assign(above_half=rows["above"].mean()).reset_index()


def _ranked(series: Any, normal: Vector) -> Vector:
    """Draws around the rank-based slope, as wide as its interval."""
    ranks = trend.theil_sen(series["month"], series["price"])
    low, high = np.log10(ranks.interval)
    return np.asarray(ranks.slope_log10 + (high - low) / (2 * special.ndtri(0.975)) * normal)


def _tokens(tokens: tuple[float, float] | None, unit: str, normal: Vector) -> Vector:
    assert tokens is not None
    share = CORRELATION if unit == OFFSET else 0.0
    mixed = special.ndtr(share * normal[0] + np.sqrt(1 - share**2) * normal[2])
    return np.asarray(tokens[0] + (tokens[1] - tokens[0]) * mixed)
