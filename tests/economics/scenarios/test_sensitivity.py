"""Which input matters, on inputs whose growth is known."""

from __future__ import annotations

import pytest

from analysis.economics.scenarios import sensitivity, simulation
from analysis.economics.scenarios.simulation import TRAINING, Model
from tests.economics.scenarios.scenario_inputs import made


def test_swings_are_ranked_and_centred_on_the_median() -> None:
    table = sensitivity.swings(Model(made(), 2030))
    for _, rows in table.groupby("output"):
        assert rows["width"].is_monotonic_decreasing
        assert (
            rows["median"]
            .between(rows[["low", "high"]].min(axis=1), rows[["low", "high"]].max(axis=1))
            .all()
        )


def test_variance_shares_of_the_largest_run_add_to_one() -> None:
    shares = sensitivity.variance_shares(Model(made(), 2030), TRAINING, base=512)
    total = sensitivity.sums(shares).iloc[0]
    assert total["sum_of_first"] == pytest.approx(1, abs=0.03)
    assert total["sum_of_total"] == pytest.approx(1, abs=0.03)
    assert shares["input"].iloc[0] == simulation.LEVEL
