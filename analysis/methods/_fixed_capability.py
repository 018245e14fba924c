"""The price of a fixed capability: what the cheapest good-enough model costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import trend, validate
from analysis.methods._price_panel import columns
from analysis.methods.results import Result

COVARIANCE = {"available": "sieve", "records": "classical"}
LEAST = 3  # points below which a line has no error


@dataclass(frozen=True, repr=False, eq=False)
class FixedCapability(Result):
    """Yearly fall of the price at a threshold: ``reduction_per_year`` above 1 is cheaper.

    ``growth_per_year`` is its inverse; ``p_value`` tests that it is 1. ``series`` holds the
    prices the line was fitted to: one a month (``available``) or one a record (``records``);
    ``n`` counts them, from ``first`` to ``last``.
    """

    reduction_per_year: float
    interval: tuple[float, float]
    growth_per_year: float
    p_value: float
    threshold: float
    estimator: str
    rank: int
    covariance: str
    n: int
    first: pd.Timestamp
    last: pd.Timestamp
    series: pd.Series
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"price at score {self.threshold:g} falls {self.reduction_per_year:.4g}-fold a year "
            f"({self.level:.0%}: {low:.4g} to {high:.4g}; {self.estimator}, n = {self.n}, "
            f"{self.first:%Y-%m} to {self.last:%Y-%m})"
        )


def fixed_capability(
    models: pd.DataFrame,
    *,
    score: str,
    threshold: float,
    estimator: str = "available",
    rank: int = 1,
    covariance: str | None = None,
    end: Any = None,
    level: float = 0.95,
) -> FixedCapability:
    """Fall of the lowest price at which a score of at least ``threshold`` can be bought.

    ``available``: for each month, the lowest price of any listing live on a day of it and at or
    above the threshold; log price on decimal year with HAC errors, whose multiplier comes from
    a bootstrap-t of autocorrelated errors (``sieve``). It rises when a cheap listing ends. Months
    without such a listing are left out.
    ``records``: models that are cheaper at their release than all before them at or above the
    threshold; log price on release date by OLS. It can only fall, so it serves comparison with
    the literature, not verdicts.

    The lowest price moves in steps that last, so HAC errors with Student's multiplier are far
    too small: in simulated markets (benchmarks/calibration_index.py) that nominal 95 % interval
    covers 60-75 %, the default 87-97 %: worst, 87 %, in 20 months with one new able listing a
    month, and still 92 % in 45 such months. ``records`` covers 79-91 % and overstates the fall,
    most when records are few (docs/calibration.md).

    Args:
        models: one row a listing: date (first day), price (positive), the score column and, for
            ``available``, optionally until (first day no longer live; missing = live to the
            end) and item (rows of one item count as one listing).
        score: name of the score column.
        threshold: least score that is good enough.
        estimator: ``available`` or ``records``.
        rank: 1 for the cheapest listing, 2 for the second cheapest, … (``available``).
        covariance: as in ``trend.log_linear``; None for ``sieve`` (``available``) or
            ``classical`` (``records``).
        end: last day observed; the last date among the rows if None. Later rows are ignored.

    Raises:
        InputError: for bad columns, a listing that ends before it starts, a threshold that no
            model reaches, fewer than three months or records, or a price that never changes.

    Source: Cottier et al. (2025), Epoch AI, "LLM inference prices have fallen rapidly but
    unequally" (records); Newey and West (1987).
    """
    validate.choice("estimator", estimator, COVARIANCE)
    validate.count("rank", rank)
    validate.vector("threshold", [threshold])
    if estimator == "records" and rank != 1:
        raise InputError("rank", "must be 1 for records: they follow the cheapest model")
    columns("models", models, ["date", "price", score])
    listings = _listings(models, score, end)
    able = listings["score"] >= threshold
    if not able.any():
        best = listings["score"].max()
        raise InputError("threshold", f"no model reaches {threshold:g}; the best has {best:g}")
    prices = (
        _records(listings[able]) if estimator == "records" else _available(listings[able], rank)
    )
    if len(prices) < LEAST:
        raise InputError(
            "threshold", f"{len(prices)} {estimator} prices at {threshold:g}: a line needs {LEAST}"
        )
    if prices.nunique() == 1:
        raise InputError("threshold", f"the lowest price at {threshold:g} never changes: no error")
    dates = pd.DatetimeIndex(prices.index)
    errors = covariance or COVARIANCE[estimator]
    fit = trend.log_linear(
        trend.decimal_year(dates), prices.to_numpy(), covariance=errors, level=level
    )
    low, high = fit.interval
    return FixedCapability(
        reduction_per_year=1 / fit.growth_per_year,
        interval=(1 / high, 1 / low),
        growth_per_year=fit.growth_per_year,
        p_value=fit.p_value,
        threshold=float(threshold),
        estimator=estimator,
        rank=rank,
        covariance=errors,
        n=len(prices),
        first=dates[0],
        last=dates[-1],
        series=prices,
        level=level,
    )


def _listings(models: pd.DataFrame, score: str, end: Any) -> pd.DataFrame:
    """Checked columns start, final (last day live), price, score and item, sorted by start."""
    start = validate.dates("date", models["date"])
    until = _ends(models)
    if (until < start).any():
        raise InputError("until", "a listing ends before it starts")
    final = until - np.timedelta64(1, "D")
    seen = np.append(final[~np.isnat(final)], start).max()
    last = seen if end is None else validate.dates("end", [end])[0]
    listings = pd.DataFrame(
        {
            "start": start,
            "final": np.where(np.isnat(final), last, np.minimum(final, last)),
            "price": validate.vector("price", models["price"], positive=True),
            "score": validate.vector(score, models[score]),
            "item": _items(models),
        }
    )
    known = listings[listings["start"] <= pd.Timestamp(last)]
    if known.empty:
        raise InputError("end", f"no model is listed by {last}")
    return known.sort_values("start", kind="stable")


def _items(models: pd.DataFrame) -> np.ndarray:
    if "item" not in models:
        return np.arange(len(models))
    codes, _ = pd.factorize(models["item"])
    if (codes < 0).any():
        raise InputError("item", "must not be missing")
    return np.asarray(codes)


def _ends(models: pd.DataFrame) -> np.ndarray:
    ends = np.full(len(models), np.datetime64("NaT"), dtype="datetime64[D]")
    if "until" in models and (known := models["until"].notna().to_numpy()).any():
        ends[known] = validate.dates("until", models["until"][known])
    return ends


def _records(able: pd.DataFrame) -> pd.Series:
    """The lowest price of each release day, where it is below every earlier one."""
    daily = able.groupby("start")["price"].min()
    return daily[daily < daily.cummin().shift(fill_value=np.inf)].rename("price")


def _available(able: pd.DataFrame, rank: int) -> pd.Series:
    """The ``rank``-th lowest price of each month, over items live on one of its days."""
    able = able[able["final"] >= able["start"]].sort_values("item", kind="stable")
    items = able["item"].to_numpy()
    if len(np.unique(items)) < rank:
        return pd.Series(dtype=float)
    begins, ends = (able[name].to_numpy("datetime64[M]") for name in ("start", "final"))
    months = np.arange(begins.min(), ends.max() + 1)
    live = (begins <= months[:, None]) & (months[:, None] <= ends)
    prices = np.where(live, able["price"].to_numpy(), np.inf)
    by_item = np.minimum.reduceat(prices, np.flatnonzero(np.diff(items, prepend=-1)), axis=1)
    ranked = np.partition(by_item, rank - 1, axis=1)[:, rank - 1]
    return pd.Series(ranked, pd.DatetimeIndex(months), name="price")[np.isfinite(ranked)]
