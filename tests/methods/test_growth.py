"""Growth curves and slowing growth: known answers, properties, bad input."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.methods import growth
from analysis.methods._curves import CURVES

T = np.linspace(0, 10, 21)
TRUTH = {
    "exponential": (0.5, 0.3),
    "logistic": (100.0, 4.0, 0.8),
    "gompertz": (100.0, 1.5, 0.5),
    "richards": (100.0, 4.0, 0.8, 0.6),
    "bass": (500.0, 0.01, 0.7),
}
WRITTEN_OUT = {
    "exponential": lambda t, a, b: np.exp(a + b * t),
    "logistic": lambda t, c, a, b: c / (1 + np.exp(a - b * t)),
    "gompertz": lambda t, c, a, b: c * np.exp(-np.exp(a - b * t)),
    "richards": lambda t, c, a, b, d: c / (1 + np.exp(a - b * t)) ** (1 / d),
    "bass": lambda t, m, p, q: (
        m * (p + q) ** 2 / p * np.exp(-(p + q) * t) / (1 + q / p * np.exp(-(p + q) * t)) ** 2
    ),
}


@pytest.mark.parametrize("curve", CURVES)
def test_curves_are_as_written(curve: str) -> None:
    free = CURVES[curve].to_free(TRUTH[curve])
    np.testing.assert_allclose(CURVES[curve].value(T, free), WRITTEN_OUT[curve](T, *TRUTH[curve]))
    np.testing.assert_allclose(CURVES[curve].from_free(free), TRUTH[curve])


@pytest.mark.parametrize("curve", CURVES)
def test_gradients_agree_with_differences(curve: str) -> None:
    shape = CURVES[curve]
    free = shape.to_free(TRUTH[curve])
    for i, column in enumerate(shape.log_gradient(T, free).T):
        step = 1e-6 * np.eye(free.size)[i]
        slope = (shape.log_value(T, free + step) - shape.log_value(T, free - step)) / 2e-6
        np.testing.assert_allclose(column, slope, atol=1e-8)


@pytest.mark.parametrize("scale", ["level", "log"])
@pytest.mark.parametrize("curve", CURVES)
def test_known_parameters_from_exact_data(curve: str, scale: str) -> None:
    fit = growth.fit(T, WRITTEN_OUT[curve](T, *TRUTH[curve]), curve=curve, scale=scale)
    assert list(fit.parameters) == pytest.approx(TRUTH[curve], rel=1e-5)
    assert fit.identified
    assert fit.predict(T) == pytest.approx(WRITTEN_OUT[curve](T, *TRUTH[curve]))


@pytest.mark.parametrize("curve", CURVES)
def test_intervals_hold_the_truth_of_one_noisy_series(curve: str) -> None:
    y = WRITTEN_OUT[curve](T, *TRUTH[curve])
    y = y + 0.01 * y.max() * np.random.default_rng(4).standard_normal(T.size)
    fit = growth.fit(T, np.maximum(y, 1e-3), curve=curve, level=0.99)
    for truth, (low, high) in zip(TRUTH[curve], fit.intervals, strict=True):
        assert low < truth < high


def test_log_scale_exponential_is_a_line() -> None:
    y = np.exp(0.5 + 0.3 * T + 0.2 * np.random.default_rng(0).standard_normal(T.size))
    fit = growth.fit(T, y, curve="exponential", scale="log")
    line = sm.OLS(np.log(y), sm.add_constant(T)).fit()
    assert list(fit.parameters) == pytest.approx(line.params, rel=1e-9)
    assert list(fit.standard_errors) == pytest.approx(line.bse, rel=1e-9)
    assert fit.rss == pytest.approx(line.ssr)
    for found, expected in zip(fit.intervals, line.conf_int(), strict=True):
        assert found == pytest.approx(expected, rel=1e-6)  # where a profile is exact


@pytest.mark.parametrize("curve", ["logistic", "gompertz", "richards"])
def test_a_ceiling_out_of_sight_is_not_reported(curve: str) -> None:
    t = np.arange(2016.0, 2026)
    noise = 0.05 * np.random.default_rng(2).standard_normal(10)
    fit = growth.fit(t, 3 * np.exp(0.5 * (t - 2016) + noise), curve=curve, scale="log")
    low, high = fit.intervals["ceiling"]
    assert not fit.identified
    assert np.isnan(fit.parameters["ceiling"])
    assert np.isnan(fit.standard_errors["ceiling"])
    assert np.isinf(high)
    assert 0 < low < np.inf
    assert "ceiling not identified, above" in str(fit)


@settings(max_examples=10, deadline=None)
@given(unit=st.floats(1e-6, 1e6), shift=st.floats(-20, 2000))
def test_units_scale_the_ceiling_and_leave_the_rate_alone(unit: float, shift: float) -> None:
    y = WRITTEN_OUT["logistic"](T, *TRUTH["logistic"])
    y = y + np.random.default_rng(1).standard_normal(T.size)
    y = np.maximum(y, 0.1)
    one, other = growth.fit(T, y), growth.fit(T + shift, unit * y)
    assert other.parameters["ceiling"] == pytest.approx(unit * one.parameters["ceiling"], rel=1e-5)
    assert other.parameters["rate"] == pytest.approx(one.parameters["rate"], rel=1e-5)
    assert other.intervals["rate"] == pytest.approx(one.intervals["rate"], rel=1e-4)
    assert other.peak_time - shift == pytest.approx(one.peak_time, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("curve", ["logistic", "gompertz", "richards", "bass"])
def test_peak_time_is_where_growth_is_fastest(curve: str) -> None:
    fit = growth.fit(T, WRITTEN_OUT[curve](T, *TRUTH[curve]), curve=curve)
    around = fit.peak_time + np.linspace(-0.5, 0.5, 1001)
    level = WRITTEN_OUT[curve](around, *TRUTH[curve])
    speed = level if curve == "bass" else np.gradient(level, around)
    assert around[1:-1][speed[1:-1].argmax()] == pytest.approx(fit.peak_time, abs=2e-3)


def test_an_exponential_has_no_peak() -> None:
    with pytest.raises(InputError, match="no time of fastest growth"):
        _ = growth.fit(T, np.exp(T), curve="exponential").peak_time


def test_deceleration_by_rates_and_by_curvature() -> None:
    t = np.arange(12.0)
    logs = 0.6 * t - 0.02 * t**2
    for method in ("rates", "quadratic"):
        found = growth.deceleration(t, np.exp(logs), method=method)
        assert found.change == pytest.approx(-0.04)
        assert found.p_value < 1e-3
        assert found.growth_first == pytest.approx(np.exp(0.58))
        assert found.growth_last == pytest.approx(np.exp(0.6 - 0.04 * 10.5))
    rising = growth.deceleration(t, np.exp(0.6 * t + 0.02 * t**2))
    assert rising.p_value > 1 - 1e-3


def test_deceleration_agrees_with_statsmodels() -> None:
    t = np.arange(15.0)
    y = np.exp(0.4 * t - 0.01 * t**2 + 0.1 * np.random.default_rng(0).standard_normal(15))
    rates = sm.OLS(np.diff(np.log(y)), sm.add_constant(t[:-1])).fit(cov_type="HC3", use_t=True)
    found = growth.deceleration(t, y, covariance="HC3")
    assert found.change == pytest.approx(rates.params[1])
    assert found.interval == pytest.approx(tuple(rates.conf_int()[1]))
    assert found.p_value == pytest.approx(rates.pvalues[1] / 2)  # one-sided, and it falls


@pytest.mark.parametrize("curve", ["exponential", "logistic", "gompertz"])
def test_intervals_do_not_depend_on_where_time_starts(curve: str) -> None:
    t = np.arange(20.0)
    y = 100 / (1 + np.exp(4 - 0.6 * t)) * np.exp(0.2 * np.sin(7 * t))
    early, late = (growth.fit(t + start, y, curve=curve) for start in (0, 2000))
    assert late.rss == pytest.approx(early.rss, rel=1e-9)
    for name in set(early.parameters.names) - {"offset", "log_level"}:
        assert late.parameters[name] == pytest.approx(early.parameters[name], rel=1e-6)
        assert late.intervals[name] == pytest.approx(early.intervals[name], rel=1e-5)
        assert late.standard_errors[name] == pytest.approx(early.standard_errors[name], rel=1e-5)
    assert late.predict(t + 2000) == pytest.approx(early.predict(t), rel=1e-7)


def test_level_in_calendar_years_has_the_interval_of_a_line() -> None:
    t = np.arange(2000.0, 2015)
    y = np.exp(0.2 * (t - 2000) + 0.3 * np.cos(5 * t))
    line = sm.OLS(np.log(y), sm.add_constant(t)).fit()
    found = growth.fit(t, y, curve="exponential", scale="log")
    for i in (0, 1):
        assert found.intervals[i] == pytest.approx(tuple(line.conf_int()[i]), rel=1e-5)


def test_steady_growth_is_no_deceleration() -> None:
    for factor in (2.0, 1.1, 0.7):
        found = growth.deceleration(np.arange(8.0), factor ** np.arange(8.0))
        assert (found.change, found.p_value) == (0.0, 1.0)


def test_all_segments_decelerate_only_if_each_does() -> None:
    t = np.arange(10.0)
    noise = 0.02 * np.random.default_rng(3).standard_normal((3, 10))
    slowing, too, steady = (
        growth.deceleration(t, np.exp(curve + e))
        for curve, e in zip((0.9 * t - 0.04 * t**2, t - 0.04 * t**2, 0.5 * t), noise, strict=True)
    )
    both = growth.intersection_union({"chips": slowing, "cloud": too})
    assert both.p_value == max(slowing.p_value, too.p_value) < 0.01
    every = growth.intersection_union([slowing, steady, too])
    assert (every.weakest, every.n) == ("1", 3)
    assert every.p_value == steady.p_value > 0.05


@pytest.mark.parametrize(
    ("call", "argument", "rule"),
    [
        (lambda: growth.fit([], []), "t", "at least 1"),
        (lambda: growth.fit([1.0], [1.0]), "y", "at least 4"),
        (lambda: growth.fit(T, np.ones(21)), "y", "constant"),
        (lambda: growth.fit(T, -np.exp(T)), "y", "positive"),
        (lambda: growth.fit(T, np.append(np.exp(T[1:]), np.nan)), "y", "finite"),
        (lambda: growth.fit(T[::-1], np.exp(T)), "t", "increasing"),
        (lambda: growth.fit([0.0, 1, 1, 2], [1.0, 2, 3, 4]), "t", "repeat"),
        (lambda: growth.fit(T, np.exp(T[:5])), "y", "as long as t"),
        (lambda: growth.fit(T, np.exp(T), curve="cubic"), "curve", "one of"),
        (lambda: growth.fit(T, np.exp(T), scale="root"), "scale", "one of"),
        (lambda: growth.fit(T, np.exp(T), level=0), "level", "between"),
        (lambda: growth.fit(T, np.exp(T), start=[1.0]), "start", "needs 3 values"),
        (lambda: growth.fit(T, np.exp(T), start=[-1.0, 1, 1]), "start", "must be positive"),
        (lambda: growth.fit(T + 1980, np.exp(T), curve="bass"), "t", "from the introduction"),
        (lambda: growth.deceleration([0.0, 1, 2], [1.0, 2, 3]), "y", "at least 4"),
        (lambda: growth.deceleration([0.0, 1, 1, 2], [1.0, 2, 3, 4]), "t", "repeat"),
        (lambda: growth.deceleration(T, np.exp(T), method="eye"), "method", "one of"),
        (lambda: growth.intersection_union([]), "results", "at least one"),
        (lambda: growth.intersection_union([0.03]), "results", "results of deceleration"),
    ],
)
def test_bad_input(call: Any, argument: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule) as caught:
        call()
    assert caught.value.argument == argument
