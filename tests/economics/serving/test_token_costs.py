"""Prices in force, costs of budgets, shares of input and ratios of the cache by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from account_frames import cached_prices, usage
from budget_frames import token_budgets

from analysis.economics.serving import budgets, caches, sessions
from analysis.economics.serving import token_prices as listed
from analysis.errors import InputError


def _prices() -> pd.DataFrame:
    return listed.price_set(cached_prices(), usage(), listed.BEST)


def _budgets() -> pd.DataFrame:
    notes = {"bench": "hidden reasoning not in the output"}
    frame = token_budgets()
    return frame.assign(note=frame["budget"].map(notes), tool="", model="", hours_kind="")


def test_a_price_is_in_force_until_it_changes_or_goes() -> None:
    before = listed.in_force(cached_prices(), "2026-01-15").set_index("listing")
    after = listed.in_force(cached_prices(), "2026-07-01").set_index("listing")
    assert before.loc["gpt-5.4", listed.CACHED] == 0.2
    assert after.loc["gpt-5.4", listed.CACHED] == 1.0
    assert "f/x" in before.index and "f/x" not in after.index


def test_a_set_weighs_alike_or_by_tokens() -> None:
    assert list(_prices()["weight"]) == [0.5, 0.5]
    routed = listed.price_set(cached_prices(), usage(), listed.ROUTER)
    assert list(routed["listing"]) == ["claude-opus-4-6"] and list(routed["weight"]) == [1.0]
    with pytest.raises(InputError):
        listed.price_set(cached_prices(), usage(), listed.BEST, day="2025-01-01")


def test_writes_cost_what_the_host_asks() -> None:
    written = listed.price_set(cached_prices(), usage(), listed.BEST, writes=True)
    assert list(written["fresh_input"]) == [6.25, 2.0]


def test_the_cost_of_a_session_by_hand() -> None:
    """100,000 fresh at $5, 900,000 cached at $0.50, 10,000 written at $25: 0.5 + 0.45 + 0.25."""
    known = budgets.traces(_budgets()).set_index("trace")
    table = listed.cost(known, _prices())
    assert table.loc["tracelab_total", "claude-opus-4-6"] == pytest.approx(1.20)


def test_draws_lie_among_the_costs_of_traces_and_models() -> None:
    found = np.unique(np.round(sessions.hour(_budgets(), _prices(), n=500), 6))
    known = budgets.traces(_budgets())
    hourly = listed.cost(known, _prices()).div(known[budgets.CLOCK], axis=0)
    assert set(found) == set(np.round(hourly.to_numpy().ravel(), 6))


def test_an_agent_session_over_a_chat_by_hand() -> None:
    """Opus: 1.20 over (500 · 5 + 400 · 25) / 1e6."""
    talk = sessions.chats(_budgets(), source="short")
    known = sessions.agents(_budgets()).query("trace == 'tracelab_total'")
    found = sessions.ratio(known, talk, _prices().head(1).assign(weight=1.0), n=10)
    assert found == pytest.approx(1.20 / 0.0125)


def test_the_middle_session_follows_its_stated_cost() -> None:
    middle = sessions.agents(_budgets(), session=sessions.MEDIAN)
    assert middle["output"].iloc[0] == pytest.approx(1e4 * 1.5 / 9)


def test_the_share_of_input_by_hand_and_incomplete_counts_left_out() -> None:
    found = sessions.input_shares(
        sessions.counted(_budgets()), _prices().head(1).assign(weight=1.0)
    )
    assert found.set_index("trace").loc["tracelab_total", "share"] == pytest.approx(0.95 / 1.20)
    assert "bench" not in set(found["trace"])
    assert "bench" in set(sessions.counted(_budgets(), complete=False)["trace"])


def test_one_trace_alone_gives_no_interval() -> None:
    only = _budgets().query("budget != 'copilot_total'")
    with pytest.raises(InputError):
        sessions.input_share(only, _prices())


def test_ratios_count_a_set_of_prices_once() -> None:
    """Five hosts of text in January: 0.1 and 0.1 of the large ones, 0.2, 0.3, 0.8, 0.9."""
    found = caches.ratios(cached_prices(), "2026-01-15")
    assert sorted(found["ratio"]) == pytest.approx([0.1, 0.1, 0.2, 0.3, 0.8, 0.9])
    every = caches.ratios(cached_prices(), "2026-01-15", distinct=False)
    assert len(every) == len(found) + 1


def test_the_cache_answers_with_the_median_and_its_hosts() -> None:
    found = caches.cached_ratio(cached_prices(), "2026-01-15")
    assert found.estimate == pytest.approx(0.25)
    assert found.interval is not None
    assert found.interval[0] >= 0.1 and found.interval[1] <= 0.9


def test_few_hosts_are_refused() -> None:
    with pytest.raises(InputError):
        caches.ratios(cached_prices().query("host in ['anthropic', 'openai']"), "2026-01-15")
