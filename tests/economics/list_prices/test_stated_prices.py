"""Stated output prices against listed ones."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.list_prices import stated_prices
from analysis.errors import InputError
from tests.economics.price_frames import history, market

TABLE = pd.DataFrame(
    [{"row": "GPT-3.5 Scale (Chat)", "column": "inference_cost", "value_low": 0.6}]
)


def test_the_vendors_own_listing_counts_and_matches_are_named() -> None:
    prices = market(
        history("gpt-3.5-turbo", ("2023-08-31", 0.5), ("2025-09-30", 0.375)),
        history("azure/gpt-3.5-turbo", ("2023-08-31", 0.15), host="azure"),
        history("gpt-4o-mini", ("2024-08-31", 0.15)),
    )
    found = stated_prices.factor_apart(prices, 0.6)
    assert found.estimate == pytest.approx(2.5)
    assert found.interval is None
    assert "that of gpt-4o-mini" in found.reason
    assert found.detail is not None
    assert found.detail["listings_at_the_stated_price"] == ["gpt-4o-mini"]


def test_a_stated_price_above_the_listed_one_is_as_far_apart() -> None:
    prices = market(history("gpt-3.5-turbo", ("2023-08-31", 0.075)))
    found = stated_prices.factor_apart(prices, 0.6)
    assert found.estimate == pytest.approx(2.0)
    assert "no model of the same vendor" in found.reason


def test_a_listing_that_ended_gives_its_last_price() -> None:
    prices = market(history("gpt-4", ("2023-08-31", 15.0), ("2025-08-31", None)))
    found = stated_prices.output_price(prices)
    assert found.estimate == 60
    assert "in every copy since August 2023" in found.reason


def test_a_price_after_the_article_does_not_count() -> None:
    prices = market(history("gpt-4", ("2026-06-30", 15.0)))
    with pytest.raises(InputError, match="no listing 'gpt-4' by 2026-04-30"):
        stated_prices.output_price(prices)


def test_the_article_states_it_or_is_not_out_yet() -> None:
    assert stated_prices.stated_output_price(TABLE, "GPT-3.5 Scale (Chat)") == 0.6
    with pytest.raises(InputError, match="before the article"):
        stated_prices.stated_output_price(TABLE.iloc[:0], "GPT-3.5 Scale (Chat)")
