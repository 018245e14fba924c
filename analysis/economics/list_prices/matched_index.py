"""What unchanged products cost from month to month: a chained Jevons index (c84)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.list_prices.item_links import links, ratio
from analysis.economics.list_prices.lists import RULED, ListPrices
from analysis.methods import validate
from analysis.methods.results import Result

MONTHS = 24
RESAMPLES = 1999
_DAY = "%Y-%m-%d"


@dataclass(frozen=True, repr=False, eq=False)
class MatchedIndex(Result):
    """``series`` is the index by day, first = 1, with ``low`` and ``high`` of resampled models.

    ``growth_per_year`` is over the whole window, ``matched`` the listings behind each link,
    ``moved`` the share of them whose price changed.
    """

    growth_per_year: float
    interval: tuple[float, float]
    series: pd.Series
    low: pd.Series
    high: pd.Series
    matched: pd.Series
    moved: float
    models: int
    level: float


def month_ends(prices: ListPrices, months: int = MONTHS) -> pd.DatetimeIndex:
    """``months`` + 1 days a month apart, the last of them ``prices.end``; ends stay ends."""
    back = [prices.end - pd.DateOffset(months=m) for m in range(months, -1, -1)]
    last = prices.end.is_month_end
    return pd.DatetimeIndex([day + pd.offsets.MonthEnd(0) if last else day for day in back])


def matched_index(
    prices: ListPrices,
    *,
    months: int = MONTHS,
    output_share: float = 0.25,
    reasons: Collection[str] = RULED,
    one_a_host: bool = True,
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> MatchedIndex:
    """Chained Jevons index of the listings live in neighbouring months.

    I_t = I_{t-1} exp(mean ln(p_t / p_{t-1})), unweighted; growth per year is the whole change to
    the power 12 / months. The interval is the percentile interval over resamples of models: all
    listings of a model, at all hosts and in all months, are drawn together.

    Raises:
        InputError: when two neighbouring months share no item.
    """
    validate.level("level", level)
    days = month_ends(prices, months)
    pairs = links(prices, days, reasons=reasons, one_a_host=one_a_host)
    logs = np.log(ratio(pairs, output_share).to_numpy())
    sums, counts = _by_model(pairs, logs, len(days))
    path = np.cumsum(sums.sum(0) / counts.sum(0))
    paths = _resampled(sums, counts, resamples, seed)
    tail = (1 - level) / 2
    low, high = np.quantile(np.vstack([np.zeros((1, len(paths))), paths.T]), [tail, 1 - tail], 1)
    growth, (least, most) = path[-1] * 12 / months, np.array([low[-1], high[-1]]) * 12 / months
    return MatchedIndex(
        growth_per_year=float(np.exp(growth)),
        interval=(float(np.exp(least)), float(np.exp(most))),
        series=pd.Series(np.exp(np.append(0, path)), days, name="index"),
        low=pd.Series(np.exp(low), days, name="low"),
        high=pd.Series(np.exp(high), days, name="high"),
        matched=pd.Series(counts.sum(0).astype(int), days[1:], name="matched"),
        moved=float((np.abs(logs) > 1e-9).mean()),
        models=len(sums),
        level=level,
    )


def matched_growth(prices: ListPrices, **options: Any) -> Answer:
    """Growth per year of the list price of unchanged products (c84)."""
    found = matched_index(prices, **options)
    first, last = found.series.index[0], found.series.index[-1]
    median = int(found.matched.median())
    return Answer(
        estimate=found.growth_per_year,
        interval=found.interval,
        n=found.models,
        method="chained Jevons index, percentile bootstrap over models",
        reason=(
            f"List price of the same listings from {first:{_DAY}} to {last:{_DAY}}, {median} of"
            f" them in the median month; {found.moved:.1%} of monthly prices moved at all, and"
            " the lists have no quantities"
        ),
        detail={
            "links": int(found.matched.sum()),
            "median_listings_a_month": median,
            "share_of_monthly_prices_that_moved": found.moved,
        },
    )


def _by_model(pairs: pd.DataFrame, logs: np.ndarray, days: int) -> tuple[np.ndarray, np.ndarray]:
    """Sum and number of log changes, models × links."""
    codes, models = pd.factorize(pairs["sold"])
    cells = codes * (days - 1) + pairs["step"].to_numpy() - 1
    size, shape = len(models) * (days - 1), (len(models), days - 1)
    sums = np.bincount(cells, weights=logs, minlength=size).reshape(shape)
    return sums, np.bincount(cells, minlength=size).reshape(shape).astype(float)


def _resampled(sums: np.ndarray, counts: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    """Log index of each resample, resamples × links."""
    models = len(sums)
    generator = np.random.default_rng(validate.count("seed", seed, minimum=0))
    draws = generator.multinomial(models, np.full(models, 1 / models), size=resamples)
    totals = draws @ counts
    means = np.divide(draws @ sums, totals, out=np.zeros_like(totals), where=totals > 0)
    return np.cumsum(means, axis=1)
