"""Answers on the price of a fixed ability.

Each function takes a series of ``price_series.cheapest`` and returns what the ledger records.
Intervals are Newey-West with critical values by sieve bootstrap, since a lowest price moves in
steps that last.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.claims.answer import Answer
from analysis.economics.prices import series as price_series
from analysis.errors import InputError
from analysis.methods import forecast, regression, trend

SIEVE = "sieve"
INTERVAL = "Newey-West interval, critical values by sieve bootstrap"
LEAST_MONTHS = 6
THETA = 0.63


def monthly_growth(
    series: pd.DataFrame, what: str, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Growth of a monthly price, a factor per year; p tests a growth of 1.

    Raises:
        InputError: for fewer than 6 months, or a price that never changes.
    """
    _require_months(series)
    fit = trend.log_linear(
        series["month"], series["price"], covariance=SIEVE, level=level, seed=seed
    )
    first, last = series.iloc[0], series.iloc[-1]
    return Answer(
        estimate=fit.growth_per_year,
        interval=fit.interval,
        n=fit.n,
        p_value=fit.p_value,
        method=f"log-linear trend of {what} at month ends, {INTERVAL}",
        reason=(
            f"{what[0].upper()}{what[1:]}: from {first['price']:.4g} USD per million tokens"
            f" ({first['model']}, {first['month']:%B %Y}) to {last['price']:.4g}"
            f" ({last['model']}, {last['month']:%B %Y}) in {fit.n} months"
        ),
        detail={"slope_log10": fit.slope_log10, "standard_error": fit.standard_error},
    )


def fixed_ability(
    series: pd.DataFrame, *, start: Any = price_series.FIRST_MONTH, **options: Any
) -> Answer:
    """Growth of the cheapest price at an ability, a factor per year (c86, c04, c24)."""
    return monthly_growth(_since(series, start), "lowest price at the ability of GPT-4", **options)


def bend(
    series: pd.DataFrame, *, at: Any = price_series.BREAK, level: float = 0.95, seed: int = 0
) -> regression.JoinedSlopes:
    """Two joined slopes of the cheapest price at an ability.

    Raises:
        InputError: for fewer than 6 months, or 3 on either side of ``at``.
    """
    _require_months(series)
    return regression.joined_slopes(
        series["month"], series["price"], at, covariance=SIEVE, level=level, seed=seed
    )


def later_slope(found: regression.JoinedSlopes) -> Answer:
    """Slope from the bend on, log10 per year; p tests a slope of 0 (c02)."""
    return Answer(
        estimate=found.after.value,
        interval=found.after.interval,
        n=found.n,
        p_value=found.after.p_value(0.0),
        method=f"later of two joined slopes of the lowest able price, {INTERVAL}",
        reason=(
            f"The price of GPT-4's ability of March 2023 {moved(found.before.factor)} a year over"
            f" {found.n_before} months and {moved(found.after.factor)} a year over the"
            f" {found.n_after} from January 2025 on"
        ),
        detail={"months_since_the_bend": found.n_after},
    )


def slope_change(found: regression.JoinedSlopes) -> Answer:
    """Later less earlier slope, log10 per year (c02)."""
    return Answer(
        estimate=found.change.value,
        interval=found.change.interval,
        n=found.n,
        method=f"change of two joined slopes of the lowest able price, {INTERVAL}",
        reason=(
            f"The price {moved(found.before.factor)} a year before January 2025 and"
            f" {moved(found.after.factor)} a year since; a change above 0 is a slower fall"
        ),
        detail={"growth_before": found.before.factor, "growth_after": found.after.factor},
    )


def forecast_error(
    series: pd.DataFrame,
    *,
    null: float,
    known_to: Any = "2024-12-31",
    last: Any = "2026-08-31",
    level: float = 0.95,
) -> Answer:
    """log10 of the actual over the forecast price of a fixed ability (c81); p tests ``null``.

    Args:
        series: of ``price_series.cheapest``, from its first month on.
        null: the log10 ratio that p tests.
        known_to: last day that the forecast may know.
        last: day up to which the last price is compared.
        level: of the forecast band.

    Raises:
        InputError: when months are missing or none has come since ``known_to``.
    """
    logs = _every_month(series, last)
    past, later = logs[logs.index <= known_to], logs[logs.index > known_to]
    if later.empty:
        raise InputError("months", f"none has a price after {known_to}: nothing to compare")
    found = forecast.farmer_lafond(past.to_numpy(), [len(later)], theta=THETA)
    actual, spread = float(later.iloc[-1]), float(found.spread[0])
    low, high = (float(bound[0]) for bound in found.interval(level))
    error = actual - float(found.mean[0])
    return Answer(
        estimate=error,
        interval=(actual - high, actual - low),
        n=len(past),
        p_value=float(2 * special.stdtr(found.m - 1, -abs(error - null) / spread)),
        method=f"random walk with drift, moving-average term {THETA}; 95 % forecast band",
        reason=(
            f"Actual {10**actual:.3g} against {10 ** float(found.mean[0]):.3g} USD per million"
            f" tokens foretold for {later.index[-1]:%B %Y} from {len(past)} months to December"
            " 2024; the band is wide because the price moves in few large steps"
        ),
        detail={"months_ahead": len(later), "drift_log10_per_month": found.drift},
    )


def forecast_band(
    series: pd.DataFrame,
    *,
    known_to: Any = "2024-12-31",
    last: Any = "2026-08-31",
    level: float = 0.95,
) -> pd.DataFrame:
    """The forecast behind ``forecast_error`` at every month: month, median, low, high.

    Raises:
        InputError: as ``forecast_error``.
    """
    logs = _every_month(series, last)
    past, later = logs[logs.index <= known_to], logs[logs.index > known_to]
    if later.empty:
        raise InputError("months", f"none has a price after {known_to}: nothing to compare")
    found = forecast.farmer_lafond(past.to_numpy(), len(later), theta=THETA)
    low, high = found.interval(level)
    return pd.DataFrame(
        {"month": later.index, "median": 10**found.mean, "low": 10**low, "high": 10**high}
    )


def _every_month(series: pd.DataFrame, last: Any) -> pd.Series[float]:
    """log10 price by month to ``last``, without a gap."""
    known = series[series["month"] <= pd.Timestamp(last)].set_index("month")
    months = pd.PeriodIndex(known.index, freq="M")
    if len(months) and len(months) != (months[-1] - months[0]).n + 1:
        raise InputError("months", "have gaps; the forecast needs one price every month")
    return known["price"].apply(np.log10)


def _since(series: pd.DataFrame, start: Any) -> pd.DataFrame:
    return series[series["month"] >= pd.Timestamp(start)]


def _require_months(series: pd.DataFrame) -> None:
    if len(series) < LEAST_MONTHS:
        raise InputError("months", f"{len(series)} have a price; a trend needs {LEAST_MONTHS}")
    if series["price"].nunique() == 1:
        raise InputError("months", "all have one price: a trend would have no error")


def moved(factor: float) -> str:
    """A growth factor in words: ``fell 2.4-fold``, ``rose 1.3-fold``."""
    return f"rose {factor:.3g}-fold" if factor >= 1 else f"fell {1 / factor:.3g}-fold"
