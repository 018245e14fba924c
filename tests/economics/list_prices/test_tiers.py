"""Listings with a price tier among vendors' own, on two days."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.list_prices import vendors
from analysis.economics.list_prices.tier_change import tier_change, tier_curve
from analysis.economics.list_prices.tiers import TIERS, own_offers, tier_shares
from analysis.errors import InputError
from tests.economics.price_frames import events, history

EARLY, LATE = "2025-01-31", "2026-04-30"


def offers(*listings: tuple[str, str, str]) -> pd.DataFrame:
    """Listings: (name, host, first day); all stay."""
    return events(*(history(name, (day, 1.0), host=host) for name, host, day in listings))


def tiered(*rows: tuple[str, str, str], through: str = LATE) -> pd.DataFrame:
    """Tier events: (listing, day, tiers with spaces between)."""
    frame = pd.DataFrame(
        [
            {
                "list": "litellm",
                "listing": listing,
                "event": "listed" if found else "gone",
                **{tier: tier in found.split() for tier in TIERS["any"]},
                "refers_to": pd.Timestamp(day),
            }
            for listing, day, found in rows
        ]
    )
    frame.attrs["observed_through"] = through
    return frame


LISTINGS = [
    ("gpt-a", "openai", "2024-12-31"),
    ("gpt-b", "openai", "2025-06-30"),
    ("claude-a", "anthropic", "2024-12-31"),
    ("bedrock/claude-a", "bedrock", "2024-12-31"),
    ("amazon.nova-a", "bedrock", "2024-12-31"),
    ("command-a", "cohere", "2025-06-30"),
]


def test_share_of_vendors_own_listings_with_a_tier() -> None:
    events = tiered(
        ("gpt-a", "2024-12-31", "batch"),
        ("gpt-b", "2025-06-30", "batch flex"),
        ("claude-a", "2025-12-31", "context"),
        ("bedrock/claude-a", "2024-12-31", "context"),  # not sold by its own vendor
    )
    found = tier_change(own_offers(offers(*LISTINGS), events))
    assert found.detail is not None
    assert found.detail["share_start"] == pytest.approx(1 / 3)  # gpt-a of gpt-a, claude-a, nova-a
    assert found.detail["share_end"] == pytest.approx(3 / 5)
    assert found.estimate == pytest.approx(3 / 5 - 1 / 3)
    assert found.n == 8
    assert found.detail["old_listings_that_gained_a_tier"] == 1
    low, high = found.interval or (0, 0)
    assert low < found.estimate < high


def test_a_dropped_tier_no_longer_counts_and_a_later_one_not_yet() -> None:
    events = tiered(
        ("gpt-a", "2024-12-31", "priority"),
        ("gpt-a", "2025-12-31", ""),
        ("claude-a", "2026-05-31", "context"),
    )
    found = own_offers(offers(*LISTINGS), events).frame
    state = found[found["listing"] == "gpt-a"].set_index("late")["priority"]
    assert state.to_dict() == {False: True, True: False}
    assert not found.loc[found["listing"] == "claude-a", "context"].any()


def test_a_listing_priced_only_by_context_length_counts() -> None:
    frame = offers(*LISTINGS)
    ranges = history(
        "dashscope/qwen-a", ("2025-06-30", 1.0), host="dashscope", flag="no_token_price"
    )
    ranges[0].update(input_usd_per_million_tokens=None, output_usd_per_million_tokens=None)
    extra = pd.DataFrame(ranges).astype({"input_usd_per_million_tokens": float,
                                         "output_usd_per_million_tokens": float})  # fmt: skip
    both = pd.concat([frame, extra], ignore_index=True)
    listed = own_offers(both, tiered(("dashscope/qwen-a", "2025-06-30", "context"))).frame
    assert listed.loc[listed["listing"] == "dashscope/qwen-a", "context"].tolist() == [True]
    untiered = own_offers(both, tiered(("gpt-a", "2025-06-30", "context"))).frame
    assert "dashscope/qwen-a" not in set(untiered["listing"])


def test_shares_are_given_for_each_kind_of_tier() -> None:
    events = tiered(("gpt-a", "2024-12-31", "batch"), ("gpt-b", "2025-06-30", "context"))
    shares = tier_shares(own_offers(offers(*LISTINGS), events)).set_index(["tier", "day"])["share"]
    assert shares["batch", pd.Timestamp(LATE)] == pytest.approx(1 / 5)
    assert shares["any but batch", pd.Timestamp(EARLY)] == 0
    assert shares["any", pd.Timestamp(LATE)] == pytest.approx(2 / 5)


def test_a_day_that_is_not_known_yet_is_an_error() -> None:
    events = tiered(("gpt-a", "2024-12-31", "batch"), through="2026-04-29")
    with pytest.raises(InputError, match="2026-04-30 are not known"):
        own_offers(offers(*LISTINGS), events)


def test_the_curve_agrees_with_the_headline_at_its_choices() -> None:
    events = tiered(("gpt-a", "2024-12-31", "batch"), ("gpt-b", "2025-06-30", "batch"))
    prices = offers(*LISTINGS)
    curve = tier_curve(prices, events).specifications
    chosen = {"tiers": "any", "start": EARLY, "clouds": True, "flagged": False,
              "listings": "all", "weights": "pooled"}  # fmt: skip
    row = curve[(curve[list(chosen)] == pd.Series(chosen)).all(axis=1)]
    assert row["estimate"].item() == tier_change(own_offers(prices, events)).estimate


def test_vendors_are_told_by_host_and_name() -> None:
    cells = [
        ("openai", "gpt-4"), ("azure", "azure/gpt-4"), ("bedrock", "amazon.nova-pro-v1:0"),
        ("bedrock", "anthropic.claude-3-opus-20240229-v1:0"), ("vertex_ai", "gemini-1.5-pro"),
        ("vertex_ai", "vertex_ai/claude-3-opus@20240229"), ("perplexity", "perplexity/sonar"),
        ("perplexity", "perplexity/llama-2-70b-chat"),
    ]  # fmt: skip
    assert vendors.vendors_of(cells) == ["OpenAI", "", "Amazon", "", "Google", "", "Perplexity", ""]
    assert vendors.vendors_of(cells[2:5], clouds=False) == ["", "", ""]
    hosts = [host for vendor in vendors.VENDORS for host in (*vendor.hosts, *vendor.clouds)]
    assert len(hosts) == len(set(hosts))
