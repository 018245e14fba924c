"""Breaks: known answers, agreement with brute force and with ruptures, bad input."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.methods import _segments, _sup_distribution, breaks

RANDOM = np.random.default_rng(11)
NOISE = RANDOM.standard_normal(60)
STEP = NOISE + 3 * (np.arange(60) >= 40)
X = RANDOM.standard_normal(60)


def _rss(design: np.ndarray, y: np.ndarray) -> float:
    residuals = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return float(residuals @ residuals)


def test_finds_a_known_step() -> None:
    test = breaks.sup_f(STEP)
    assert test.index == pytest.approx(40, abs=1)
    assert test.p_value < 1e-6
    assert test.p_value_bootstrap < 0.01
    found = breaks.bai_perron(STEP)
    assert found.m_bic == found.m_sequential == 1
    first, second = found.segments
    assert (first.start, second.stop) == (0, 60)
    assert first.mean == pytest.approx(NOISE[: first.stop].mean())
    assert second.mean - first.mean == pytest.approx(3, abs=0.6)
    low, high = found.break_intervals()[0]
    assert low <= 40 <= high


def test_a_step_without_noise() -> None:
    y = np.repeat([0.1, 0.7, 0.3], [20, 15, 25])
    found = breaks.bai_perron(y)
    assert found.breaks[2] == (20, 35)
    assert found.m_bic == found.m_sequential == 2
    single = breaks.sup_f(y[:35])
    assert (single.index, single.p_value) == (20, pytest.approx(0, abs=1e-12))


@pytest.mark.parametrize("x", [None, X, np.column_stack([X, X**2])])
def test_f_statistics_by_brute_force(x: np.ndarray | None) -> None:
    columns = np.empty((60, 0)) if x is None else np.reshape(x, (60, -1))
    design = np.column_stack([np.ones(60), columns])
    k = design.shape[1]
    whole = _rss(design, STEP)
    split = np.array(
        [_rss(design[:i], STEP[:i]) + _rss(design[i:], STEP[i:]) for i in range(9, 52)]
    )
    f = (whole - split) / (split / (60 - 2 * k))
    test = breaks.sup_f(STEP, x)
    np.testing.assert_allclose(test.f, f, rtol=1e-9)
    np.testing.assert_array_equal(test.rows, np.arange(9, 52))
    assert test.statistic == pytest.approx(f.max())
    assert test.ave_f == pytest.approx(f.mean())
    assert test.exp_f == pytest.approx(np.log(np.mean(np.exp(f / 2))))


@pytest.mark.parametrize("x", [None, X])
@pytest.mark.parametrize("m", [1, 2, 3])
def test_partition_by_brute_force(x: np.ndarray | None, m: int) -> None:
    y, size = STEP[20:48], 5
    regressor = None if x is None else x[20:48]
    design = np.ones((28, 1)) if x is None else np.column_stack([np.ones(28), regressor])

    def total(rows: tuple[int, ...]) -> float:
        parts = zip(np.split(design, rows), np.split(y, rows), strict=True)
        return sum(_rss(part, values) for part, values in parts)

    allowed = [
        rows for rows in combinations(range(1, 28), m) if min(np.diff([0, *rows, 28])) >= size
    ]
    best = min(allowed, key=total)
    found = breaks.bai_perron(y, regressor, max_breaks=m, min_size=size)
    assert found.breaks[m] == best
    assert found.rss[m] == pytest.approx(total(best))


@pytest.mark.parametrize("size", [10, 40])
def test_same_dates_as_ruptures(size: int) -> None:
    levels = np.repeat([0.0, 2.0, 1.0, 3.0], [70, 60, 90, 80])
    y = levels + np.random.default_rng(2).standard_normal(300)
    found = breaks.bai_perron(y, max_breaks=5, min_size=size)
    search = ruptures.Dynp(model="l2", min_size=size, jump=1).fit(y)
    for m in range(1, 6):
        assert [*found.breaks[m], 300] == search.predict(n_bkps=m)


def test_dummy_regressors_need_longer_runs_to_start_from() -> None:
    season = np.tile([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], 6)
    found = breaks.bai_perron(STEP + 2 * season, season, max_breaks=2, min_size=12)
    assert found.breaks[1][0] == pytest.approx(40, abs=1)
    with pytest.raises(InputError, match="collinear within a run of 8 rows"):
        breaks.bai_perron(STEP, season, max_breaks=2, min_size=8)


def test_bic_is_that_of_the_likelihood() -> None:
    found = breaks.bai_perron(STEP, X, max_breaks=2)
    for m, rows in enumerate(found.breaks):
        log_likelihood = stats.norm.logpdf(
            np.concatenate(
                [
                    part - design @ np.linalg.lstsq(design, part, rcond=None)[0]
                    for part, design in zip(
                        np.split(STEP, rows),
                        np.split(np.column_stack([np.ones(60), X]), rows),
                        strict=True,
                    )
                ]
            ),
            scale=np.sqrt(found.rss[m] / 60),
        ).sum()
        assert found.bic[m] == pytest.approx(-2 * log_likelihood + 3 * (m + 1) * np.log(60))


@settings(max_examples=20, deadline=None)
@given(scale=st.floats(1e-6, 1e6), shift=st.floats(-1e3, 1e3), slope=st.floats(-10, 10))
def test_units_and_what_x_explains_do_not_matter(scale: float, shift: float, slope: float) -> None:
    one = breaks.sup_f(STEP, X, resamples=99)
    other = breaks.sup_f(scale * (STEP + shift + slope * X), 3 * X - 1, resamples=99)
    assert other.index == one.index
    assert other.statistic == pytest.approx(one.statistic, rel=1e-6)
    assert other.p_value_bootstrap == one.p_value_bootstrap


def test_time_reversal_mirrors_the_break() -> None:
    forth, back = breaks.bai_perron(STEP), breaks.bai_perron(STEP[::-1])
    for m, rows in enumerate(forth.breaks):
        assert tuple(60 - row for row in reversed(rows)) == back.breaks[m]


@pytest.mark.parametrize(
    ("k", "ten", "five", "one"),
    # Andrews (1993), Econometrica 61:821, table 1, trimming 0.15, by simulation
    [(1, 7.17, 8.85, 12.35), (2, 10.01, 11.79, 15.51), (5, 16.45, 18.35, 22.49)],
)
def test_asymptotic_critical_values(k: int, ten: float, five: float, one: float) -> None:
    span = 2 * np.log(0.85 / 0.15)
    found = [_sup_distribution.upper_tail(value, k, span) for value in (ten, five, one)]
    assert found == pytest.approx([0.10, 0.05, 0.01], rel=0.2)


def test_asymptotic_tail_is_continuous_and_falls() -> None:
    span = 2 * np.log(0.85 / 0.15)
    for k in (1, 2, 6):
        tails = [_sup_distribution.upper_tail(x, k, span) for x in np.arange(0.5, 60, 0.5)]
        steps = np.diff(np.log(tails[20:]))
        assert np.all(np.diff(tails) <= 0)
        np.testing.assert_allclose(steps[1:], steps[:-1], atol=0.02)  # no jump between formulas
    assert _sup_distribution.upper_tail(0.0, 1, span) == 1.0


def test_no_choice_of_date_is_the_chow_test() -> None:
    assert _sup_distribution.upper_tail(4.0, 2, 0.0) == pytest.approx(stats.chi2.sf(4.0, 2))
    narrow = _sup_distribution.upper_tail(4.0, 2, 0.01)
    assert stats.chi2.sf(4.0, 2) < narrow < stats.chi2.sf(4.0, 2) * 1.2


def test_one_step_errors_of_a_mean() -> None:
    found = breaks.cusum(NOISE, kind="recursive")
    errors = [(NOISE[i] - NOISE[:i].mean()) / np.sqrt(1 + 1 / i) for i in range(1, 60)]
    process = np.cumsum(errors) / (np.std(errors, ddof=1) * np.sqrt(59))
    np.testing.assert_allclose(found.process, process)


def test_constant_costs_and_regression_costs_agree() -> None:
    y = np.random.default_rng(0).standard_normal(50)
    plain = dict(_segments._mean_costs(y, 5))
    recursive = _segments._costs(np.ones((50, 1)), y, 5)
    total = ((y - y.mean()) ** 2).cumsum()
    for end, costs in recursive:
        starts = np.arange(costs.size)
        before = np.where(starts > 0, total[starts - 1], 0.0)
        np.testing.assert_allclose(costs, plain[end] + total[end - 1] - before, atol=1e-10)


@pytest.mark.parametrize(
    ("call", "argument", "rule"),
    [
        (lambda: breaks.sup_f([]), "y", "at least 4"),
        (lambda: breaks.sup_f([1.0, 2, 3]), "y", "at least 4"),
        (lambda: breaks.sup_f(np.ones(20)), "y", "constant"),
        (lambda: breaks.sup_f([*NOISE, np.nan]), "y", "finite"),
        (lambda: breaks.sup_f(STEP, X[:5]), "x", "as long as y"),
        (lambda: breaks.sup_f(STEP, [*X[1:], np.inf]), "x", "finite"),
        (lambda: breaks.sup_f(STEP, np.column_stack([X, 2 * X])), "x", "collinear"),
        (lambda: breaks.sup_f(X, X), "y", "without error"),
        (lambda: breaks.sup_f(STEP, np.zeros((60, 2, 2))), "x", "dimensions"),
        (lambda: breaks.sup_f(STEP, trim=0.5), "trim", "between 0 and 0.5"),
        (lambda: breaks.sup_f(STEP, trim=0), "trim", "between 0 and 0.5"),
        (lambda: breaks.sup_f([1.0, 2, 1, 2, 1], [1.0, 2, 4, 8, 16]), "y", "at least 6"),
        (lambda: breaks.sup_f(STEP, resampling="block"), "resampling", "one of"),
        (lambda: breaks.bai_perron(np.ones(20)), "y", "constant"),
        (lambda: breaks.bai_perron(STEP, min_size=1), "min_size", "needs more than 1"),
        (lambda: breaks.bai_perron(STEP, min_size=40), "min_size", "at most half"),
        (lambda: breaks.bai_perron(STEP, max_breaks=-1), "max_breaks", "at least 0"),
        (lambda: breaks.bai_perron(STEP, alpha=0), "alpha", "between 0 and 1"),
        (lambda: breaks.bai_perron(STEP, max_breaks=2).segments_of(3), "m", "at most 2"),
        (lambda: breaks.cusum(STEP, kind="mosum"), "kind", "one of"),
    ],
)
def test_bad_input(call: Any, argument: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule) as caught:
        call()
    assert caught.value.argument == argument
