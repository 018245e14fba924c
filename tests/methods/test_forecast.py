"""Forecasts, backtests and scores: simulation, numerical integration, properties, bad input."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from analysis.errors import InputError
from analysis.methods import forecast

WALK = np.cumsum(0.2 + np.random.default_rng(0).standard_normal(30))
probabilities = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


def test_variance_factors_are_as_published() -> None:
    m, steps = 29, np.arange(1, 11)
    plain = steps + steps**2 / m
    made = forecast.farmer_lafond(WALK, 10)
    assert made.variance_factor == pytest.approx(plain)
    theta = 0.63
    carried = (-2 * theta + (1 + 2 * (m - 1) * theta / m + theta**2) * plain) / (1 + theta**2)
    assert forecast.farmer_lafond(WALK, 10, theta=theta).variance_factor == pytest.approx(carried)


@pytest.mark.parametrize("theta", [0.0, 0.63, -0.4])
def test_variance_factor_is_the_variance_of_the_error(theta: float) -> None:
    """Errors of (y + drift × ahead) over simulated walks, in units of the variance of a step."""
    m, ahead, walks = 12, np.array([1, 4, 9]), 40_000
    noise = np.random.default_rng(1).standard_normal((walks, m + 10))
    steps = noise[:, 1:] + theta * noise[:, :-1]
    known, later = steps[:, :m], steps[:, m:].cumsum(axis=1)[:, ahead[ahead < 10] - 1]
    errors = later - known.mean(axis=1, keepdims=True) * ahead
    y = np.append(0.0, known[0].cumsum())
    factor = forecast.farmer_lafond(y, ahead.tolist(), theta=theta).variance_factor
    assert errors.var(axis=0) / (1 + theta**2) == pytest.approx(factor, rel=0.03)


def test_forecast_is_a_student_distribution() -> None:
    made = forecast.farmer_lafond(WALK, 4)
    steps = np.diff(WALK)
    assert made.mean == pytest.approx(WALK[-1] + steps.mean() * np.arange(1, 5))
    spread = steps.std(ddof=1) * np.sqrt(made.variance_factor)
    assert made.quantile(0.9) == pytest.approx(made.mean + spread * stats.t.ppf(0.9, 28))
    low, high = made.interval(0.8)
    assert made.percentile(low) == pytest.approx(np.full(4, 0.1))
    assert made.percentile(high[2], horizon=3) == pytest.approx(0.9)
    assert made.quantiles([0.1, 0.5]) == pytest.approx(np.column_stack([low, made.mean]))


def test_only_the_horizons_asked_for() -> None:
    whole, some = forecast.farmer_lafond(WALK, 10), forecast.farmer_lafond(WALK, [2, 10])
    assert some.horizons.tolist() == [2, 10]
    assert some.mean == pytest.approx(whole.mean[[1, 9]])


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_units_shift_or_stretch_a_forecast(shift: float, stretch: float) -> None:
    one, other = (forecast.farmer_lafond(y, 5) for y in (WALK, shift + stretch * WALK))
    assert other.quantile(0.05) == pytest.approx(
        shift + stretch * one.quantile(0.05), rel=1e-6, abs=1e-6 * (1 + abs(shift))
    )
    assert other.variance_factor == pytest.approx(one.variance_factor)


def test_rolling_origin_of_a_line() -> None:
    seen = []

    def line(t: np.ndarray, y: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        seen.append((t.size, ahead.tolist()))
        return np.polyval(np.polyfit(t, y, 1), ahead)

    t = np.arange(10.0)
    test = forecast.rolling_origin(t, 3 * t + 1, line, minimum=5, horizon=3, step=2)
    assert seen == [(5, [5.0, 6.0, 7.0]), (7, [7.0, 8.0, 9.0]), (9, [9.0])]
    assert test.rmse == pytest.approx(0, abs=1e-10)
    assert test.horizon.tolist() == [1, 2, 3, 1, 2, 3, 1]
    assert test.by_horizon()["n"].tolist() == [3, 2, 2]


def test_rolling_origin_cannot_change_the_series() -> None:
    def spoiler(t: np.ndarray, y: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        last = y[-1]
        y[:] = t[:] = ahead[:] = 0
        return np.full(ahead.size, last)

    y = np.arange(8.0) ** 2
    test = forecast.rolling_origin(np.arange(8), y, spoiler, minimum=5)
    assert test.forecast.tolist() == [16.0, 25.0, 36.0]
    assert test.error.tolist() == [9.0, 11.0, 13.0]
    assert test.crps == pytest.approx(np.abs(test.error))
    assert test.mae == 11


def test_rolling_origin_scores_draws() -> None:
    draws = np.array([[0.0, 1.0, 2.0, 3.0]])
    test = forecast.rolling_origin(
        np.arange(6), np.array([0, 0, 0, 0, 0, 2.0]), lambda t, y, ahead: draws
    )
    assert test.crps == pytest.approx([forecast.crps_sample(2.0, draws[0])])
    assert test.percentile.tolist() == [0.625]
    assert test.forecast.tolist() == [1.5]


@pytest.mark.parametrize(("y", "mean", "sd"), [(0.3, 0, 1), (-2, 1, 0.5), (10, 2, 3)])
def test_crps_is_its_integral(y: float, mean: float, sd: float) -> None:
    def square(x: float) -> float:
        return (stats.norm.cdf(x, mean, sd) - (x >= y)) ** 2

    expected = sum(
        integrate.quad(square, a, b)[0] for a, b in [(mean - 12 * sd, y), (y, mean + 12 * sd)]
    )
    assert forecast.crps_normal(y, mean, sd) == pytest.approx(expected, rel=1e-6)
    draws = stats.norm.ppf((np.arange(4000) + 0.5) / 4000, mean, sd)
    assert forecast.crps_sample(y, draws) == pytest.approx(expected, rel=2e-3)


def test_crps_of_a_sample_by_its_definition() -> None:
    draws = np.random.default_rng(0).standard_normal((3, 7))
    y = np.array([0.0, 1.0, -5.0])
    expected = [
        np.abs(x - seen).mean() - np.abs(x[:, None] - x).mean() / 2
        for x, seen in zip(draws, y, strict=True)
    ]
    assert forecast.crps_sample(y, draws) == pytest.approx(expected)
    assert forecast.crps_sample(2.0, [5.0]) == 3.0


def test_scores_broadcast() -> None:
    assert forecast.crps_normal([0, 1, 2], 0, [[1], [2]]).shape == (2, 3)
    assert forecast.crps_sample([[0.0], [1.0]], np.zeros((3, 9))).shape == (2, 3)
    assert forecast.interval_score([0, 1, 2], [[0], [1]], 2).shape == (2, 3)
    assert forecast.brier(0.5, [0, 1, 1]) == 0.25


def test_interval_score() -> None:
    inside, below, above = forecast.interval_score([1.0, -1.0, 4.0], 0.0, 2.0, level=0.9)
    assert (inside, below, above) == pytest.approx((2, 2 + 20, 2 + 40))


def test_log_score() -> None:
    assert forecast.log_score([0.9, 0.2], [1, 0]) == pytest.approx(-np.log(0.9 * 0.8) / 2)
    assert forecast.log_score([0.0, 1.0], [0, 1]) == 0
    assert forecast.log_score(0.0, 1) == np.inf


@given(probabilities)
def test_honest_forecasts_score_best(cases: list[tuple[float, bool]]) -> None:
    """Expected Brier and log scores under the probability p are least at the forecast p."""
    for p, _ in cases:
        for q in (0.05, 0.5, 0.95):
            for score in (forecast.brier, forecast.log_score):
                honest = p * score(p, 1) if p else 0.0
                honest += (1 - p) * score(p, 0) if p < 1 else 0.0
                assert honest <= p * score(q, 1) + (1 - p) * score(q, 0) + 1e-12


@given(probabilities)
def test_brier_decomposes(cases: list[tuple[float, bool]]) -> None:
    p = np.round([case[0] for case in cases], 1)
    found = forecast.calibration(p, [case[1] for case in cases], bins=1000)
    parts = found.reliability - found.resolution + found.uncertainty
    assert found.brier == pytest.approx(parts, abs=1e-12)
    assert found.counts.sum() == len(cases)


def test_calibration_table() -> None:
    found = forecast.calibration([0.1, 0.12, 0.9, 0.9, 1.0], [0, 1, 1, 1, 1], bins=5)
    assert found.mean_probability == pytest.approx([0.11, 2.8 / 3])
    assert found.observed_share == pytest.approx([0.5, 1.0])
    assert found.table()["forecasts"].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("call", "argument", "rule"),
    [
        (lambda: forecast.farmer_lafond([1.0, 2.0], 3), "y", "at least 3"),
        (lambda: forecast.farmer_lafond([1.0, 2, np.nan], 3), "y", "finite"),
        (lambda: forecast.farmer_lafond([1.0, 2, 3], 3), "y", "equal steps"),
        (lambda: forecast.farmer_lafond(WALK, 0), "horizon", "at least 1"),
        (lambda: forecast.farmer_lafond(WALK, 1.5), "horizon", "whole number"),
        (lambda: forecast.farmer_lafond(WALK, 3, theta=1), "theta", "between -1 and 1"),
        (lambda: forecast.farmer_lafond(WALK, 3).percentile([1.0]), "realised", "one value"),
        (lambda: forecast.farmer_lafond(WALK, 3).percentile(1, horizon=4), "horizon", "not"),
        (lambda: forecast.farmer_lafond(WALK, 3).quantile(0), "p", "between 0 and 1"),
        (lambda: forecast.rolling_origin([1, 2], [1, 2], print), "y", "at least 6"),
        (lambda: forecast.rolling_origin(np.zeros(9), WALK[:9], print), "t", "repeat"),
        (
            lambda: forecast.rolling_origin(np.arange(9), WALK[:9], lambda t, y, a: np.ones(5)),
            "forecaster",
            "1 finite rows",
        ),
        (
            lambda: forecast.rolling_origin(np.arange(9), WALK[:9], lambda t, y, a: a * np.nan),
            "forecaster",
            "finite",
        ),
        (lambda: forecast.brier(1.2, 1), "p", r"in \[0, 1\]"),
        (lambda: forecast.brier(0.2, 2), "outcome", "0 or 1"),
        (lambda: forecast.brier([0.1, 0.2], [1, 0, 1]), "outcome", "shape"),
        (lambda: forecast.brier([], []), "p", "at least 1"),
        (lambda: forecast.log_score(-0.1, 1), "p", r"in \[0, 1\]"),
        (lambda: forecast.crps_normal(0, 0, 0), "sd", "positive"),
        (lambda: forecast.crps_normal(np.nan, 0, 1), "y", "finite"),
        (lambda: forecast.crps_normal([], [], []), "y", "at least 1"),
        (lambda: forecast.interval_score([], [], []), "y", "at least 1"),
        (lambda: forecast.farmer_lafond(WALK, []), "horizon", "at least 1"),
        (lambda: forecast.crps_sample(1, []), "sample", "at least 1"),
        (lambda: forecast.crps_sample([1, 2, 3], np.ones((2, 5))), "sample", "match"),
        (lambda: forecast.interval_score(1, 2, 1), "lower", "exceed"),
        (lambda: forecast.interval_score(1, 0, 2, level=1), "level", "between"),
        (lambda: forecast.calibration(0.2, 1, bins=0), "bins", "at least 1"),
    ],
)
def test_bad_input(call: Any, argument: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule) as caught:
        call()
    assert caught.value.argument == argument
