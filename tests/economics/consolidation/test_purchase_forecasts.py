"""What is forecast on the first prediction, on small tables and through the real ledger."""

from __future__ import annotations

from datetime import date

import pytest
from consolidation_samples import record

from analysis.claims import ledger
from analysis.claims.predictions import find
from analysis.economics.consolidation import forecasts, odds

DAY = date(2026, 6, 30)


def test_each_reading_and_end_gets_the_odds_of_its_definition() -> None:
    seen = record("2026-06-30")
    chances = odds.table(seen)
    stated = forecasts.purchases(seen, chances, prior="jeffreys", level=0.9)
    made = [ledger.forecast("p1", as_of=DAY, **one) for one in stated]
    assert [(one.rule, one.window_end) for one in made] == find("p1").windows
    assert [one.probability for one in made] == pytest.approx(
        list(chances["probability"]), rel=1e-5
    )
    assert [one.n for one in made] == [1, 1, 2, 2]
    assert {(one.level, one.grade) for one in made} == {(0.9, "B")}
    assert "1 in 42 months" in made[0].reference_class and "jeffreys" in made[0].method


def test_the_reason_of_a_purchase_has_no_probability() -> None:
    stated = forecasts.for_compute(record("2026-06-30"))
    made = [ledger.forecast("p1b", as_of=DAY, **one) for one in stated]
    assert [(one.rule, one.window_end) for one in made] == find("p1b").windows
    assert {(one.probability, one.low, one.n) for one in made} == {(None, None, 0)}
    assert all("upper bound" in one.reason for one in made)
