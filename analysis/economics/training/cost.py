"""What frontier training costs: the published trend, accounting methods, forecasts.

Cost is that of the final training run. Source of the approach: Cottier, Rahman, Fattorini,
Maslej, Besiroglu and Owen (2024), arXiv 2405.21015.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.training.samples import ABILITY, COMPUTE, COST
from analysis.errors import InputError
from analysis.methods import breaks, regression, trend
from analysis.methods.breaks import SupF
from analysis.methods.trend import LogLinear

KINDS = ("classical", "HC3", "HAC", "wild", "sieve")
GENERATION = 100.0
MOST = 5


def intervals(
    sample: pd.DataFrame, column: str = COST, *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """One trend, its interval from five kinds of error, and the rank-based slope.

    Columns: growth_per_year, low, high, slope_log10, standard_error, doubling_months; a row a
    kind.
    """
    ordered = sample.sort_values("refers_to", kind="stable")
    days, values = ordered["refers_to"], ordered[column]
    rows = {
        kind: _row(trend.log_linear(days, values, covariance=kind, level=level, seed=seed))
        for kind in KINDS
    }
    ranks = trend.theil_sen(days, values, level=level)
    rows["Theil-Sen"] = _row(ranks) | {"standard_error": np.nan}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("interval")


def line(sample: pd.DataFrame, column: str = COST, **options: Any) -> LogLinear:
    """The log-linear trend of ``column`` with the wild bootstrap-t interval."""
    return trend.log_linear(sample["refers_to"], sample[column], covariance="wild", **options)


def forecast(
    fit: LogLinear, start: Any, last_year: int, level: float | None = None
) -> pd.DataFrame:
    """Expected value and prediction interval of one further run, every quarter.

    From ``start`` to the end of ``last_year``; columns date, expected, low, high. A regression
    prediction band: it takes the trend as going on and the scatter around it as unchanged.
    """
    dates = pd.date_range(start, f"{last_year}-12-31", freq="QE")
    if dates.empty:
        raise InputError("last_year", f"must not lie before {start}")
    found = fit.predict(dates, level)
    return pd.DataFrame(
        {"date": dates, "expected": found.level, "low": found.low, "high": found.high}
    )


def reaches(fit: LogLinear, value: float) -> float:
    """The decimal year in which the trend line passes ``value``."""
    if not value > 0 or fit.slope_log10 == 0:
        raise InputError("value", "needs a positive value and a trend that is not flat")
    return float((np.log10(value) - fit.intercept) / fit.slope_log10)


def keeps_pace(sample: pd.DataFrame, fit: LogLinear, value: float) -> float:
    """The decimal year in which the dearest run, grown at the pace of the trend, is ``value``."""
    dearest = sample.nlargest(1, COST)
    start = float(trend.decimal_year(dearest["refers_to"])[0])
    return start + float(np.log10(value / dearest[COST].iloc[0])) / fit.slope_log10


def unit_cost(sample: pd.DataFrame, **options: Any) -> LogLinear:
    """Trend of dollars per FLOP over runs with both known."""
    known = sample[sample[COMPUTE].notna()]
    per_flop = known[COST] / known[COMPUTE]
    return trend.log_linear(known["refers_to"], per_flop, covariance="wild", **options)


def next_generation(
    per_flop: LogLinear,
    largest_flop: float,
    dates: Sequence[Any],
    factors: Sequence[float] = (1.0, 10.0, GENERATION),
) -> pd.DataFrame:
    """Cost of a run ``factors`` times ``largest_flop`` at each date, if unit cost keeps falling.

    Columns: date, compute_factor, training_compute_flop; expected, low and high in million USD.
    """
    unit = per_flop.predict(pd.to_datetime(list(dates)))
    rows = [
        {
            "date": pd.Timestamp(day),
            "compute_factor": factor,
            COMPUTE: largest_flop * factor,
            "expected_million_usd": unit.level[i] * largest_flop * factor / 1e6,
            "low_million_usd": unit.low[i] * largest_flop * factor / 1e6,
            "high_million_usd": unit.high[i] * largest_flop * factor / 1e6,
        }
        for factor in factors
        for i, day in enumerate(dates)
    ]
    return pd.DataFrame(rows)


def unknown_break(sample: pd.DataFrame, column: str, seed: int = 0) -> tuple[SupF, pd.Timestamp]:
    """Test of one break at an unknown date in level and slope, and the likeliest date."""
    known = sample[sample[column].notna()].sort_values(["refers_to", column], kind="stable")
    years = np.asarray(trend.decimal_year(known["refers_to"]))
    found = breaks.sup_f(np.log10(known[column]), years - years.mean(), seed=seed)
    return found, pd.Timestamp(known["refers_to"].iloc[found.index])


def searches(found: Mapping[str, tuple[SupF, pd.Timestamp] | None]) -> pd.DataFrame:
    """Tests of ``unknown_break`` as a table, one row a series that could be tested."""
    rows = [
        {
            "series": name,
            "sup_f": test.statistic,
            "first_run_after_break": day,
            "p_asymptotic": test.p_value,
            "p_wild_bootstrap": test.p_value_bootstrap,
            "n": test.n,
        }
        for name, (test, day) in ((n, f) for n, f in found.items() if f is not None)
    ]
    return pd.DataFrame(rows)


def without_each(sample: pd.DataFrame, column: str = COST) -> pd.DataFrame:
    """Growth of ``column`` without each of the five runs that move it most, the largest first."""
    days, values = sample["refers_to"].to_numpy(), sample[column].to_numpy()
    kept = ~np.eye(len(sample), dtype=bool)
    growth = [
        trend.log_linear(days[rows], values[rows], covariance="classical").growth_per_year
        for rows in kept
    ]
    whole = trend.log_linear(days, values, covariance="classical").growth_per_year
    return _by_influence(sample, growth, whole, [column])


def ability_without_each(scored: pd.DataFrame) -> pd.DataFrame:
    """Growth of compute at given ability without each of the five models that move it most."""
    years = np.asarray(trend.decimal_year(scored["refers_to"]))
    frame = scored.assign(years=years - years.mean())

    def growth(part: pd.DataFrame) -> float:
        columns = {"date": part["years"], "ability": part[ABILITY]}
        return regression.effect(part[COMPUTE], columns, "date", covariance="classical").factor

    without = [growth(frame.drop(label)) for label in frame.index]
    return _by_influence(scored, without, growth(frame), [COMPUTE, ABILITY])


def _by_influence(
    sample: pd.DataFrame, growth: Sequence[float], whole: float, shown: list[str]
) -> pd.DataFrame:
    table = sample[["model", "refers_to", *shown]].assign(growth_without=np.asarray(growth))
    moved = np.abs(np.log(table["growth_without"] / whole))
    return table.iloc[np.argsort(-moved, kind="stable")[:MOST]].reset_index(drop=True)


def _row(fit: Any) -> dict[str, float]:
    low, high = fit.interval
    return {
        "growth_per_year": fit.growth_per_year,
        "low": low,
        "high": high,
        "slope_log10": fit.slope_log10,
        "standard_error": getattr(fit, "standard_error", np.nan),
        "doubling_months": 12 * fit.doubling_time_years,
    }
