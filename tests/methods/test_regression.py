"""One coefficient of log10 y, and slopes that join."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.errors import InputError
from analysis.methods import regression, trend

YEARS = np.linspace(2016, 2026, 41)


def two_columns(noise: float = 0.2, seed: int = 1) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    generator = np.random.default_rng(seed)
    columns = {"date": YEARS, "open": (np.arange(41) % 3 == 0).astype(float)}
    logs = 3 + 0.4 * (YEARS - 2016) - 0.7 * columns["open"] + noise * generator.normal(size=41)
    return 10**logs, columns


def test_effect_is_exact_without_noise() -> None:
    y, columns = two_columns(noise=0.0)
    assert regression.effect(y, columns, "date", covariance="classical").value == pytest.approx(0.4)
    found = regression.effect(y, columns, "open", covariance="classical")
    assert found.value == pytest.approx(-0.7)
    assert found.factor == pytest.approx(10**-0.7)


@pytest.mark.parametrize(("ours", "theirs"), [("classical", "nonrobust"), ("HC3", "HC3")])
def test_effect_agrees_with_statsmodels(ours: str, theirs: str) -> None:
    y, columns = two_columns()
    design = sm.add_constant(np.column_stack(list(columns.values())))
    fit = sm.OLS(np.log10(y), design).fit(cov_type=theirs, use_t=True)
    found = regression.effect(y, columns, "open", covariance=ours)
    assert found.value == pytest.approx(fit.params[2])
    assert found.standard_error == pytest.approx(fit.bse[2])
    assert found.interval == pytest.approx(tuple(fit.conf_int()[2]))
    null = float(fit.t_test("x2 = -0.5").pvalue)
    assert found.p_value(-0.5) == pytest.approx(null)


def test_one_column_is_the_trend() -> None:
    y, _ = two_columns()
    line = trend.log_linear(YEARS, y, covariance="wild", seed=3)
    found = regression.effect(y, {"date": YEARS}, "date", seed=3)
    assert found.value == pytest.approx(line.slope_log10)
    assert found.interval == pytest.approx(line.slope_interval, rel=1e-6)


def test_wild_interval_decides_as_its_p_value() -> None:
    y, columns = two_columns()
    found = regression.effect(y, columns, "open")
    inside, outside = found.interval[1] - 1e-6, found.interval[1] + 1e-6
    assert found.p_value(inside) >= 0.05 - 1 / 5000
    assert found.p_value(outside) <= 0.05 + 1 / 5000


def test_effect_names_the_argument_that_is_wrong() -> None:
    y, columns = two_columns()
    with pytest.raises(InputError, match="of"):
        regression.effect(y, columns, "size")
    with pytest.raises(InputError, match="collinear"):
        regression.effect(y, {"date": YEARS, "twice": 2 * YEARS}, "date")
    with pytest.raises(InputError, match="positive"):
        regression.effect(-y, columns, "date")
    with pytest.raises(InputError, match="as long as"):
        regression.effect(y, {"date": YEARS[1:]}, "date")


def bent(noise: float = 0.0, seed: int = 0) -> np.ndarray:
    since = YEARS - 2022
    errors = noise * np.random.default_rng(seed).normal(size=YEARS.size)
    return 10 ** (2 + 0.5 * np.minimum(since, 0) + 0.2 * np.maximum(since, 0) + errors)


def test_joined_slopes_recover_both_slopes_and_the_level_between() -> None:
    found = regression.joined_slopes(YEARS, bent(), 2022, covariance="classical")
    assert found.before.value == pytest.approx(0.5)
    assert found.after.value == pytest.approx(0.2)
    assert found.change.value == pytest.approx(-0.3)
    assert found.level_at == pytest.approx(100)
    assert found.line([2022, 2023]) == pytest.approx([100, 10**2.2])
    assert (found.n_before, found.n_after) == (24, 17)


def test_joined_slopes_have_no_jump() -> None:
    jump = bent() * np.where(YEARS >= 2022, 1000.0, 1.0)
    found = regression.joined_slopes(YEARS, jump, 2022, covariance="classical")
    before, after = found.line([2022 - 1e-9, 2022 + 1e-9])
    assert before == pytest.approx(after, rel=1e-6)
    assert found.change.value != pytest.approx(-0.3, abs=0.01)


def test_order_of_rows_and_unit_do_not_matter() -> None:
    y = bent(noise=0.3)
    shuffled = np.random.default_rng(5).permutation(YEARS.size)
    first = regression.joined_slopes(YEARS, y, 2022)
    second = regression.joined_slopes(YEARS[shuffled], 1e6 * y[shuffled], 2022)
    assert second.change.value == pytest.approx(first.change.value)
    assert second.change.interval == pytest.approx(first.change.interval)


def test_a_side_with_too_few_dates_is_refused() -> None:
    with pytest.raises(InputError, match="3 different times"):
        regression.joined_slopes(YEARS, bent(), 2025.7)
