"""Extrapolations beside published marks, and under other judgements."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.economics.scenarios import largest_run, limits, simulation
from analysis.economics.scenarios.simulation import TRAINING, Model
from analysis.errors import InputError
from tests.economics.scenarios.scenario_inputs import made

MODEL = Model(made(), 2030)
DRAWN = simulation.draw(4000)


def test_operations_grow_from_the_dearest_run_and_pass_what_is_held_feasible() -> None:
    row = limits.beside(MODEL, "2026-11-23").set_index("output").loc[limits.OPERATIONS]
    # 1e26 on 1 January 2026, four times a year: 2e29 after log(2000) / log(4) = 5.48 years.
    assert row["median"] == pytest.approx(1e26 * 4**5, rel=0.1)
    assert row["times_the_mark"] == pytest.approx(4**5 / 2000, rel=0.1)
    assert row["passed_in"] == "not by 2030"
    later = limits.beside(Model(made(), 2033), "2026-11-23").set_index("output")
    assert later["passed_in"].to_dict()[limits.OPERATIONS] == "2031"


def test_a_billion_is_passed_when_the_median_says() -> None:
    table = limits.beside(MODEL, "2026-11-23").set_index("mark")
    # 1e8 on 1 January 2026, doubling: 1e9 after 3.3 years.
    assert table["passed_in"].to_dict()["expected to be passed by 2027"] == "2029"


def test_marks_are_shown_from_the_day_they_were_published() -> None:
    assert len(limits.beside(MODEL, "2024-08-19")) == 1
    assert len(limits.beside(MODEL, "2024-08-20")) == 2
    with pytest.raises(InputError, match="no mark"):
        limits.beside(MODEL, "2024-01-31")


def test_each_judgement_on_the_largest_run_moves_what_it_should() -> None:
    table = largest_run.choices(MODEL, DRAWN).set_index("choice")
    drawn, wide = table.loc["as drawn"], table.loc["cost of a run good to a factor of 10"]
    assert wide["median"] == pytest.approx(drawn["median"], rel=0.05)
    assert wide["95_percent"] / wide["5_percent"] > 2 * drawn["95_percent"] / drawn["5_percent"]
    values = 0.1 * 10 ** MODEL.change(TRAINING, DRAWN)
    assert drawn["95_percent"] == pytest.approx(np.quantile(values, 0.95))
    published = table.loc[f"published growth, {largest_run.PUBLISHED} a year"]
    assert published["median"] == pytest.approx(0.1 * 2.4**5, rel=0.05)
    assert table.loc["dearest run whose compute is no speculation", "from_run"] == "a surer model"


def test_without_a_run_there_is_nothing_to_judge() -> None:
    with pytest.raises(InputError, match="largest run"):
        largest_run.choices(Model(replace(made(), run=None), 2030), DRAWN)
