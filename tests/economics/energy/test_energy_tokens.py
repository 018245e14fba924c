"""Energy of tokens and queries, and how many a share of world electricity would be."""

from __future__ import annotations

import pandas as pd
import pytest
from energy_samples import facts, timings

from analysis.economics.energy import published, tokens, volume
from analysis.errors import InputError

BUDGETS = pd.DataFrame(
    {
        "budget": ["lmsys_chat", "copilot_total"],
        "prompt_tokens_per_turn": [100.0, None],
        "response_tokens_per_turn": [200.0, None],
        "turns": [2.0, 10.0],
        "fresh_input_tokens": [None, 50_000.0],
        "output_tokens": [None, 4_000.0],
    }
)
USE = pd.DataFrame(
    {
        "company": ["A", "A", "A", "B"],
        "product": ["chat", "chat", "all", "chat"],
        "measure": ["daily messages"] * 4,
        "value": [5.0, 7.0, 9.0, 1.0],
        "refers_to": pd.to_datetime(["2024-01-01", "2025-01-01", "2024-06-01", "2025-01-01"]),
        "grade": ["A"] * 4,
    }
)


def test_the_parts_of_a_prompt_make_the_factor() -> None:
    """100 parts at the meter for 50 of the chips, whatever lies between."""
    machine = tokens.server(facts())
    assert machine.host == pytest.approx(1.5) and machine.utilisation == pytest.approx(75 / 80)
    assert machine.pue == pytest.approx(1.25) and machine.factor == pytest.approx(2)
    assert tokens.server(facts(), pue=1.5).factor == pytest.approx(2 * 1.5 / 1.25)
    assert list(tokens.factors(facts())["meter_over_chips"]) == pytest.approx([2, 2.4])


def test_a_token_takes_power_over_speed() -> None:
    energy = tokens.per_token(timings(), 700, 0.5)
    assert set(energy["phase"]) == {"decode", "prefill"}
    row = energy[(energy["batch"] == 10) & (energy["context_tokens"] == 1024)]
    assert row["joules"].iloc[0] == pytest.approx(700 * 0.5 / 500)


def test_queries_by_hand() -> None:
    """Chat at batch 10: (100 x 0.07 + 200 x 1.4) J, twice that at the meter, in Wh."""
    energy = tokens.per_token(timings(), 700)
    kinds = tokens.sizes(BUDGETS).set_index("query")
    assert list(kinds.loc["turn of a coding agent"]) == [5_000, 400]
    found = tokens.queries(energy, kinds.reset_index(), tokens.server(facts()))
    row = found[(found["query"] == "short chat") & (found["batch"] == 10)].iloc[0]
    assert row["wh"] == pytest.approx((100 * 0.07 + 200 * 1.4) * 2 / 3600)
    agent = found[found["query"] == "turn of a coding agent"].iloc[0]
    assert agent["chips_wh"] == pytest.approx((5_000 * 0.07 + 400 * 14) / 3600)
    summed = tokens.summary(found).set_index("query")
    assert summed.loc["short chat", "wh_low"] < summed.loc["short chat", "wh_high"]


def test_nothing_timed_or_rated_is_said() -> None:
    with pytest.raises(InputError, match="timing"):
        tokens.per_token(timings().iloc[:0], 700)
    with pytest.raises(InputError, match="H100"):
        tokens.rated_power(pd.DataFrame({"accelerator": ["A100"], "tdp_w": [400]}))


def test_a_share_as_a_number_of_queries_and_back() -> None:
    """One percent of 36,500 TWh at 0.1 Wh: 365e12 / 365 / 0.1 = 1e13 a day."""
    found = volume.needed(36_500, {"chat": 0.1}, used=1e10).iloc[0]
    assert found["a_day_at_1_percent"] == pytest.approx(1e13)
    assert found["times_known_use_at_1_percent"] == pytest.approx(1_000)
    assert found["times_known_use_at_9_percent"] == pytest.approx(9_000)
    assert "times_known_use_at_1_percent" not in volume.needed(1, {"chat": 1})
    assert volume.twh_per_year(1e13, 0.1) == pytest.approx(365)


def test_a_company_counts_once_with_its_latest_and_largest() -> None:
    use = volume.latest_use(USE, "daily messages")
    assert list(use["value"]) == [9.0, 1.0] and volume.together(use) == 10
    with pytest.raises(InputError, match="tokens"):
        volume.latest_use(USE, "daily tokens")


def test_tokens_in_joules_and_queries_in_watt_hours_agree() -> None:
    use = volume.latest_use(USE, "daily messages")
    hours = volume.of_the_world(use, 1.0, {"x": 1.0})
    joules = volume.of_the_world(use, 1.0, {"x": 3600.0}, joules=True)
    assert hours["world_share"].iloc[0] == pytest.approx(joules["world_share"].iloc[0])


def test_tokens_of_a_model_at_both_ends_of_the_batch() -> None:
    energy = tokens.per_token(timings(), 700)
    found = volume.joules_of_tokens(energy, tokens.server(facts()), "m")
    expected = {"written, batch 1": 14, "written, batch 10": 2.8, "read": 0.14}
    assert found == pytest.approx(expected)
    shares = volume.per_token_shares(36_500, {"read": 3600.0}, 1e12)
    assert shares["a_day_at_1_percent"].iloc[0] == pytest.approx(1e12)


def test_published_prompts_and_the_turns_beside_them() -> None:
    known = published.prompts(facts())
    assert list(known["wh"]) == [0.1, 0.34]
    built = pd.DataFrame(
        {"query": [tokens.AGENT], "model": ["m"], "wh_low": [2.0], "wh_high": [9.0]}
    )
    each = volume.wh_of_queries(known, built)
    assert list(each.values()) == [0.34, 2.0, 9.0]


def test_the_router_gives_days_of_its_last_week() -> None:
    weeks = pd.to_datetime(["2026-01-07", "2026-02-07", "2026-02-07"])
    router = pd.DataFrame({"refers_to": weeks, "tokens": [999, 7, 14]})
    assert volume.routed(router)["value"].iloc[0] == pytest.approx(3)
