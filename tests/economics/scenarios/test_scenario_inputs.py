"""Ranges and levels that are read from tables."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.scenarios import inputs, inputs_table, tokens
from analysis.errors import InputError
from tests.economics.scenarios.scenario_inputs import made


def chats(*lengths: tuple[str, float]) -> pd.DataFrame:
    days, tokens = zip(*lengths, strict=True)
    return pd.DataFrame(
        {"activity": "chat", "response_tokens_per_turn": tokens, "refers_to": pd.to_datetime(days)}
    )


def test_tokens_range_from_no_growth_to_the_fastest_of_all_pairs() -> None:
    # 100 to 200 in two years, 200 to 600 in one: tripling in the last year is the fastest.
    known = chats(("2023-01-01", 100), ("2026-01-01", 600), ("2025-01-01", 200))
    low, high = tokens.token_range(known)
    assert low == 0
    assert 10**high == pytest.approx(3.0, rel=0.01)


@pytest.mark.parametrize("lengths", [[("2023-01-01", 100)], [("2023-01-01", 9), ("2024-01-01", 8)]])
def test_no_range_without_a_growth(lengths: list[tuple[str, float]]) -> None:
    with pytest.raises(InputError, match="token_budgets"):
        tokens.token_range(chats(*lengths))


def test_the_dearest_run() -> None:
    priced = pd.DataFrame(
        {"model": ["a", "b"], "refers_to": pd.to_datetime(["2024-01-01", "2025-01-01"]),
         "cost_usd": [3e8, 2e8], "training_compute_flop": [4e26, 1e26],
         "compute_confidence": ["Speculative", "Likely"]}
    )  # fmt: skip
    found = inputs.dearest(priced)
    assert (found.model, found.usd, found.operations) == ("a", 3e8, 4e26)
    assert found.confidence == "Speculative"
    with pytest.raises(InputError, match="no run"):
        inputs.dearest(priced.iloc[:0])


def test_costs_of_tasks_are_of_tasks_and_sessions_only() -> None:
    frame = pd.DataFrame(
        {"unit": ["task", "day", "session"], "cost_usd": [1.0, 50.0, 2.0], "tool": "x",
         "model": "y", "statistic": "mean", "cost_basis": "list", "grade": "B",
         "refers_to": pd.Timestamp("2026-01-01")}
    )  # fmt: skip
    assert tokens.task_costs(frame)["cost_usd"].tolist() == [2.0, 1.0]


def test_every_drawn_input_is_marked_as_fitted_or_judged() -> None:
    table = inputs_table.drawn(made()).set_index("input")
    judged = table.index[table["basis"] != inputs_table.FITTED].tolist()
    assert [name.split(",")[0] for name in judged] == [
        "tokens a task", "weight of the recent months", "cost of the dearest run",
    ]  # fmt: skip
    assert (table["5_percent"] < table["median"]).all()
    run = table.loc["cost of the dearest run, USD"]
    assert run["source"] == "a model, Epoch AI; its compute: speculative"
    assert run["95_percent"] / run["median"] == pytest.approx(3, rel=0.001)


def test_ways_to_training_cost_multiply_their_parts() -> None:
    table = inputs_table.training_ways(made()).set_index("way")["factor_per_year"]
    assert table["cost itself"] == pytest.approx(2.0, rel=0.02)
    assert table["compute times dollars per operation"] == pytest.approx(2.0, rel=0.02)
    over = table["compute over 16-bit FLOP/s per dollar of chips"]
    assert over == pytest.approx(4 / 1.5, rel=0.02)
