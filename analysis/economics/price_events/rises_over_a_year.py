"""Share of listings whose price rose, or fell, by more than a fifth within a year.

The price lists and the router record every listing in every copy, so a price that did not move is
a zero on record, and the share is one of all listings that were live on both days.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.economics.list_prices.item_links import links, ratio
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.list_prices.steep_changes import STEEP
from analysis.errors import InputError
from analysis.methods import proportion

LEAST = 10  # listings below which a share says nothing


def by_window(
    prices: Mapping[str, ListPrices], *, steep: float = STEEP, level: float = 0.95
) -> pd.DataFrame:
    """Steep rises and cuts among the listings live at both ends of each year.

    Years end on 30 April of 2024 and later, and on the day of each source's last copy.

    Columns: source, start, end, listings, hosts, rose, share_rose, rose_low, rose_high, fell,
    share_fell, fell_low, fell_high.

    Raises:
        InputError: when no year has enough listings.
    """
    rows = [
        row
        for source, one in prices.items()
        for end in _ends(one.copies["date"].max())
        if (row := _year(source, one, end, steep, level)) is not None
    ]
    if not rows:
        raise InputError("prices", "have no year with enough listings live at both ends")
    return pd.DataFrame(rows)


def _ends(last: pd.Timestamp) -> list[pd.Timestamp]:
    springs = [pd.Timestamp(year, 4, 30) for year in range(2024, last.year + 1)]
    return sorted({*(day for day in springs if day <= last), last.normalize()})


def _year(
    source: str, one: ListPrices, end: pd.Timestamp, steep: float, level: float
) -> dict[str, object] | None:
    days = pd.DatetimeIndex([end - pd.DateOffset(years=1), end])
    try:
        pairs = links(one, days, least=LEAST)
    except InputError:
        return None
    moved, edge = ratio(pairs), steep * (1 + 1e-9)
    rose = proportion.share(int((moved > edge).sum()), len(moved), level=level)
    fell = proportion.share(int((moved < 1 / edge).sum()), len(moved), level=level)
    return {
        "source": source,
        "start": f"{days[0]:%Y-%m-%d}",
        "end": f"{end:%Y-%m-%d}",
        "listings": len(moved),
        "hosts": pairs["host"].nunique(),
        "rose": rose.count,
        "share_rose": rose.share,
        "rose_low": rose.interval[0],
        "rose_high": rose.interval[1],
        "fell": fell.count,
        "share_fell": fell.share,
        "fell_low": fell.interval[0],
        "fell_high": fell.interval[1],
    }
