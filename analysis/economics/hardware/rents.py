"""Rent of fixed chips by month: as printed, and matched by provider."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import breaks, price_index, trend

RAW, RESTATED = "raw_on_demand_usd_per_gpu_hour", "usd_per_gpu_hour"
MATCHED, PRINTED = "rate_cards_matched", "rate_cards_raw"
MONTHS_OF_LINE = 4


def monthly_median(index: pd.DataFrame, gpu: str, column: str = RAW) -> pd.Series:
    """Median rent in USD per GPU-hour by month, of whoever has a price that month."""
    rows = index[(index["gpu"] == gpu) & index[column].notna()]
    return rows.set_index("refers_to")[column].sort_index().rename("rent")


def since(series: pd.Series, start: Any) -> pd.Series:
    """The months from ``start`` on."""
    return series[series.index >= pd.Timestamp(start)]


def matched(quotes: pd.DataFrame, gpu: str, start: Any, *, method: str = "tpd") -> pd.Series:
    """Index of the rent at the same providers, first month = 1.

    ``tpd``: ln rent = month + provider, so that a provider missing for a month still counts
    with what it changed meanwhile. ``chained``: mean log change of the providers with a price
    in both of two months that follow each other.

    Raises:
        InputError: for no quotes, or months that no provider links.
    """
    rows = quotes[(quotes["gpu"] == gpu) & (quotes["refers_to"] >= pd.Timestamp(start))]
    if rows.empty:
        raise InputError("quotes", f"have no rent of {gpu} from {start} on that was known by then")
    if method == "chained":
        table = rows.pivot(index="refers_to", columns="provider", values="usd_per_gpu_hour")
        steps = table.map(math.log).diff().mean(axis=1).fillna(0)
        return steps.cumsum().map(math.exp).rename("rent")
    panel = pd.DataFrame(
        {"period": rows["month"], "item": rows["provider"], "price": rows["usd_per_gpu_hour"]}
    )
    found = price_index.multilateral(panel, method=method).series
    found.index = pd.to_datetime(found.index)
    return found.rename("rent")


def growth(series: pd.Series, source: str, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Growth of a monthly rent, a factor per year, with the p-value of no growth (c08)."""
    if len(series) < MONTHS_OF_LINE:
        raise InputError(
            "series", f"has {len(series)} months known by then, {MONTHS_OF_LINE} needed"
        )
    fit = trend.log_linear(series.index, series, covariance="sieve", level=level, seed=seed)
    how = "the same providers compared" if source == MATCHED else "the median price as printed"
    return Answer(
        estimate=fit.growth_per_year,
        interval=fit.interval,
        n=fit.n,
        p_value=fit.p_value,
        grade="B",
        method="log-linear trend of monthly rent, Newey-West with sieve-bootstrap critical values",
        reason=(
            f"Rent of an H100 on demand, {how}, over {fit.n} months to"
            f" {series.index.max():%B %Y}; eleven smaller clouds and none of the three large ones"
        ),
        detail={"first": float(series.iloc[0]), "last": float(series.iloc[-1])},
    )


def turning_points(series: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The deepest valley of each series, the peak before it, and the latest month.

    The valley is the month lowest against the smaller of the two peaks on its sides; a series
    that only falls, or only rises, has its valley at an end.
    """
    rows = []
    for name, values in series.items():
        if values.empty:
            continue
        sides = pd.concat([values.cummax(), values[::-1].cummax()], axis=1).min(axis=1)
        place = int((values / sides).to_numpy().argmin())
        lowest, before = float(values.iloc[place]), values.iloc[: place + 1]
        rows.append(
            {
                "series": name,
                "peak_before": before.max(),
                "peak_month": f"{before.idxmax():%Y-%m}",
                "valley": lowest,
                "valley_month": f"{values.index[place]:%Y-%m}",
                "latest": values.iloc[-1],
                "latest_month": f"{values.index[-1]:%Y-%m}",
                "latest_over_valley": values.iloc[-1] / lowest,
                "latest_over_peak": values.iloc[-1] / before.max(),
            }
        )
    return pd.DataFrame(rows)


def break_table(series: Mapping[str, pd.Series], seed: int = 0) -> pd.DataFrame:
    """One break in level and slope at any month; errors may follow each other."""
    rows = []
    for name, values in series.items():
        if len(values) < MONTHS_OF_LINE:
            continue
        years = np.asarray(trend.decimal_year(values.index.to_series()))
        try:
            found = breaks.sup_f(
                np.log10(values), years - years.mean(), resampling="sieve", seed=seed
            )
        except InputError:
            continue
        rows.append(
            {
                "series": name,
                "sup_f": found.statistic,
                "first_month_after_break": f"{values.index[found.index]:%Y-%m}",
                "p_sieve_bootstrap": found.p_value_bootstrap,
                "months": found.n,
            }
        )
    return pd.DataFrame(rows)
