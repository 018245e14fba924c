"""Speed and memory of the multilateral index beside a plain pandas loop over pairs.

Run ``python -m benchmarks.methods_index``; both sides are timed in one process, so the ratio
carries over to other machines.
"""

from __future__ import annotations

import itertools
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods import price_index
from benchmarks import markets

ITEMS = 5_000
Row = dict[str, Any]


def loop_geks_tornqvist(panel: pd.DataFrame) -> pd.Series:
    """The textbook way: merge each pair of periods, then average over the bridges."""
    panel = panel.assign(value=panel["price"] * panel["quantity"])
    months = {period: rows.set_index("item") for period, rows in panel.groupby("period")}
    logs = pd.DataFrame(0.0, index=list(months), columns=list(months))
    for first, second in itertools.combinations(months, 2):
        both = months[first].add_suffix("0").join(months[second].add_suffix("1"), how="inner")
        shares = both["value0"] / both["value0"].sum() + both["value1"] / both["value1"].sum()
        change = (shares / 2 * np.log(both["price1"] / both["price0"])).sum()
        logs.loc[first, second], logs.loc[second, first] = change, -change
    return np.exp(logs.mean(axis=0) - logs.mean(axis=0).iloc[0])


def geks_speed(periods: int = 48, items: int = ITEMS) -> Row:
    """Time of both on one panel, their ratio, and how far apart the indices are."""
    panel = markets.panel(periods, items)
    index, seconds = _best(lambda: price_index.multilateral(panel, method="ccdi"))
    loop, loop_seconds = _timed(lambda: loop_geks_tornqvist(panel))
    return {
        "what": f"GEKS-Törnqvist, {periods} months × {items} items",
        "seconds": seconds,
        "baseline": "pandas loop over pairs",
        "baseline_seconds": loop_seconds,
        "ratio": seconds / loop_seconds,
        "largest_difference": float(np.abs(index.series - loop).max()),
    }


def geks_growth(items: int = ITEMS) -> list[Row]:
    """Time and peak memory at 12, 24, 48 and 96 months.

    ``growth`` is the time over that of half as many months; periods² would give 4.
    """
    rows: list[Row] = []
    for periods in (12, 24, 48, 96):
        panel = markets.panel(periods, items)

        def index(panel: pd.DataFrame = panel) -> price_index.PriceIndex:
            return price_index.multilateral(panel, method="ccdi")

        seconds = _best(index)[1]
        rows.append(
            {
                "what": f"GEKS-Törnqvist, {periods} months × {items} items",
                "seconds": seconds,
                "peak_mib": _peak_mib(index),
                "growth": seconds / rows[-1]["seconds"] if rows else None,
            }
        )
    return rows


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = call()
    return result, time.perf_counter() - start


def _best(call: Callable[[], Any]) -> tuple[Any, float]:
    """The result, and the least time of three calls: the first also wakes the BLAS threads."""
    runs = [_timed(call) for _ in range(3)]
    return runs[0][0], min(seconds for _, seconds in runs)


def _peak_mib(call: Callable[[], Any]) -> float:
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


if __name__ == "__main__":
    print(pd.DataFrame([geks_speed()]).to_string(index=False))
    print(pd.DataFrame(geks_growth()).to_string(index=False))
