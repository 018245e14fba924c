"""How able a model can be had for little money, and whether that grows more slowly (c57)."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from analysis.methods import regression, trend
from analysis.methods.regression import Effect

CAP = 1.0  # USD per million tokens
SIEVE = "sieve"
LEAST_MONTHS = 6


class Ratio(NamedTuple):
    """Later over earlier slope with its interval, and both slopes in points a year."""

    estimate: float
    low: float
    high: float
    before: float
    after: float


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

    Args:
        panel: one source.
        scored_to: last day up to which abilities are known; later months are left out.
        cap: highest blended price, USD per million tokens.
        at: the day at which the slopes join.
        level, seed: of the interval.

    Raises:
        InputError: for fewer than 6 months, or fewer than 3 on either side of ``at``.
    """
    series = price_series.best_under(panel, cap, end=scored_to)
    if len(series) < LEAST_MONTHS:
        raise InputError("months", f"{len(series)} have a model at {cap:g} USD or less")
    found = ratio(series, at, covariance=SIEVE, level=level, seed=seed)
    first, last = series.iloc[0], series.iloc[-1]
    return Answer(
        estimate=found.estimate,
        interval=(found.low, found.high),
        n=len(series),
        method="ratio of two joined slopes, Newey-West covariance, sieve critical value (Fieller)",
        reason=(
            f"The best model under {cap:g} USD gained {found.before:.3g} points a year before"
            f" January 2025 and {found.after:.3g} since ({first['model']} to {last['model']});"
            " the scale itself is weak at the low end"
        ),
        detail={"gain_before": found.before, "gain_after": found.after},
    )


def ratio(series: pd.DataFrame, at: Any, **options: Any) -> Ratio:
    """Slope of ability from ``at`` on over the slope before, on a line that bends there.

    ability = a + b min(u, 0) + c max(u, 0) + e, u in years since ``at``. The interval of c / b
    holds every θ for which c - θ b lies within its critical value of 0, by the covariance of
    (b, c): the roots of (c - θ b)² = q² var(c - θ b). It is unbounded where b could be 0. The
    critical value q is that of c - θ b at the estimate.

    Args:
        series: month and ability.
        at: the day at which the slopes join.
        options: covariance, level and seed as in ``regression.effect``.

    Source: Fieller (1954), Journal of the Royal Statistical Society B 16:175.
    """
    joined = regression.joined_slopes(series["month"], 10 ** series["ability"], at, **options)
    before, after = joined.before, joined.after
    estimate = after.value / before.value
    gap = _gap(series, at, estimate, **options)
    reach = (gap.interval[1] - gap.value) / gap.standard_error
    own, other = before.standard_error**2, after.standard_error**2
    both = (own + other - joined.change.standard_error**2) / 2
    a = before.value**2 - reach**2 * own
    b = -2 * (before.value * after.value - reach**2 * both)
    c = after.value**2 - reach**2 * other
    if a <= 0:
        return Ratio(estimate, -math.inf, math.inf, before.value, after.value)
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    low, high = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return Ratio(estimate, low, high, before.value, after.value)


def _gap(series: pd.DataFrame, at: Any, ratio: float, **options: Any) -> Effect:
    """c - θ b as one coefficient: ability on min(u, 0) + θ max(u, 0) and on max(u, 0)."""
    since = np.asarray(trend.decimal_year(series["month"])) - float(
        trend.decimal_year(pd.Timestamp(at))
    )
    later = np.maximum(since, 0)
    columns = {"common": np.minimum(since, 0) + ratio * later, "gap": later}
    return regression.effect(10 ** series["ability"], columns, "gap", **options)
