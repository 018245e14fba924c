"""Prices of cached input, and the days on which a list gained, changed or dropped them."""

from __future__ import annotations

import pytest

from analysis.sources.cached_prices import events, prices

PLAIN = {"input_cost_per_token": 3e-6, "output_cost_per_token": 1.5e-5, "mode": "chat"}
CACHED = PLAIN | {"cache_read_input_token_cost": 3e-7}


def test_prices_are_per_million_tokens() -> None:
    found = prices(CACHED)
    assert found["cached_input_usd_per_million_tokens"] == pytest.approx(0.3)
    assert found["input_usd_per_million_tokens"] == pytest.approx(3.0)
    assert found["cache_write_usd_per_million_tokens"] is None


@pytest.mark.parametrize(
    "entry",
    [PLAIN, CACHED | {"cache_read_input_token_cost": 0}, {"cache_read_input_token_cost": 1}],
)
def test_both_prices_of_input_are_needed(entry: dict[str, object]) -> None:
    assert prices(entry) == {}


def test_events_follow_the_copies() -> None:
    dearer = CACHED | {"input_cost_per_token": 4e-6}
    copies = [
        ("2025-01-31", "a 1", {"openai/x": CACHED, "y": PLAIN}),
        ("2025-02-28", "a 2", {"openai/x": dearer, "y": CACHED}),
        ("2025-03-31", "a 3", {"y": CACHED}),
    ]
    rows = [(r["refers_to"], r["listing"], r["event"], r["host"]) for r in events(copies)]
    assert rows == [
        ("2025-01-31", "openai/x", "listed", "openai"),
        ("2025-02-28", "openai/x", "changed", "openai"),
        ("2025-02-28", "y", "listed", "unnamed"),
        ("2025-03-31", "openai/x", "gone", "openai"),
    ]
    assert events(copies)[:1] == events(copies[:1])
