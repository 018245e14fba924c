"""Output prices that the article states, against the list price of the model named (c26, c29)."""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.columns import INPUT, OUTPUT
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.list_prices.vendors import vendors_of
from analysis.economics.prices.panels import ROUTER
from analysis.errors import InputError

NAMES = {"gpt-3.5-turbo": "GPT-3.5 Turbo", "gpt-4": "GPT-4"}
VENDOR, PREFIX = "openai", "openai/"
NEAR = 0.01  # a listed price matches a stated one within this share of it


def stated_output_price(article_tables: pd.DataFrame, row: str) -> float:
    """What a row of the article's table 1 states, USD per million output tokens.

    Raises:
        InputError: when the article was not out by that day.
    """
    cells = (article_tables["row"] == row) & (article_tables["column"] == "inference_cost")
    if not cells.any():
        raise InputError("as_of", "lies before the article")
    return float(article_tables.loc[cells, "value_low"].iloc[0])


def own_offers(prices: ListPrices, name: str) -> pd.DataFrame:
    """Offers of a model at OpenAI itself, first listed by the day of the article.

    Raises:
        InputError: when there is none.
    """
    listing = f"{PREFIX}{name}" if prices.source == ROUTER else name
    offers = prices.offers[prices.offers["listing"] == listing]
    if prices.source != ROUTER:
        offers = offers[offers["host"] == VENDOR]
    past = offers[offers["date"] <= prices.end]
    if past.empty:
        raise InputError("prices", f"has no listing {listing!r} by {prices.end:%Y-%m-%d}")
    return past


def last_offer(prices: ListPrices, name: str) -> pd.Series:
    """The one of ``own_offers`` that is live on the day of the article, or else the last."""
    past = own_offers(prices, name)
    live = ~(past["until"] <= prices.end)
    return past.assign(live=live).sort_values(["live", "date"]).iloc[-1]


def same_output_price(prices: ListPrices, value: float) -> list[str]:
    """Listings of vendors' own models whose output price is ``value`` on the same day."""
    offers, day = prices.offers, prices.end
    live = offers[(offers["date"] <= day) & ~(offers["until"] <= day)]
    if prices.source != ROUTER:
        cells = zip(live["host"], live["listing"], strict=True)
        live = live[[vendor != "" for vendor in vendors_of(cells)]]
    near = (live[OUTPUT] / value - 1).abs() <= NEAR
    return sorted(live.loc[near, "listing"].unique())


def factor_apart(prices: ListPrices, stated: float, name: str = "gpt-3.5-turbo") -> Answer:
    """Stated over listed output price, larger over smaller (c26)."""
    offer = last_offer(prices, name)
    listed = float(offer[OUTPUT])
    matches = same_output_price(prices, stated)
    own = [listing for listing in matches if listing.removeprefix(PREFIX).startswith("gpt-")]
    named = f"that of {min(own, key=len)}" if own else "that of no model of the same vendor"
    return Answer(
        estimate=max(stated / listed, listed / stated),
        interval=None,
        n=1,
        method="larger over smaller of the stated and the listed output price",
        reason=(
            f"{NAMES[name]} was listed at {listed:.2f} USD per million output tokens; the stated"
            f" price of {stated:.2f} is {named}"
        ),
        detail={
            "listed_output_usd_per_million_tokens": listed,
            "stated_usd_per_million_tokens": stated,
            "listings_at_the_stated_price": matches,
        },
    )


def output_price(prices: ListPrices, name: str = "gpt-4") -> Answer:
    """Listed output price, USD per million tokens (c29)."""
    offer = last_offer(prices, name)
    past = own_offers(prices, name)
    first, same = past["date"].min(), past[[INPUT, OUTPUT]].drop_duplicates().shape[0] == 1
    history = f"in every copy since {first:%B %Y}" if same else "most recently"
    return Answer(
        estimate=float(offer[OUTPUT]),
        interval=None,
        n=1,
        method="list price at the model's own vendor",
        reason=(
            f"The original {NAMES[name]} was listed at {offer[INPUT]:g} USD in and"
            f" {offer[OUTPUT]:g} USD out {history}; this is a price and not a cost"
        ),
        detail={"input_usd_per_million_tokens": float(offer[INPUT])},
    )
