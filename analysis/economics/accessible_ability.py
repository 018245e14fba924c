"""How able a model can be had for little money, and whether that grows more slowly (c57)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics import price_series
from analysis.economics.price_panels import Panel
from analysis.errors import InputError
from analysis.methods import regression, trend

CAP = 1.0  # USD per million tokens
SIEVE = "sieve"


def gain_ratio(
    panel: Panel,
    *,
    scored_to: Any,
    cap: float = CAP,
    at: Any = price_series.BREAK,
    level: float = 0.95,
    seed: int = 0,
) -> Answer:
    """Gain per year in the best ability for at most ``cap``, from ``at`` on over before.

    ability = a + b min(u, 0) + c max(u, 0) + e, u = years since ``at``; the ratio is c / b. The
    interval holds every θ for which c - θ b lies within its critical value of 0, with the
    Newey-West covariance of (b, c) and the critical value of a sieve bootstrap (Fieller). It is
    unbounded where the earlier gain could be 0.

    Args:
        panel: one source.
        scored_to: last day up to which abilities are known; later months are left out.
        cap: highest blended price, USD per million tokens.
        at: the day at which the slopes join.
        level, seed: of the interval.

    Raises:
        InputError: for fewer than 3 months on either side of ``at``.
    """
    series = price_series.best_under(panel, cap, end=scored_to)
    if len(series) < 6:
        raise InputError("months", f"{len(series)} have a model at {cap:g} USD or less")
    before, after = slopes(series, at, level=level, seed=seed)
    ratio = after.value / before.value
    interval = _fieller(series, at, before, after, level=level, seed=seed)
    first, last = series.iloc[0], series.iloc[-1]
    return Answer(
        estimate=ratio,
        interval=interval,
        n=len(series),
        method="ratio of two joined slopes, Newey-West covariance, sieve critical value (Fieller)",
        reason=(
            f"The best model under {cap:g} USD gained {before.value:.3g} points a year before"
            f" January 2025 and {after.value:.3g} since ({first['model']} to {last['model']});"
            " the scale itself is weak at the low end"
        ),
        detail={"gain_before": before.value, "gain_after": after.value},
    )


def slopes(
    series: pd.DataFrame, at: Any = price_series.BREAK, **options: Any
) -> tuple[regression.Effect, regression.Effect]:
    """Points of ability a year before and from ``at`` on, on a line that bends there."""
    joined = regression.joined_slopes(
        series["month"], 10 ** series["ability"], at, covariance=SIEVE, **options
    )
    return joined.before, joined.after


def _fieller(
    series: pd.DataFrame,
    at: Any,
    before: regression.Effect,
    after: regression.Effect,
    **options: Any,
) -> tuple[float, float]:
    """Roots of (c - θ b)² = q² var(c - θ b), a quadratic in θ."""
    gap = _gap(series, at, after.value / before.value, **options)
    reach = (gap.interval[1] - gap.value) / gap.standard_error
    own, other = before.standard_error**2, after.standard_error**2
    covariance = _covariance(series, at, own, other, **options)
    a = before.value**2 - reach**2 * own
    b = -2 * (before.value * after.value - reach**2 * covariance)
    c = after.value**2 - reach**2 * other
    if a <= 0:
        return -math.inf, math.inf
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def _gap(series: pd.DataFrame, at: Any, ratio: float, **options: Any) -> regression.Effect:
    """c - θ b as one coefficient: ability on min(u, 0) + θ max(u, 0) and on max(u, 0)."""
    since = np.asarray(trend.decimal_year(series["month"])) - float(trend.decimal_year(at))
    later = np.maximum(since, 0)
    columns = {"common": np.minimum(since, 0) + ratio * later, "gap": later}
    return regression.effect(10 ** series["ability"], columns, "gap", covariance=SIEVE, **options)


def _covariance(series: pd.DataFrame, at: Any, own: float, other: float, **options: Any) -> float:
    """cov(b, c) from var(c - b) = var(b) + var(c) - 2 cov(b, c)."""
    return (own + other - _gap(series, at, 1.0, **options).standard_error ** 2) / 2
