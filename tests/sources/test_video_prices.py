"""Prices of video models as they were listed, changed and dropped."""

from __future__ import annotations

from analysis import tables
from analysis.sources.video_prices import events, prices

SORA = {"mode": "video_generation", "litellm_provider": "openai", "output_cost_per_second": 0.1}


def test_prices_are_per_second_and_resolution() -> None:
    entry = SORA | {"output_cost_per_second_1080p": 0.3, "output_cost_per_image": 9}
    assert prices(entry) == {"base": 0.1, "1080p": 0.3}
    assert prices({"output_cost_per_second": 0}) == {}


def test_events_follow_the_copies() -> None:
    copies = [
        ("2025-10-31", "a 1", {"sora-2": SORA, "gpt-5": {"mode": "chat"}}),
        ("2025-11-30", "a 2", {"sora-2": SORA | {"output_cost_per_second": 0.2}}),
        ("2025-12-31", "a 3", {}),
    ]
    found = [(row["refers_to"], row["event"]) for row in events(copies)]
    assert found == [("2025-10-31", "listed"), ("2025-11-30", "changed"), ("2025-12-31", "gone")]
    assert events(copies[:1]) == events(copies)[:1]


def test_sora_costs_six_dollars_a_minute() -> None:
    table = tables.load("video_prices")
    rows = table[(table["listing"] == "openai/sora-2") & (table["resolution"] == "base")]
    assert rows["usd_per_minute"].dropna().unique().tolist() == [6.0]
