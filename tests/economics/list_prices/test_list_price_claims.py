"""Answers by source on the tables of the repository."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest

from analysis import tables
from analysis.claims import ledger
from analysis.economics.list_prices import (
    able_models,
    leading_launches,
    matched_curve,
    steep_changes,
)
from analysis.economics.list_prices import answers as list_price_claims
from analysis.economics.list_prices import lists as list_prices
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.prices import panels as price_panels
from analysis.economics.prices.panels import Panel

ARTICLE_DAY = "2026-04-30"
TABLES = ("api_prices", "router_prices", "model_quality", "model_crosswalk")


@dataclass(frozen=True)
class Known:
    """What was known on a day."""

    panels: dict[str, Panel]
    prices: dict[str, ListPrices]
    quality: pd.DataFrame
    as_of: str


@cache
def known(as_of: str) -> Known:
    api, router, quality, walk = (tables.load(name, as_of) for name in TABLES)
    panels = price_panels.panels(api, router, quality, walk)
    events = {"price_lists": api, "router": router}
    return Known(panels, list_prices.list_prices(panels, events, walk), quality, as_of)


def test_each_answer_has_the_sources_that_its_claim_declares() -> None:
    now = known(ARTICLE_DAY)
    article = tables.load("article_tables", ARTICLE_DAY)
    api, tiers = tables.load("api_prices", ARTICLE_DAY), tables.load("price_tiers", ARTICLE_DAY)
    ability = price_panels.ability_of(now.quality, "gpt-4-0314")
    found = {
        ("c11", "share_raised"): list_price_claims.steep_raises(now.prices, {}),
        ("c84", "matched"): list_price_claims.unchanged_products(now.prices, {}),
        ("c64", "share_change"): list_price_claims.more_tiers(api, tiers, {}),
        ("c87", "share_cheap"): list_price_claims.cheap_models(now.panels, ability, {}),
        ("c99", "launch_price"): list_price_claims.launch_prices(now.panels, now.quality, {}),
        ("c26", "gpt35_turbo"): list_price_claims.gpt35_apart(now.prices, article),
        ("c29", "gpt4"): list_price_claims.gpt4_price(now.prices),
    }
    for (claim, estimand), answers in found.items():
        assert set(answers) == set(ledger.find(claim).estimand(estimand).sources)
        assert all(answer.estimate is not None for answer in answers.values()), claim


def test_known_list_prices_of_openai() -> None:
    """OpenAI's price page: GPT-4 30/60; GPT-3.5 Turbo 0.50/1.50 since January 2024."""
    now = known(ARTICLE_DAY)
    article = tables.load("article_tables", ARTICLE_DAY)
    for answer in list_price_claims.gpt4_price(now.prices).values():
        assert answer.estimate == 60
    for answer in list_price_claims.gpt35_apart(now.prices, article).values():
        assert answer.estimate == pytest.approx(1.5 / 0.6)
        assert "gpt-4o-mini" in answer.reason


def test_known_steep_changes_are_found() -> None:
    """o3 was cut by 80 % on 10 June 2025; Claude 3.5 Sonnet doubled on the router."""
    now = known(ARTICLE_DAY)
    lists = steep_changes.steep_changes(now.prices["price_lists"]).set_index("listing")["ratio"]
    assert lists["o3"] == pytest.approx(0.2)
    router = steep_changes.steep_changes(now.prices["router"]).set_index("listing")["ratio"]
    assert router["anthropic/claude-3.5-sonnet"] == pytest.approx(2)
    assert not any(name.endswith(":free") for name in router.index)


@pytest.mark.parametrize("as_of", ["2024-01-31", "2024-09-30", "2025-06-30"])
def test_early_days_give_answers_with_or_without_an_estimate(as_of: str) -> None:
    then = known(as_of)
    api, tiers = tables.load("api_prices", as_of), tables.load("price_tiers", as_of)
    steep = list_price_claims.curves(steep_changes.share_curve, then.prices)
    matched = list_price_claims.curves(matched_curve.growth_curve, then.prices)
    found = [
        list_price_claims.steep_raises(then.prices, steep),
        list_price_claims.unchanged_products(then.prices, matched),
        list_price_claims.more_tiers(api, tiers, {}),
        list_price_claims.launch_prices(then.panels, then.quality, {}),
        list_price_claims.cheap_models(then.panels, None, {}),
    ]
    for answer in (answer for answers in found for answer in answers.values()):
        assert answer.reason
        assert answer.estimate is None or answer.n >= 1
    assert found[2]["price_lists"].estimate is None


def test_curves_have_fifty_specifications_over_four_axes() -> None:
    now = known(ARTICLE_DAY)
    ability = price_panels.ability_of(now.quality, "gpt-4-0314")
    for found in (
        list_price_claims.curves(steep_changes.share_curve, now.prices),
        list_price_claims.curves(matched_curve.growth_curve, now.prices),
        list_price_claims.curves(able_models.cheap_curve, now.panels, ability),
        list_price_claims.curves(leading_launches.launch_price_curve, now.panels, now.quality),
    ):
        assert set(found) == {"price_lists", "router"}
        for curve in found.values():
            assert curve.n >= 50
            assert len(curve.axes) >= 4


def test_what_became_known_later_does_not_matter() -> None:
    """A later day gives the same rows up to the article but for moves that were taken back."""
    then, later = known(ARTICLE_DAY).prices, known("2026-11-23").prices
    for source in then:
        early = then[source].moves.set_index(["list", "listing", "date"])["reason"]
        late = later[source].moves.set_index(["list", "listing", "date"])["reason"]
        same = late.reindex(early.index)
        assert set(same[same != early]) <= {"reversed"}
