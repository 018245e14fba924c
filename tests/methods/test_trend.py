"""Growth of a trend: known answers, properties, agreement with statsmodels, bad input."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.methods import trend

KINDS = trend.COVARIANCES
RANDOM = np.random.default_rng(7)
T = np.sort(RANDOM.uniform(2016, 2024, 30))
Y = 10 ** (0.3 * (T - 2020) + 0.2 * RANDOM.standard_normal(30))


def test_decimal_year() -> None:
    assert trend.decimal_year("2023-12-06") == pytest.approx(2023 + 11 / 12 + 5 / 365)
    assert trend.decimal_year(dt.date(1969, 1, 1)) == 1969.0
    many = trend.decimal_year(["2024-01-01", "2024-02-29"])
    assert many == pytest.approx([2024, 2024 + 1 / 12 + 28 / 365])


@pytest.mark.parametrize("kind", KINDS)
def test_exact_growth(kind: str) -> None:
    fit = trend.log_linear(
        [2020, 2021, 2022, 2023.5], 3 * 2.5 ** np.array([0, 1, 2, 3.5]), covariance=kind
    )
    assert fit.growth_per_year == pytest.approx(2.5)
    assert fit.interval == pytest.approx((2.5, 2.5), rel=1e-6)
    assert fit.doubling_time_years == pytest.approx(np.log(2) / np.log(2.5))
    assert fit.r_squared == pytest.approx(1)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("classical", {}),
        ("HC3", {"cov_type": "HC3", "use_t": True}),
        (
            "HAC",
            {
                "cov_type": "HAC",
                "use_t": True,
                "cov_kwds": {"maxlags": int(4 * 0.3 ** (2 / 9)), "use_correction": True},
            },
        ),
    ],
)
def test_errors_agree_with_statsmodels(kind: str, options: dict[str, Any]) -> None:
    fit = trend.log_linear(T, Y, covariance=kind)
    theirs = sm.OLS(np.log10(Y), sm.add_constant(T - 2020)).fit(**options)
    assert fit.slope_log10 == pytest.approx(theirs.params[1], rel=1e-10)
    assert fit.standard_error == pytest.approx(theirs.bse[1], rel=1e-9)
    assert fit.slope_interval == pytest.approx(tuple(theirs.conf_int()[1]), rel=1e-9)
    assert fit.p_value == pytest.approx(theirs.pvalues[1], rel=1e-6)
    assert fit.r_squared == pytest.approx(theirs.rsquared, rel=1e-10)
    assert fit.residuals == pytest.approx(theirs.resid, abs=1e-12)


def test_prediction_agrees_with_statsmodels() -> None:
    fit = trend.log_linear(T, Y, covariance="classical")
    theirs = sm.OLS(np.log10(Y), sm.add_constant(T - 2020)).fit()
    ahead = theirs.get_prediction([[1, 6.0]]).summary_frame(alpha=0.1)
    made = fit.predict(2026.0, level=0.9)
    assert np.log10(made.level) == pytest.approx(ahead["mean"])
    assert np.log10(made.low) == pytest.approx(ahead["obs_ci_lower"])
    assert np.log10(made.high) == pytest.approx(ahead["obs_ci_upper"])
    assert fit.predict("2026-01-01").level == pytest.approx(made.level)


def test_theil_sen_agrees_with_scipy() -> None:
    found = trend.theil_sen(T, Y, level=0.9)
    theirs = stats.theilslopes(np.log10(Y), T, alpha=0.9)
    assert found.slope_log10 == pytest.approx(theirs.slope)
    assert np.log10(found.interval) == pytest.approx((theirs.low_slope, theirs.high_slope))


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    unit=st.floats(1e-9, 1e9),
    shift=st.floats(-50, 50),
)
def test_units_and_origin_leave_growth_alone(kind: str, unit: float, shift: float) -> None:
    one = trend.log_linear(T, Y, covariance=kind, resamples=99)
    other = trend.log_linear(T + shift, unit * Y, covariance=kind, resamples=99)
    assert other.growth_per_year == pytest.approx(one.growth_per_year, rel=1e-8)
    assert other.interval == pytest.approx(one.interval, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_inverse_prices_invert_growth(kind: str) -> None:
    one, other = (trend.log_linear(T, y, covariance=kind) for y in (Y, 1 / Y))
    assert other.growth_per_year == pytest.approx(1 / one.growth_per_year)
    assert other.interval == pytest.approx((1 / one.interval[1], 1 / one.interval[0]))
    assert other.doubling_time_years == pytest.approx(-one.doubling_time_years)


@pytest.mark.parametrize("kind", KINDS)
def test_wider_level_wider_interval(kind: str) -> None:
    narrow, wide = (trend.log_linear(T, Y, covariance=kind, level=p) for p in (0.9, 0.99))
    assert wide.interval[0] < narrow.interval[0] < narrow.growth_per_year
    assert narrow.growth_per_year < narrow.interval[1] < wide.interval[1]


@pytest.mark.parametrize("kind", ["wild", "sieve"])
def test_seed_decides_the_bootstrap(kind: str) -> None:
    first, again, other = (
        trend.log_linear(T, Y, covariance=kind, seed=seed).interval for seed in (0, 0, 1)
    )
    assert first == again
    assert first != other
    assert first == pytest.approx(other, rel=0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_p_value_of_no_growth_is_where_the_interval_ends(kind: str) -> None:
    steep = trend.log_linear(T, Y, covariance="classical").slope_log10
    y = Y * 10 ** ((0.02 - steep) * (T - 2020))  # hardly any growth left
    p = trend.log_linear(T, y, covariance=kind).p_value
    assert 0.01 < p < 0.9
    for share, holds in ((0.97, True), (1.03, False)):
        low, high = trend.log_linear(T, y, covariance=kind, level=1 - p * share).interval
        assert (low <= 1 <= high) == holds


def test_slope_change_finds_a_known_kink() -> None:
    t = np.linspace(2018, 2026, 60)
    noise = 0.05 * np.random.default_rng(0).standard_normal(60)
    y = 10 ** (np.where(t < 2023, 0.5 * (t - 2023), 0.2 * (t - 2023)) + noise)
    found = trend.slope_change(t, y, "2023-01-01")
    assert found.growth_before == pytest.approx(10**0.5, rel=0.03)
    assert found.growth_after == pytest.approx(10**0.2, rel=0.05)
    assert found.interval[0] < -0.3 < found.interval[1]
    assert found.p_value < 0.01
    assert found.ratio == pytest.approx(found.growth_after / found.growth_before)
    assert (found.before.n, found.after.n) == (37, 23)


def test_slope_change_agrees_with_statsmodels() -> None:
    found = trend.slope_change(T, Y, 2020.0, covariance="HC3")
    late = (T >= 2020).astype(float)
    design = np.column_stack([np.ones(30), T - 2020, late, late * (T - 2020)])
    theirs = sm.OLS(np.log10(Y), design).fit(cov_type="HC3", use_t=True)
    assert found.difference_log10 == pytest.approx(theirs.params[3])
    assert found.interval == pytest.approx(tuple(theirs.conf_int()[3]))
    assert found.p_value == pytest.approx(theirs.pvalues[3])


@pytest.mark.parametrize(
    ("t", "y", "argument", "rule"),
    [
        ([], [], "t", "at least 1"),
        ([2020.0], [1.0], "y", "at least 3"),
        ([2020.0, 2021], [1.0, 2], "y", "at least 3"),
        ([2020.0, 2020, 2020], [1.0, 2, 3], "t", "constant"),
        ([2020.0, 2021, 2022], [2.0, 2, 2], "y", "constant"),
        ([2020.0, 2021, 2022], [1.0, np.nan, 3], "y", "finite"),
        ([2020.0, np.inf, 2022], [1.0, 2, 3], "t", "finite"),
        ([2020.0, 2021, 2022], [1.0, 0, 3], "y", "positive"),
        ([2020.0, 2021, 2022], [1.0, -2, 3], "y", "positive"),
        ([2020.0, 2021, 2022], [1.0, 2, 3, 4], "y", "as long as t"),
        ([2020.0, 2022, 2021], [1.0, 2, 3], "t", "increasing order"),
        (["2020-01-01", None, "2021-01-01"], [1.0, 2, 3], "t", "missing"),
    ],
)
def test_bad_input(t: Any, y: Any, argument: str, rule: str) -> None:
    for fit in (trend.log_linear, trend.theil_sen):
        if rule == "increasing order" and fit is trend.theil_sen:
            continue  # ranks of pairs know no order
        with pytest.raises(InputError, match=rule) as caught:
            fit(t, y)
        assert caught.value.argument == argument


def test_a_change_may_start_from_a_standstill() -> None:
    t = np.arange(2000.0, 2012)
    found = trend.slope_change(t, np.where(t < 2006, 3.0, 3 * 2 ** (t - 2006)), 2006)
    assert (found.growth_before, found.growth_after) == pytest.approx((1, 2))


def test_order_only_counts_where_errors_follow_each_other() -> None:
    shuffled = np.random.default_rng(0).permutation(30)
    for kind in ("classical", "HC3"):
        assert trend.log_linear(T[shuffled], Y[shuffled], covariance=kind).interval == (
            pytest.approx(trend.log_linear(T, Y, covariance=kind).interval)
        )
    for kind in ("HAC", "sieve"):
        with pytest.raises(InputError, match="sort the rows"):
            trend.log_linear(T[shuffled], Y[shuffled], covariance=kind)


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"covariance": "HC1"}, "covariance"),
        ({"level": 1.0}, "level"),
        ({"level": 95}, "level"),
        ({"covariance": "wild", "seed": -1}, "seed"),
        ({"covariance": "wild", "resamples": 0}, "resamples"),
    ],
)
def test_bad_options(options: dict[str, Any], argument: str) -> None:
    with pytest.raises(InputError) as caught:
        trend.log_linear(T, Y, **options)
    assert caught.value.argument == argument


def test_one_row_that_fixes_the_slope() -> None:
    t, y = [2020.0, 2020, 2020, 2021], [1.0, 2, 3, 4]
    assert trend.log_linear(t, y, covariance="classical").n == 4
    with pytest.raises(InputError, match="row 3 alone"):
        trend.log_linear(t, y, covariance="HC3")


def test_slope_change_needs_both_sides() -> None:
    with pytest.raises(InputError, match="at least 3") as caught:
        trend.slope_change(T, Y, 2030.0)
    assert caught.value.argument == "at"


@pytest.mark.parametrize("covariance", ["classical", "wild"])
def test_slope_quantiles_are_the_ends_of_the_intervals(covariance: str) -> None:
    rng = np.random.default_rng(1)
    years = np.arange(2000.0, 2030.0)
    values = 10 ** (0.1 * (years - 2000) + rng.normal(0, 0.2, years.size))
    fit = trend.log_linear(years, values, covariance=covariance, level=0.9)
    low, middle, high = fit.slope_quantile([0.05, 0.5, 0.95])
    assert middle == pytest.approx(fit.slope_log10)
    assert (low, high) == pytest.approx(fit.slope_interval, rel=0.01)
