"""Growth of list prices of unchanged products under other choices than the rule's."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from analysis.economics.list_prices.item_links import links, live, ratio, require_links
from analysis.economics.list_prices.lists import FLAGS_ONLY, RULED, ListPrices
from analysis.economics.list_prices.matched_index import MONTHS, month_ends
from analysis.economics.listings import blended
from analysis.methods import multiverse, price_index
from analysis.methods.multiverse import Multiverse

SCREENS = {"as ruled": RULED, "flags and aliases": FLAGS_ONLY}
WINDOWS = (12, 18, MONTHS, 30)
ROWS = ("a model and host", "a listing")
INDICES = ("chained", "two ends", "multilateral")
SHARES = (0.0, 0.25, 0.5, 1.0)
LEAST = 10  # listings that a link must compare to say something


def growth_curve(prices: ListPrices) -> Multiverse:
    """Growth per year of list prices, one specification a row.

    Axes: index (chained month by month, both ends compared directly, or multilateral at the
    rule's token mix), one row a model and host or every listing, length of the window to the
    same end, screening, token mix. Intervals take rows as independent; the multilateral index
    (every listing, as ruled, the rule's mix, one year and two) has none.
    """

    @cache
    def chain(row: str, screen: str) -> pd.DataFrame:
        days = month_ends(prices, max(WINDOWS))
        one = row == ROWS[0]
        return links(prices, days, reasons=SCREENS[screen], one_a_host=one, least=0)

    @cache
    def pairs(index: str, row: str, months: int, screen: str) -> pd.DataFrame:
        days = month_ends(prices, months)
        if index == "chained":
            found = chain(row, screen)
            return found[found["date"] > days[0]]
        one = row == ROWS[0]
        return links(prices, days[[0, -1]], reasons=SCREENS[screen], one_a_host=one, least=0)

    def estimate(
        index: str, row: str, months: int, screen: str, output_share: float
    ) -> tuple[float, float, float]:
        if index == "multilateral":
            growth, error = _geks(prices, month_ends(prices, months), screen, output_share), 0.0
        else:
            found, days = pairs(index, row, months, screen), month_ends(prices, months)
            require_links(found, days if index == "chained" else days[[0, -1]], LEAST)
            growth, error = _jevons(found, output_share)
        ends = np.array([growth, growth - 1.96 * error, growth + 1.96 * error])
        value, low, high = np.exp(ends * 12 / months)
        return float(value), float(low), float(high)

    choices = [*product(INDICES[:2], ROWS, WINDOWS, SCREENS, SHARES)]
    choices += [*product(INDICES[2:], ROWS[1:], (12, MONTHS), ("as ruled",), SHARES[1:2])]
    axes = ("index", "row", "months", "screen", "output_share")
    return multiverse.run([dict(zip(axes, choice, strict=True)) for choice in choices], estimate)


def _jevons(pairs: pd.DataFrame, output_share: float) -> tuple[float, float]:
    """Sum over links of the mean log change, and its standard error if rows were independent."""
    logs, step = np.log(ratio(pairs, output_share).to_numpy()), pairs["step"].to_numpy()
    n, sums, squares = (np.bincount(step, weights) for weights in (None, logs, logs**2))
    n, sums, squares = n[n > 0], sums[n > 0], squares[n > 0]
    spread = (squares - sums**2 / n).clip(min=0) / np.maximum(n - 1, 1)
    return float((sums / n).sum()), float(np.sqrt((spread / n).sum()))


def _geks(prices: ListPrices, days: pd.DatetimeIndex, screen: str, output_share: float) -> float:
    rows = live(prices, days, reasons=SCREENS[screen])
    panel = rows.assign(period=rows["date"], price=blended(rows, output_share=output_share))
    return float(np.log(price_index.multilateral(panel, method="geks_jevons").series.iloc[-1]))
