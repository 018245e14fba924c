"""Equity of labs by quarter and its growth."""

from __future__ import annotations

import market_frames as made
import pandas as pd
import pytest

from analysis.economics.market import funding
from analysis.errors import InputError


@pytest.mark.parametrize("yearly", [0.5, 1.7])
def test_the_trend_is_recovered(yearly: float) -> None:
    found = funding.lab_money(made.rounds(yearly), "2026-04-30", "2026-04-30")
    assert found.estimate == pytest.approx(yearly, rel=0.02)
    assert found.n == 13


def test_only_closed_rounds_with_new_equity_count() -> None:
    rounds = made.rounds(1.0, ("A",))
    rounds.loc[0, "status"], rounds.loc[1, "equity_usd"] = "discussions", 0.0
    assert len(funding.closed(rounds)) == len(rounds) - 2


def test_incomplete_quarters_and_quiet_ones_are_absent() -> None:
    rounds = made.rounds(1.0, ("A",)).drop(index=3)
    whole = funding.by_period(rounds, "2026-03-31")
    assert len(whole) == 12
    assert len(funding.by_period(rounds, "2026-03-30")) == 11
    assert (whole["equity_usd"] == 1e9).all()


def test_half_years_hold_two_quarters() -> None:
    halves = funding.by_period(made.rounds(1.0, ("A",)), "2025-12-31", months=6)
    assert list(halves["equity_usd"]) == [2e9] * 6
    assert halves["refers_to"].iloc[0].month in (3, 4)


def test_three_quarters_are_too_few() -> None:
    with pytest.raises(InputError, match="at least 4"):
        funding.lab_money(made.rounds(1.0), "2023-09-30", "2023-09-30")


def test_a_small_round_from_a_blog_does_not_set_the_grade() -> None:
    rounds = made.rounds(1.0)
    small = rounds.iloc[[0]].assign(grade="C", equity_usd=1e6)
    assert funding.lab_money(pd.concat([rounds, small]), "2026-04-30", "2026-04-30").grade == "A"
    large = small.assign(equity_usd=5e9)
    assert funding.lab_money(pd.concat([rounds, large]), "2026-04-30", "2026-04-30").grade == "C"


def test_every_specification_of_rising_money_rises() -> None:
    curve = funding.money_curve(made.rounds(2.0), "2026-03-31", "2026-03-31")
    assert curve.agree(1) == 1.0
    assert len(curve.axes) == 6
