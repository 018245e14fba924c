"""The same item on one day and the next: which two list prices may be compared.

A listing may be compared with itself only while it sells the same thing. It gets a new *item*
when the crosswalk says that its name came to stand for another model, and at every change that
``listings.screen_changes`` takes for no price move. A price that is taken back restores the item.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection

import pandas as pd

from analysis.economics import listings
from analysis.economics.columns import INPUT, LISTING, OUTPUT
from analysis.economics.list_prices.lists import RULED, ListPrices, model_on
from analysis.economics.listings.changes import ROUTERS
from analysis.errors import InputError


def live(
    prices: ListPrices, days: pd.DatetimeIndex, *, reasons: Collection[str] = RULED
) -> pd.DataFrame:
    """Offers live on each day, with what they sell (``sold``) and the ``item`` they belong to.

    Where a list copies a router, its price is that of an endpoint and not of a host: such rows
    go with the reason ``endpoint``.
    """
    offers = prices.offers
    if "endpoint" in reasons:
        copied = offers["host"].isin(ROUTERS) & (offers["host"] != offers["list"])
        offers = offers[~copied]
    parts = [
        offers[(offers["date"] <= day) & ~(offers["until"] <= day)].assign(date=day, step=step)
        for step, day in enumerate(days)
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows["model"] = model_on(rows, prices.pointers)
    rows["sold"] = rows["model"].where(rows["model"] != "", rows["name"])
    name = rows["list"] + "|" + rows["listing"] + "|" + rows["sold"]
    rows["item"] = name + "#" + _segment(rows, prices.moves, reasons)
    return rows


def links(
    prices: ListPrices,
    days: pd.DatetimeIndex,
    *,
    reasons: Collection[str] = RULED,
    one_a_host: bool = True,
    least: int = 1,
) -> pd.DataFrame:
    """The same item on each day and the next: its prices before and after.

    Args:
        prices: one source.
        days: two days or more.
        reasons: which reasons of ``screen_changes`` break a listing in two items.
        one_a_host: keep one row a model and host, that of the list with the newest copy and of
            the plainest listing; else every listing counts.
        least: items that each day must share with the day before.

    Returns:
        step and date of the later day, list, listing, host, sold, model, and the two prices before
        and after.

    Raises:
        InputError: when some day shares fewer items with the day before.
    """
    rows = live(prices, days, reasons=reasons)
    rows = rows[["step", "date", "list", "listing", "host", "sold", "model", "item", INPUT, OUTPUT]]
    before = rows[["step", "item", INPUT, OUTPUT]].assign(step=rows["step"] + 1)
    before.columns = pd.Index(["step", "item", "input_before", "output_before"])
    pairs = rows.merge(before, on=["step", "item"])
    require_links(pairs, days, least)
    return one_row_a_host(pairs, prices.copies) if one_a_host else pairs


def require_links(pairs: pd.DataFrame, days: pd.DatetimeIndex, least: int = 1) -> None:
    """InputError for the first day that shares fewer than ``least`` items with the day before."""
    counts = pairs["date"].value_counts()
    for early, late in itertools.pairwise(days):
        if (found := int(counts.get(late, 0))) < least:
            span = f"{early:%Y-%m-%d} and {late:%Y-%m-%d}"
            raise InputError("days", f"{found} listings are live on both {span}, of {least} needed")


def ratio(pairs: pd.DataFrame, output_share: float = 0.25) -> pd.Series[float]:
    """New over old blended price of ``links`` or of ``moves``."""
    before = pairs[["input_before", "output_before"]].set_axis([INPUT, OUTPUT], axis=1)
    now = listings.blended(pairs, output_share=output_share)
    return now / listings.blended(before, output_share=output_share)


def _segment(rows: pd.DataFrame, moves: pd.DataFrame, reasons: Collection[str]) -> pd.Series[str]:
    breaks = moves[moves["reason"].isin(set(reasons))].sort_values("date", kind="stable")
    back = breaks["reason"] == "reversed"
    groups = [breaks[column] for column in LISTING]
    marks = breaks[[*LISTING, "date"]].assign(
        broken=(~back).groupby(groups).cumsum().astype(int),
        away=back.groupby(groups).cumsum().astype(int) % 2,
    )
    asked = rows[[*LISTING, "date"]].assign(place=range(len(rows))).sort_values("date")
    found = pd.merge_asof(asked, marks, on="date", by=LISTING).sort_values("place")
    cells = found[["broken", "away"]].fillna(0).astype(int).astype(str)
    return (cells["broken"] + "." + cells["away"]).set_axis(rows.index)


def one_row_a_host(pairs: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    """One of the ``links`` for each step, model and host: newest copy, then plainest name."""
    seen = pd.merge_asof(
        pairs[["list", "date"]].assign(place=range(len(pairs))).sort_values("date"),
        copies.assign(copied=copies["date"]).sort_values("date"),
        on="date",
        by="list",
    ).sort_values("place")
    ranked = pairs.assign(copied=seen["copied"].to_numpy(), length=pairs["listing"].str.len())
    order = ["step", "host", "sold", "copied", "length", "listing"]
    ranked = ranked.sort_values(order, ascending=[True, True, True, False, True, True])
    return ranked.drop_duplicates(["step", "host", "sold"]).drop(columns=["copied", "length"])
