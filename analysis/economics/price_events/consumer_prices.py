"""Price of software relative to all consumer prices (c83).

Reading, fixed before the trend was computed: months from January 2023 to the last one known, the
month without figures left out; the series are not seasonally adjusted and stay so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import multiverse, trend
from analysis.methods.multiverse import Multiverse

START = "2023-01"
LEAST = 8  # months below which no interval of a trend is to be trusted (trend.log_linear)
CURVE_RESAMPLES = 199
METHOD = "log-linear trend of software over all items, sieve bootstrap with Newey-West errors"
ESTIMATORS = ("least squares", "median of pairs", "change over 12 months")
AXES = {
    "start": ("2021-01", "2022-01", START, "2023-07", "2024-01"),
    "price": ("relative to all items", "in dollars"),
    "sample": ("all months", "to April 2026"),
    "frequency": ("month", "quarter"),
    "estimand": ESTIMATORS,
}


def relative(
    cpi: pd.DataFrame, *, start: str = START, end: str = "9999-12", price: str = AXES["price"][0]
) -> pd.DataFrame:
    """Month, its first day and the index of software over that of all items, 1 at the start.

    Months without either index are left out. ``price`` ``in dollars`` does not divide.

    Raises:
        InputError: when fewer than ``LEAST`` months have both series.
    """
    wide = cpi.pivot(index="month", columns="series", values="index")
    if not {"software", "all_items"} <= set(wide.columns):
        raise InputError("cpi", "has no series of software or of all items known by this day")
    base = wide["all_items"] if price == AXES["price"][0] else 1.0
    ratio = (wide["software"] / base).loc[start:end].dropna()
    if len(ratio) < LEAST:
        raise InputError("cpi", f"has {len(ratio)} months of both series, of {LEAST} needed")
    frame = (ratio / ratio.iloc[0]).rename("ratio").reset_index()
    return frame.assign(date=pd.to_datetime(frame["month"] + "-01"))


def software_relative(cpi: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Growth a year of software's price relative to all consumer prices (c83)."""
    frame = relative(cpi)
    line = trend.log_linear(frame["date"], frame["ratio"], level=level, seed=seed)
    reason = (
        f"Monthly from {frame['month'].iloc[0]} to {frame['month'].iloc[-1]}; the index is of"
        " software and accessories for households, in which AI subscriptions are not told apart"
    )
    return Answer(line.growth_per_year, line.interval, line.n, METHOD, reason, "A")


def changes_to_the_end(frame: pd.DataFrame) -> pd.DataFrame:
    """Change of the relative price over the last months, which a straight trend can hide.

    Args:
        frame: as ``relative`` gives it.

    Returns:
        from, to, months, change (share of the earlier price), for half a year, one, two years and
        the whole span, as far as they are there.
    """
    last = frame.iloc[-1]
    back = [last["date"] - pd.DateOffset(months=months) for months in (6, 12, 24)]
    early = frame[frame["date"].isin([*back, frame["date"].iloc[0]])].iloc[::-1]
    span = (last["date"].year - early["date"].dt.year) * 12
    return pd.DataFrame(
        {
            "from": early["month"],
            "to": last["month"],
            "months": span + last["date"].month - early["date"].dt.month,
            "change": last["ratio"] / early["ratio"] - 1,
        }
    ).reset_index(drop=True)


def relative_curve(cpi: pd.DataFrame, *, seed: int = 0) -> Multiverse:
    """The growth under other starts, prices, ends, frequencies and estimators.

    Raises:
        InputError: when no specification has an estimate.
    """

    def one(start: str, price: str, sample: str, frequency: str, estimand: str) -> Any:
        end = "2026-04" if sample == "to April 2026" else "9999-12"
        frame = relative(cpi, start=start, end=end, price=price)
        if frequency == "quarter":
            quarters = frame["date"].dt.to_period("Q").dt.start_time
            frame = frame.groupby(quarters)["ratio"].mean().rename_axis("date").reset_index()
        return _growth(frame, estimand, 4 if frequency == "quarter" else 12, seed)

    return multiverse.run(AXES, one)


def _growth(frame: pd.DataFrame, estimand: str, periods: int, seed: int) -> tuple[float, ...]:
    if estimand == "median of pairs":
        pairs = trend.theil_sen(frame["date"], frame["ratio"])
        return pairs.growth_per_year, *pairs.interval
    if estimand == "change over 12 months":
        return _mean_change(frame, periods)
    line = trend.log_linear(frame["date"], frame["ratio"], seed=seed, resamples=CURVE_RESAMPLES)
    return line.growth_per_year, *line.interval


def _mean_change(frame: pd.DataFrame, periods: int) -> tuple[float, ...]:
    """Mean change over a year; its interval takes one change a year as independent."""
    logs = np.log(frame.set_index("date")["ratio"])
    before = logs.copy()
    before.index = before.index + pd.DateOffset(years=1)
    changes = (logs - before).dropna()
    if len(changes) < periods:
        raise InputError("cpi", f"has {len(changes)} changes over a year, of {periods} needed")
    mean, years = float(changes.mean()), len(changes) / periods
    half = 1.96 * float(changes.std(ddof=1)) / np.sqrt(years)
    return float(np.exp(mean)), float(np.exp(mean - half)), float(np.exp(mean + half))
