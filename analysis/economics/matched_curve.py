"""Growth of list prices of unchanged products under other choices than the rule's."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from analysis.economics.item_links import links, live, one_row_a_host, ratio, require_links
from analysis.economics.list_prices import FLAGS_ONLY, RULED, ListPrices
from analysis.economics.listings import blended
from analysis.economics.matched_index import MONTHS, month_ends
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
    def monthly(screen: str) -> pd.DataFrame:
        days = month_ends(prices, max(WINDOWS))
        return links(prices, days, reasons=SCREENS[screen], one_a_host=False, least=0)

    @cache
    def pairs(index: str, row: str, months: int, screen: str) -> pd.DataFrame:
        days = month_ends(prices, months)
        if index == "chained":
            found = monthly(screen)
            found = found[found["date"] > days[0]]
        else:
            days = days[[0, -1]]
            found = links(prices, days, reasons=SCREENS[screen], one_a_host=False, least=0)
        return one_row_a_host(found, prices.copies) if row == ROWS[0] else found

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
    logs = ratio(pairs, output_share).map(np.log).groupby(pairs["date"])
    return float(logs.mean().sum()), float(np.sqrt((logs.sem() ** 2).sum()))


def _geks(prices: ListPrices, days: pd.DatetimeIndex, screen: str, output_share: float) -> float:
    rows = live(prices, days, reasons=SCREENS[screen])
    panel = rows.assign(period=rows["date"], price=blended(rows, output_share=output_share))
    return float(np.log(price_index.multilateral(panel, method="geks_jevons").series.iloc[-1]))
