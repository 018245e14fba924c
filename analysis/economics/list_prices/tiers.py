"""Text listings of model vendors' own APIs, and which of them have a price tier."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.economics import listings
from analysis.economics.columns import INPUT, OUTPUT
from analysis.economics.list_prices.lists import ARTICLE, bare
from analysis.economics.list_prices.vendors import vendors_of
from analysis.economics.listings.spells import has_flag
from analysis.errors import InputError

START = pd.Timestamp("2025-01-31")
LIST = "litellm"  # the only list with fields for tiers
CLASSES = ("batch", "flex", "priority")
TIERS = {
    "any": ("context", *CLASSES),
    "context length": ("context",),
    "class of service": CLASSES,
    "any but batch": ("context", "flex", "priority"),
}
# A listing priced only by context length has no single price; the rest speaks against a listing.
_FLAWS = listings.FLAWS - {"no_token_price", "one_sided"}


@dataclass(frozen=True, repr=False, eq=False)
class Offers:
    """Text listings of vendors' own APIs on two days.

    Columns of ``frame``: vendor, listing, late (the day), and the tiers as booleans.
    """

    frame: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp


def own_offers(
    api_prices: pd.DataFrame,
    price_tiers: pd.DataFrame,
    *,
    start: pd.Timestamp = START,
    end: pd.Timestamp = ARTICLE,
    clouds: bool = True,
    flagged: bool = False,
) -> Offers:
    """Text listings that a model's own vendor sells, on both days, with their tiers.

    Args:
        api_prices, price_tiers: the tables as loaded.
        start, end: the days that are compared.
        clouds: count the model stores of the clouds for the clouds' own models.
        flagged: keep aliases, variants and other flagged text listings.

    Raises:
        InputError: when a day is later than the tables, or has no such listing.
    """
    known = pd.Timestamp(price_tiers.attrs.get("observed_through", price_tiers["refers_to"].max()))
    if not known >= end:
        raise InputError("as_of", f"the lists of {end:%Y-%m-%d} are not known by that day")
    prices = bare(api_prices)
    spells = listings.intervals(prices[prices["list"] == LIST])
    drop = {"non_text", "free_or_local"} if flagged else _FLAWS
    spells = spells[~has_flag(spells["flag"], drop)]
    spells["vendor"] = vendors_of(
        zip(spells["host"], spells["listing"], strict=True), clouds=clouds
    )
    spells = spells[spells["vendor"] != ""]
    days = [_on(spells, bare(price_tiers), day).assign(late=day == end) for day in (start, end)]
    for day, rows in zip((start, end), days, strict=True):
        if rows.empty:
            raise InputError("api_prices", f"has no listing of a vendor's own on {day:%Y-%m-%d}")
    return Offers(pd.concat(days, ignore_index=True), start, end)


def tier_shares(offers: Offers) -> pd.DataFrame:
    """Share of listings with each kind of tier on both days: tier, day, listings, share."""
    rows = [
        {
            "tier": name,
            "day": offers.end if late else offers.start,
            "listings": len(day),
            "share": float(day[list(tiers)].any(axis=1).mean()),
        }
        for name, tiers in {**TIERS, "batch": ("batch",)}.items()
        for late, day in offers.frame.groupby("late")
    ]
    return pd.DataFrame(rows)


def _on(spells: pd.DataFrame, events: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    live = spells[(spells["date"] <= day) & ~(spells["until"] <= day)]
    past = events[events["refers_to"] <= day].sort_values("refers_to")
    state = past.drop_duplicates("listing", keep="last")[["listing", *TIERS["any"]]]
    rows = live.merge(state, on="listing", how="left")
    rows[list(TIERS["any"])] = rows[list(TIERS["any"])].eq(True)
    priced = rows[[INPUT, OUTPUT]].notna().all(axis=1) | rows[list(TIERS["any"])].any(axis=1)
    return rows.loc[priced, ["vendor", "host", "listing", *TIERS["any"]]]
