"""Hypothetical runs in place of the undisclosed ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from training_frames import steady

from analysis.economics.training import bounds
from analysis.economics.training.samples import COMPUTE

AT, THROUGH = "2024-01-01", "2026-07-01"


def fading() -> pd.DataFrame:
    """Four runs a year on one trend, of which none is known from 2025 on."""
    frame = steady(4.0, n=42, jitter=0.05)
    return frame[frame["refers_to"] < "2025-01-01"]


def test_as_many_runs_are_added_as_the_years_before_would_give() -> None:
    dates = bounds.missing_dates(fading(), THROUGH, start="2016-01-01")
    assert len(dates) == 6
    assert dates.min() > pd.Timestamp(bounds.SINCE)
    assert dates.max() < pd.Timestamp(THROUGH)
    assert np.ptp(np.diff(dates).astype("timedelta64[h]").astype(int)) <= 1


@pytest.mark.parametrize("through", ["2024-06-01", "2025-01-01"])
def test_nothing_is_missing_before_2025(through: str) -> None:
    assert bounds.missing_dates(fading(), through, start="2016-01-01").empty
    assert len(bounds.bend_bounds(fading(), AT, through)) == 1


def test_nothing_is_missing_when_all_runs_are_known() -> None:
    everything = steady(4.0, n=42)
    assert bounds.missing_dates(everything, THROUGH, start="2016-01-01").empty


def test_runs_on_the_former_trend_leave_no_change_and_others_move_it_their_way() -> None:
    table = bounds.bend_bounds(fading(), AT, THROUGH).set_index("undisclosed_runs")["change"]
    assert table["on the former trend"] == pytest.approx(0, abs=0.02)
    assert table["ten times the former trend"] > 0.2
    assert table["a tenth of the former trend"] < -0.2


def test_the_multiple_for_a_change_gives_that_change() -> None:
    sample = fading()
    table = bounds.multiples(sample, AT, THROUGH, (0.0, -0.1))
    assert table["multiple_of_former_trend"].iloc[0] == pytest.approx(1, abs=0.1)
    assert table["multiple_of_former_trend"].is_monotonic_decreasing
    dates = bounds.missing_dates(sample, THROUGH, start=sample["refers_to"].min())
    bent = bounds.claims.bend(sample, AT)
    multiple = table["multiple_of_former_trend"].iloc[1]
    extended = bounds._with(sample, dates, multiple * bounds._former(bent, dates))
    assert bounds.claims.bend(extended, AT).change.value == pytest.approx(-0.1)


def test_no_multiple_where_nothing_is_missing() -> None:
    assert bounds.multiples(steady(4.0, n=42, jitter=0.1), AT, THROUGH).empty


def test_large_closed_runs_widen_the_gap() -> None:
    closed = fading()[lambda f: f["refers_to"] >= "2020-01-01"].assign(open=0.0)
    behind = closed.assign(open=1.0, **{COMPUTE: closed[COMPUTE] / 5})
    groups = pd.concat([closed, behind]).sort_values("refers_to")
    table = bounds.open_bounds(groups, THROUGH).set_index("undisclosed_runs")
    assert table.loc[bounds.DISCLOSED, "ratio"] == pytest.approx(0.2, rel=0.02)
    assert table.loc["on the closed trend", "ratio"] == pytest.approx(0.2, rel=0.05)
    assert (table.loc[table["runs_added"] > 0, "runs_added"] > 0).all()
    assert (table["low"] < table["ratio"]).all() and (table["ratio"] < table["high"]).all()
