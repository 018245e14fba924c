"""Frontier trainers, newcomers, and the chips of Chinese models."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.claims.answer import Answer
from analysis.economics.concentration import (
    entry,
    own_chips,
    trainer_series,
    trainers,
    training_choices,
)
from analysis.errors import InputError
from analysis.methods import multiverse


def runs(*rows: tuple[str, str, str, float, str]) -> pd.DataFrame:
    names = ["model", "developer", "refers_to", "training_compute_flop", "compute_confidence"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]), country="China")


SURE = "Confident"
RUNS = runs(
    ("Old", "Elder", "2025-04-30", 9e26, SURE),
    ("Big", "xAI", "2025-07-01", 5e26, SURE),
    ("Near", "OpenAI", "2025-08-01", 6e25, SURE),
    ("Mind", "Google DeepMind", "2025-09-01", 7e25, SURE),
    ("Brain", "Google,Partner", "2025-10-01", 8e25, SURE),
    ("Small", "Startup", "2026-01-01", 1e25, SURE),
    ("After", "Later", "2026-05-01", 9e26, SURE),
)


def test_the_window_is_a_year_and_companies_are_one() -> None:
    found = trainers.window(RUNS, "2026-04-30")
    assert "Old" not in found.models and "After" not in found.models
    assert trainers.holders(found) == ["Google", "OpenAI", "Partner", "xAI"]
    alone = trainers.window(RUNS, "2026-04-30", everyone=False)
    assert trainers.holders(alone) == ["Google", "OpenAI", "xAI"]
    apart = trainers.window(RUNS, "2026-04-30", merged=False, everyone=False)
    assert len(trainers.holders(apart)) == 4
    with pytest.raises(InputError):
        trainers.window(RUNS, "2020-01-01")


def test_compute_known_for_sure_gives_one_count() -> None:
    found = trainers.window(RUNS, "2026-04-30", within={SURE: 1.0})
    counts = trainers.redrawn(found, draws=50)
    assert set(counts) == {4} and trainers.ends(counts, 0.95) == (4, 4)


def test_redrawn_compute_has_the_stated_spread() -> None:
    pair = runs(("A", "A", "2026-01-01", 1e26, SURE), ("B", "B", "2026-01-01", 1e26, SURE))
    found = trainers.window(pair, "2026-04-30")
    assert found.spread == pytest.approx(np.log10(3) / 1.6448536)
    counts = trainers.redrawn(found, draws=40_000, seed=1)
    # both in reach unless their difference, sd √2 s, exceeds one order of magnitude
    outside = 2 * 0.5 * (1 - _erf(1 / (np.sqrt(2) * found.spread[0]) / np.sqrt(2)))
    assert (counts == 1).mean() == pytest.approx(outside, abs=0.003)


def _erf(x: float) -> float:
    import math

    return math.erf(x)


def test_the_answer_is_counted_on_the_day_of_the_rule() -> None:
    able = pd.DataFrame({"developer": ["A", "B", "C"]})
    found = trainers.trainers(RUNS, "2026-11-01", able)
    assert found.estimate == 4 and found.n == 5 and "3 developers" in found.reason
    assert found.p_value is not None and found.p_value > 0.9
    early = trainers.trainers(RUNS, "2025-07-15")
    assert early.estimate == 2  # Elder and xAI


def test_agreement_is_with_three_to_five_or_with_more() -> None:
    curve = multiverse.run({"count": (2, 3, 4, 6)}, lambda count: (count, count, count))
    answer = Answer(4, (3.0, 5.0), 9)
    wide, more = Answer(2, (1.0, 8.0), 9), Answer(7, (6.0, 9.0), 9)
    shares = [training_choices.agreeing_trainers(curve, a).agree_share for a in (answer, wide)]
    assert shares == [0.5, 0.5]
    assert training_choices.agreeing_trainers(curve, more).agree_share == 0.25
    assert training_choices.agreeing_trainers(None, answer) is answer


def test_by_date_counts_and_concentrates() -> None:
    table = trainer_series.by_date(RUNS, "2026-04-30").set_index("date")
    row = table.loc["2026-03-31"]
    assert row["organisations"] == 2 and row["herfindahl"] == pytest.approx(2 * 50**2)
    five = trainer_series.by_date(RUNS[1:], "2026-04-30").iloc[-1]  # Google has two of five
    assert five["organisations"] == 4 and five["runs"] == 4
    assert five["herfindahl"] == pytest.approx((100 / 5) ** 2 * (2**2 + 3))
    assert (table["low"] <= table["high"]).all()
    assert list(trainer_series.recent(table.reset_index(), 1)["date"]) == ["2026-03-31"]


def test_ability_bounds_who_is_missing() -> None:
    found = trainers.window(RUNS, "2026-04-30")
    scored = pd.DataFrame({"model": ["Big", "Near", "Small"], "ability": [2.0, 1.5, 0.1]})
    assert trainer_series.ability_floor(found, scored) == 1.5
    models = pd.DataFrame(
        {
            "developer": ["X", "X", "Y", "Z"],
            "model": ["x1", "x2", "y", "z"],
            "ability": [1.6, 1.9, 1.4, 3.0],
            "released": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-02-01", "2024-01-01"]),
        }
    )
    able = trainer_series.able_developers(models, 1.5, "2026-04-30")
    assert list(able["model"]) == ["x2"]
    with pytest.raises(InputError):
        trainer_series.ability_floor(found, scored.iloc[2:])


ENTRIES = runs(
    *[(f"e{i}", f"E{i}", "2023-06-01", 2e24, SURE) for i in range(8)],
    *[(f"l{i}", f"L{i}", "2025-06-01", 2e24, SURE) for i in range(2)],
    ("again", "E0", "2025-07-01", 5e24, SURE),
)


def test_newcomers_are_counted_once_and_set_against_time() -> None:
    found = entry.entry_ratio(ENTRIES, "2026-01-01")
    assert found.estimate == pytest.approx((2 / 1) / (8 / 2), rel=0.01) and found.n == 10
    with pytest.raises(InputError):
        entry.entry_ratio(ENTRIES, "2024-12-31")
    years = entry.by_year(ENTRIES, "2026-01-01").set_index("year")["1e24"]
    assert years[2023] == 8 and years[2025] == 2 and years[2024] == 0


def test_a_rising_floor_leaves_out_those_far_behind() -> None:
    big = runs(("giant", "G", "2024-01-01", 1e27, SURE))
    firsts = entry.relative_newcomers(pd.concat([ENTRIES, big], ignore_index=True))
    assert set(firsts["developer"]) == {f"E{i}" for i in range(8)} | {"G"}


def test_able_newcomers_need_no_compute() -> None:
    models = pd.DataFrame(
        {
            "developer": ["A", "A", "B"],
            "model": ["a1", "a2", "b1"],
            "ability": [1.0, 2.0, 0.0],
            "released": pd.to_datetime(["2025-02-01", "2024-02-01", "2023-01-01"]),
            "refers_to": pd.Timestamp("2020-01-01"),
        }
    )
    found = entry.able_newcomers(models, 0.5)
    assert list(found["model"]) == ["a2"] and list(found["refers_to"].dt.year) == [2024]
    table = entry.compared(ENTRIES, models, 0.5, "2026-01-01")
    assert len(table) == 3 and table["earlier"].iloc[0] == 8


def chinese() -> pd.DataFrame:
    chips = ["NVIDIA A100", "Huawei Ascend 910", "NVIDIA V100,Huawei Ascend 910", "", "NVIDIA H800"]
    days = ["2022-01-01", "2022-06-01", "2025-01-01", "2025-02-01", "2025-03-01"]
    rows = runs(*[(f"m{i}", f"D{i}", day, 1e24, SURE) for i, day in enumerate(days)])
    return rows.assign(
        training_hardware=chips,
        country=["China", "China,France", "China", "China", "France,China"],
    )


def test_who_is_chinese_and_which_chips_are() -> None:
    assert [len(own_chips.chinese(chinese(), who)) for who in own_chips.WHO] == [4, 5, 3]
    known = own_chips.trained_on(chinese())
    assert list(known["own"]) == [False, True, True, False]
    assert list(own_chips.trained_on(chinese(), only=True)["own"]) == [False, True, False, False]
    with pytest.raises(InputError):
        own_chips.chinese(chinese(), "some")


def test_the_change_is_a_difference_of_shares() -> None:
    known = own_chips.trained_on(own_chips.chinese(chinese()))
    found = own_chips.share_change(known)
    assert found.estimate == pytest.approx(1 - 1 / 2) and found.n == 3
    assert found.interval is not None and found.interval[0] < 0.5 < found.interval[1]
    with pytest.raises(InputError):
        own_chips.share_change(known, split="2030-01-01")


def test_undisclosed_hardware_bounds_the_shares() -> None:
    late = own_chips.bounds(chinese()).set_index("period").loc["since 2024"]
    assert late["models"] == 2 and late["disclosed"] == 1
    assert (late["lowest"], late["as_disclosed"], late["highest"]) == (0.5, 1.0, 1.0)
    listed = own_chips.listing(own_chips.trained_on(chinese()), "2025-01-01")
    assert list(listed["chinese_chip"]) == ["yes", "no"]
