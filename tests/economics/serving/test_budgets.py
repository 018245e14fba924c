"""Tokens of an hour by hand, from two samples of users and two conversations."""

from __future__ import annotations

import numpy as np
import pytest
from budget_frames import token_budgets

from analysis.economics.serving import budgets
from analysis.errors import InputError


def test_a_session_of_each_trace_by_hand() -> None:
    found = budgets.traces(token_budgets()).set_index("trace")
    assert list(found.loc["tracelab_total", budgets.TOKENS]) == [1e5, 9e5, 1e4]
    assert list(found.loc["copilot_total", budgets.TOKENS]) == [4e4, 16e4, 2e3]


def test_hours_follow_from_the_calls() -> None:
    """80 calls of 90 s are 2 hours on the clock, of 36 s 0.8 at work; 40 calls are half of that."""
    found = budgets.traces(token_budgets()).set_index("trace")
    assert found.loc["tracelab_total", budgets.CLOCK] == pytest.approx(2.0)
    assert found.loc["tracelab_total", budgets.WORK] == pytest.approx(0.8)
    assert found.loc["copilot_total", budgets.CLOCK] == pytest.approx(1.0)


def test_a_sum_is_split_like_the_samples_of_users() -> None:
    """Cached shares of 0.9 and 0.8 make 0.85."""
    found = budgets.traces(token_budgets(), grades="AB").set_index("trace")
    assert found.loc["bench", "cached_input"] == pytest.approx(0.85e6)
    assert found.loc["bench", "split"] == "as the others"
    assert "bench" not in set(budgets.traces(token_budgets())["trace"])


def test_a_conversation_sends_again_what_came_before() -> None:
    """Two turns: 100 + (100 + 200 + 100) tokens of input; the unknown message is 100 long."""
    found = budgets.conversation(token_budgets()).set_index("source")
    assert found.loc["short", "fresh_input"] == pytest.approx(500)
    assert found.loc["short", "output"] == pytest.approx(400)
    assert found.loc["long", "fresh_input"] == pytest.approx(4 * (100 + 1.5 * 900))


def test_a_routed_conversation_has_cached_input() -> None:
    found = budgets.conversation(token_budgets(), context=budgets.ROUTED).set_index("source")
    assert found.loc["short", "cached_input"] == pytest.approx(2 * 5900)


def test_agent_hours_are_those_of_the_traces() -> None:
    found = budgets.draws(token_budgets(), "agent", 400, np.random.default_rng(0))
    hours = found.groupby("trace")[budgets.TOKENS].first()
    assert list(hours.loc["tracelab_total"]) == pytest.approx([5e4, 4.5e5, 5e3])
    assert set(hours.index) == {"tracelab_total", "copilot_total"}
    busy = budgets.draws(token_budgets(), "agent", 9, np.random.default_rng(0), hours=budgets.WORK)
    assert (busy["output"].to_numpy() > found["output"].to_numpy()[:9]).all()


def test_chat_hours_stay_within_what_a_reader_can_do() -> None:
    """300 words a minute are 400 tokens, so 24,000 tokens of replies an hour at most."""
    found = budgets.draws(token_budgets(), "chat", 400, np.random.default_rng(0))
    assert found["output"].between(1, 24_000).all()


def test_the_same_generator_gives_the_same_draws() -> None:
    one, other = (
        budgets.draws(token_budgets(), "chat", 5, np.random.default_rng(3)) for _ in range(2)
    )
    assert one.equals(other)


@pytest.mark.parametrize("kind", ["agent", "chat"])
def test_no_trace_is_an_error(kind: str) -> None:
    with pytest.raises(InputError):
        budgets.draws(token_budgets().iloc[7:], kind, 5, np.random.default_rng(0))
