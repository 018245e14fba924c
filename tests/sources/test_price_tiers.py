"""Tiers of a listing, and the days on which a list gained or dropped them."""

from __future__ import annotations

import pytest

from analysis.sources.price_tiers import events, tiers

PLAIN = {"input_cost_per_token": 1e-6, "output_cost_per_token": 4e-6}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, set()),
        ({"input_cost_per_token_above_200k_tokens": 2e-6}, {"context"}),
        ({"output_cost_per_character_above_128k_tokens": 2e-6}, {"context"}),
        ({"input_cost_per_token_batches": 5e-7}, {"batch"}),
        ({"input_cost_per_token_batch_requests": 5e-7}, {"batch"}),
        ({"output_cost_per_token_flex": 2e-6, "input_cost_per_token_priority": 2e-6},
         {"flex", "priority"}),
        ({"input_cost_per_token_priority": 1e-6}, set()),  # the plain price once more
        ({"input_cost_per_token_above_128k_tokens": 0}, set()),
        ({"input_cost_per_token_flex": True}, set()),
        ({"cache_creation_input_token_cost_above_1hr": 2e-6}, set()),
        ({"input_cost_per_video_per_second_above_15s_interval": 2e-6}, set()),
        ({"output_cost_per_token_ultrafast": 9e-6}, set()),
        ({"tiered_pricing": [{"input_cost_per_token": 1e-6}, {"input_cost_per_token": 2e-6}]},
         {"context"}),
        ({"tiered_pricing": [{"input_cost_per_token": 1e-6}]}, set()),
    ],
)  # fmt: skip
def test_a_tier_is_a_separate_price(fields: dict[str, object], found: set[str]) -> None:
    assert tiers(PLAIN | fields) == found


def test_events_follow_the_copies() -> None:
    batch, both = {"input_cost_per_token_batches": 5e-7}, {"output_cost_per_token_flex": 2e-6}
    copies = [
        ("2025-01-31", "a 1", {"x": PLAIN, "y": PLAIN | batch}),
        ("2025-02-28", "a 2", {"x": PLAIN | batch, "y": PLAIN | batch | both}),
        ("2025-03-31", "a 3", {"x": PLAIN | batch}),
    ]
    rows = [(row["refers_to"], row["listing"], row["event"]) for row in events(copies)]
    assert rows == [
        ("2025-01-31", "y", "listed"),
        ("2025-02-28", "x", "listed"),
        ("2025-02-28", "y", "changed"),
        ("2025-03-31", "y", "gone"),
    ]


def test_later_copies_do_not_reach_back() -> None:
    batch = {"input_cost_per_token_batches": 5e-7}
    copies = [("2025-01-31", "a 1", {"x": PLAIN | batch}), ("2025-02-28", "a 2", {"x": PLAIN})]
    assert events(copies)[:1] == events(copies[:1])
