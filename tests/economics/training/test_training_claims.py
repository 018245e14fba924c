"""Answers to the claims on growth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from training_frames import steady

from analysis.claims.answer import attempt
from analysis.economics.training import claims
from analysis.economics.training.samples import COMPUTE
from analysis.errors import InputError
from analysis.methods import trend


def test_steady_growth_is_recovered() -> None:
    answer = claims.compute_growth(steady(4.0, jitter=0.01))
    assert answer.estimate == pytest.approx(4.0, rel=0.01)
    assert answer.n == 40
    assert "40 frontier runs" in answer.reason


def test_no_runs_leave_a_readable_reason() -> None:
    answer = attempt(claims.compute_growth, steady(4.0).iloc[:0])
    assert answer.estimate is None
    assert "no run that was known" in answer.reason


def bent() -> pd.DataFrame:
    """Tenfold a year until 2021, and threefold from then on."""
    frame = steady(10.0, jitter=0.01)
    late = np.asarray(trend.decimal_year(frame["refers_to"])) - 2021
    return frame.assign(**{COMPUTE: frame[COMPUTE] * 0.3 ** np.maximum(late, 0)})


def test_slope_change_reads_the_bend() -> None:
    answer = claims.slope_change(bent(), "2021-01-01", null=0.0)
    assert answer.estimate == pytest.approx(np.log10(0.3), abs=0.01)
    assert answer.interval is not None and answer.interval[1] < 0
    assert answer.p_value is not None and answer.p_value < 0.01
    assert answer.detail is not None and answer.detail["n_before"] == 20


def test_reasons_name_no_year_that_may_lie_after_the_date_of_the_run() -> None:
    assert "2025" not in claims.slope_change(bent(), "2021-01-01").reason


def test_slope_change_tests_the_declared_null() -> None:
    at_truth = claims.slope_change(bent(), "2021-01-01", null=float(np.log10(0.3)))
    assert at_truth.p_value is not None and at_truth.p_value > 0.1
    assert claims.slope_change(bent(), "2021-01-01").p_value is None


def test_rows_without_the_quantity_do_not_count() -> None:
    frame = steady(3.0, jitter=0.02)
    frame.loc[::2, "parameters"] = np.nan
    frame["parameters"] *= np.linspace(1, 9, len(frame)) ** 2
    assert claims.slope_change(frame, "2021-01-01", "parameters").n == 20


def test_too_few_runs_after_the_date_are_refused() -> None:
    with pytest.raises(InputError, match="3 different times"):
        claims.slope_change(bent(), "2025-09-01")


def test_ratio_of_open_to_closed_is_recovered() -> None:
    closed = steady(4.0, jitter=0.01).assign(open=0.0)
    behind = closed.assign(open=1.0, **{COMPUTE: closed[COMPUTE] / 8})
    answer = claims.open_over_closed(pd.concat([closed, behind]))
    assert answer.estimate == pytest.approx(1 / 8, rel=0.01)
    assert answer.interval is not None and answer.interval[1] < 1 / 3
    assert answer.detail == {"n_open": 40, "n_closed": 40}


def test_compute_of_given_ability_is_recovered() -> None:
    """log10 compute = 23 + ability - 0.3 (years since 2022): half as much compute a year."""
    generator = np.random.default_rng(2)
    frame = steady(1.0, n=60, start="2022-01-01")
    years = np.asarray(trend.decimal_year(frame["refers_to"])) - 2022
    ability = generator.normal(size=60)
    noise = 0.05 * generator.normal(size=60)
    flop = 10 ** (23 + ability - 0.3 * years + noise)
    answer = claims.compute_at_fixed_ability(frame.assign(ability=ability, **{COMPUTE: flop}))
    assert answer.estimate == pytest.approx(10**-0.3, rel=0.03)
    assert answer.detail is not None
    assert answer.detail["from_2022"] == pytest.approx(answer.estimate)


def test_unit_of_compute_does_not_matter() -> None:
    frame = steady(4.0, jitter=0.2)
    scaled = frame.assign(**{COMPUTE: frame[COMPUTE] * 1e6})
    assert claims.compute_growth(scaled).interval == pytest.approx(
        claims.compute_growth(frame).interval
    )
