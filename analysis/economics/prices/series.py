"""Monthly series of a price panel: the cheapest able model, the best model, the best cheap one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics import listings
from analysis.economics.deflate import deflate
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from analysis.methods import validate

FIRST_MONTH = pd.Timestamp("2023-04-01")
BREAK = pd.Timestamp("2025-01-01")
_SHOWN = ["month", "model", "developer", "host", "listing", "ability", "standard_error", "price"]


def cheapest(
    panel: Panel, threshold: float, *, rank: int = 1, start: Any = FIRST_MONTH, end: Any = None
) -> pd.DataFrame:
    """The ``rank``-th cheapest offer of at least ``threshold``, live at each month end.

    An offer is one model at one host. The series rises when a cheap offer ends; months without
    such an offer are left out. Columns: month (its last day), model, developer, host, listing,
    ability, standard_error, price.

    Raises:
        InputError: for a ``rank`` below 1.
    """
    least = validate.count("rank", rank)
    offers = panel.offers(start, end)
    able = offers[offers["ability"] >= threshold]
    chosen = able[able.groupby("month").cumcount() == least - 1]
    return chosen[_SHOWN].reset_index(drop=True)


def best(
    panel: Panel, *, start: Any = FIRST_MONTH, end: Any = None, own: bool = True
) -> pd.DataFrame:
    """The model of highest ability that is live at each month end, and its price.

    The price is that of the developer's own API where it is listed (``own``), else the lowest.
    Columns as in ``cheapest``.
    """
    rows = panel.offers(start, end)
    top = rows[rows["ability"] == rows.groupby("month")["ability"].transform("max")]
    pairs = zip(top["host"], top["developer"], strict=True)
    others = [host not in listings.FIRST_PARTY.get(developer, ()) for host, developer in pairs]
    ranked = top.assign(other=others if own else False)
    ranked = ranked.sort_values(["month", "other", "price", "model", "host"])
    return ranked.drop_duplicates("month")[_SHOWN].reset_index(drop=True)


def best_under(
    panel: Panel, price: float, *, start: Any = FIRST_MONTH, end: Any = None
) -> pd.DataFrame:
    """The model of highest ability on sale for at most ``price`` at each month end.

    Columns as in ``cheapest``.
    """
    rows = panel.offers(start, end)
    cheap = rows[rows["price"] <= price]
    ranked = cheap.sort_values(["month", "ability", "price"], ascending=[True, False, True])
    return ranked.drop_duplicates("month")[_SHOWN].reset_index(drop=True)


def records(panel: Panel, threshold: float) -> pd.DataFrame:
    """Models that were the cheapest so far at their first price: date, model, host, price.

    Such a series can only fall; it is what the published figures rest on.
    """
    able = panel.spells[panel.spells["ability"] >= threshold]
    first = able.sort_values(["date", "price"]).drop_duplicates("date")
    lowest = first["price"].cummin().shift(fill_value=float("inf"))
    columns = ["date", "model", "host", "ability", "price"]
    return first.loc[first["price"] < lowest, columns].reset_index(drop=True)


def real(series: pd.DataFrame, cpi: pd.DataFrame, *, day: str = "month") -> pd.DataFrame:
    """The same series with ``price`` in dollars of the last month that the index knows.

    Months that the index lacks take the value of the month before.

    Args:
        series: with a price and a column of days, named by ``day``.
        cpi: the table cpi as loaded; the series all_items is used.

    Raises:
        InputError: when the index has no month up to the first price.
    """
    items = cpi[cpi["series"] == "all_items"]
    known = pd.Series(items["index"].to_numpy(), pd.PeriodIndex(items["month"], freq="M"))
    if known.empty:
        raise InputError("cpi", "has no month of all_items by that day")
    months = pd.PeriodIndex(series[day], freq="M")
    base = known.index.max()
    wanted = pd.period_range(min([base, *months]), max([base, *months]), freq="M")
    index = known.sort_index().reindex(wanted, method="ffill")
    levels = dict(zip(wanted.to_timestamp(), index, strict=True))
    prices = deflate(series["price"], series[day], levels, base=base.to_timestamp())
    return series.assign(price=prices)
