"""Do growth rates fall? Slopes of the yearly growth rate, and all other ways to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.market import series as series_of
from analysis.economics.market.series import Series
from analysis.errors import InputError
from analysis.methods import multiverse, trend
from analysis.methods.multiverse import Multiverse

Estimate = tuple[float, float, float]
LEAST_SQUARES, RANKS = "least squares", "Theil-Sen"
FEWEST = 4
LAGS = {"a year": 1.0, "three quarters": 0.75, "half a year": 0.5}


def slope(series: Series, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Change of the yearly growth rate since 2023, in percentage points per year.

    g_i = a + b t_i + e_i with g the growth over a year in percent; Newey-West interval with
    critical values by sieve bootstrap; p is two-sided against b = 0.

    Raises:
        InputError: for fewer than four growth rates.
    """
    rates = _enough(series_of.growth(series), series.name)
    fit = trend.log_linear(
        rates["refers_to"], _as_logs(rates["growth_percent"]), level=level, seed=seed
    )
    low, high = fit.slope_interval
    first, last = rates.iloc[0], rates.iloc[-1]
    computed = int((rates["basis"] == "computed").sum())
    reason = (
        f"{series.name}: growth over a year went from {first['growth_percent']:,.0f} %"
        f" ({first['refers_to']:%B %Y}) to {last['growth_percent']:,.0f} %"
        f" ({last['refers_to']:%B %Y}); it is {series.near}"
    )
    return Answer(
        estimate=100 * fit.slope_log10,
        interval=(100 * low, 100 * high),
        n=len(rates),
        method="least squares of growth over a year on time, Newey-West with sieve bootstrap",
        reason=reason,
        grade=series.grade,
        p_value=fit.p_value,
        detail={"growth_rates_computed": computed, "p_value_alone": fit.p_value},
    )


def joint_p(answers: Mapping[str, Answer]) -> float:
    """The largest p-value of the segments; one without a test counts as p = 1."""
    return max(1.0 if a.p_value is None else a.p_value for a in answers.values())


def slope_curve(candidates: Sequence[Series | None]) -> Multiverse:
    """Slopes of the growth rate under every defensible choice.

    Axes: series, growth over a year or less, first date, last date, estimator.
    Intervals are HC3.
    """
    known = {series.name: series for series in candidates if series is not None}
    if not known:
        raise InputError("candidates", "no series was known by then")
    axes: dict[str, Sequence[Any]] = {
        "series": tuple(known),
        "growth_over": tuple(LAGS),
        "start": ("2023-01-01", "2024-01-01", "2024-07-01", "2025-01-01"),
        "left_out_at_end": (0, 1, 2),
        "estimator": (LEAST_SQUARES, RANKS),
    }
    specs = [dict(zip(axes, choice, strict=True)) for choice in product(*axes.values())]

    def estimate(**choice: Any) -> Estimate:
        return _one(known[choice["series"]], choice)

    curve = multiverse.run(specs, estimate, group="series")
    if curve.n == 0:
        raise InputError("candidates", "no specification could be estimated")
    return curve


def _one(series: Series, choice: Mapping[str, Any]) -> Estimate:
    rates = series_of.growth(series, lag=LAGS[choice["growth_over"]], start=choice["start"])
    rates = _enough(rates.iloc[: len(rates) - choice["left_out_at_end"]], series.name)
    times, values = rates["refers_to"], _as_logs(rates["growth_percent"])
    if choice["estimator"] == RANKS:
        ranks = trend.theil_sen(times, values)
        ends = np.log10(ranks.interval)
        return 100 * ranks.slope_log10, 100 * float(ends[0]), 100 * float(ends[1])
    fit = trend.log_linear(times, values, covariance="HC3")
    low, high = fit.slope_interval
    return 100 * fit.slope_log10, 100 * low, 100 * high


def _as_logs(percent: pd.Series) -> np.ndarray:
    """Values whose log10 are the growth rates: the slope of the rates themselves is fitted."""
    return np.asarray(10 ** (percent.to_numpy(dtype=float) / 100))


def _enough(rates: pd.DataFrame, name: str) -> pd.DataFrame:
    if len(rates) < FEWEST:
        rule = f"needs {FEWEST} growth rates since {series_of.START[:4]}; it has {len(rates)}"
        raise InputError(name, rule)
    return rates
