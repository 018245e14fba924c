"""Answers on list prices by source, as the ledger records them.

Each function takes one input a source and the specification curve of each source, where there is
one, and returns an answer a source; where the data known by then allow none, an answer that says
why. Curves are made once, by ``curves``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.claims.agreement import agreeing, threshold
from analysis.claims.answer import Answer, attempt
from analysis.economics.list_prices import (
    able_models,
    leading_launches,
    matched_index,
    stated_prices,
    steep_changes,
    tier_change,
    tiers,
)
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.prices.panels import LISTS, Panel
from analysis.errors import InputError
from analysis.methods.multiverse import Multiverse

Curves = Mapping[str, Multiverse]
Answers = dict[str, Answer]
CHAT_ROW = "GPT-3.5 Scale (Chat)"


def curves(
    function: Callable[..., Multiverse], inputs: Mapping[str, Any], *args: Any
) -> dict[str, Multiverse]:
    """Specification curve of each source; sources whose data allow none are left out."""
    found = {}
    for source, one in inputs.items():
        try:
            found[source] = function(one, *args)
        except InputError:
            continue
    return found


def steep_raises(prices: Mapping[str, ListPrices], curves: Curves, **options: Any) -> Answers:
    """Share of raises among steep changes of the last twelve months (c11)."""
    found = {s: attempt(steep_changes.share_raised, p, **options) for s, p in prices.items()}
    return _agreeing(found, curves, "c11", "share_raised")


def unchanged_products(prices: Mapping[str, ListPrices], curves: Curves, **options: Any) -> Answers:
    """Growth per year of the list price of unchanged products (c84)."""
    found = {s: attempt(matched_index.matched_growth, p, **options) for s, p in prices.items()}
    return _agreeing(found, curves, "c84", "matched")


def more_tiers(
    api_prices: pd.DataFrame, price_tiers: pd.DataFrame, curves: Curves, **options: Any
) -> Answers:
    """Change of the share of vendors' own listings with a price tier (c64)."""

    def change() -> Answer:
        return tier_change.tier_change(tiers.own_offers(api_prices, price_tiers), **options)

    return _agreeing({LISTS: attempt(change)}, curves, "c64", "share_change")


def cheap_models(
    panels: Mapping[str, Panel], ability: float | None, curves: Curves, **options: Any
) -> Answers:
    """Share of able models under a tenth of GPT-4's launch price (c87)."""

    def share(panel: Panel) -> Answer:
        if ability is None:
            raise InputError("ability", "the reference model has no score by that day")
        return able_models.share_cheap(panel, ability, **options)

    found = {source: attempt(share, panel) for source, panel in panels.items()}
    return _agreeing(found, curves, "c87", "share_cheap")


def launch_prices(
    panels: Mapping[str, Panel], quality: pd.DataFrame, curves: Curves, **options: Any
) -> Answers:
    """Growth per year of the launch price of leading models (c99)."""
    found = {
        source: attempt(leading_launches.launch_price_growth, panel, quality, **options)
        for source, panel in panels.items()
    }
    return _agreeing(found, curves, "c99", "launch_price")


def gpt35_apart(prices: Mapping[str, ListPrices], article_tables: pd.DataFrame) -> Answers:
    """Stated over listed output price of GPT-3.5 Turbo, larger over smaller (c26)."""

    def apart(one: ListPrices) -> Answer:
        stated = stated_prices.stated_output_price(article_tables, CHAT_ROW)
        return stated_prices.factor_apart(one, stated)

    return {source: attempt(apart, one) for source, one in prices.items()}


def gpt4_price(prices: Mapping[str, ListPrices]) -> Answers:
    """Listed output price of the original GPT-4, USD per million tokens (c29)."""
    return {source: attempt(stated_prices.output_price, one) for source, one in prices.items()}


def _agreeing(found: Answers, curves: Curves, claim: str, estimand: str) -> Answers:
    at = threshold(claim, estimand)
    return {source: agreeing(curves.get(source), a, at) for source, a in found.items()}
