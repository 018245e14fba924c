"""Bootstrap-t statistics: one by one with statsmodels, and what the sieve takes errors for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.errors import InputError
from analysis.methods import _autocorrelation, _ols, bootstrap

N = 25
X = np.column_stack([np.ones(N), np.linspace(-1, 1, N), np.linspace(-1, 1, N) ** 2])
Y = X @ [1, 2, 3] + np.random.default_rng(3).standard_t(4, N)
SIGNS = bootstrap.rademacher(N, 60, seed=1)


@pytest.mark.parametrize("coefficient", [0, 1, 2, -1])
@pytest.mark.parametrize("covariance", ["classical", "HC3"])
def test_wild_agrees_with_a_loop_over_statsmodels(covariance: str, coefficient: int) -> None:
    fitted = sm.OLS(Y, X).fit()
    errors = fitted.resid / np.sqrt(1 - fitted.get_influence().hat_matrix_diag)
    options = {} if covariance == "classical" else {"cov_type": covariance}
    loop = []
    for signs in SIGNS:
        again = sm.OLS(fitted.fittedvalues + signs * errors, X).fit(**options)
        change = again.params[coefficient] - fitted.params[coefficient]
        loop.append(change / again.bse[coefficient])
    ours = bootstrap.wild_t(X, Y, SIGNS, coefficient=coefficient, covariance=covariance)
    np.testing.assert_allclose(ours, loop, rtol=1e-10, atol=1e-10)


def test_sieve_agrees_with_a_loop_over_statsmodels() -> None:
    """With residuals that lean against each other ρ is 0 in every resample: errors just flip."""
    wave = np.tile([1.0, -1.0], N)[:N]
    y = X @ [1, 2, 3] + 5 * wave + 0.1 * (Y - Y.mean())
    fitted = sm.OLS(y, X).fit()
    lags = {"maxlags": _ols.lags(N), "use_correction": True}
    loop = []
    for signs in SIGNS:
        again = sm.OLS(signs * fitted.resid, X).fit(cov_type="HAC", cov_kwds=lags)
        loop.append(again.params[1] / again.bse[1])
    ours = bootstrap.sieve_t(X, y, SIGNS, coefficient=1)
    np.testing.assert_allclose(ours, loop, rtol=1e-9, atol=1e-9)


def test_blocks_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bootstrap.sieve_t(X, Y, SIGNS)
    monkeypatch.setattr(bootstrap, "_CELLS", 7 * N)
    np.testing.assert_allclose(bootstrap.sieve_t(X, Y, SIGNS), whole, rtol=1e-12)


def test_signs() -> None:
    signs = bootstrap.rademacher(50, 400, seed=0)
    assert signs.shape == (400, 50)
    assert set(np.unique(signs)) == {-1.0, 1.0}
    assert abs(signs.mean()) < 0.02
    np.testing.assert_array_equal(signs, bootstrap.rademacher(50, 400, seed=0))


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.8])
def test_autocorrelation_is_recovered_from_residuals(rho: float) -> None:
    """The correction solves for the ratio of the two sums' expectations."""
    shocks = np.random.default_rng(5).standard_normal((4000, N))
    errors = _autocorrelation.accumulate(shocks, np.full(4000, rho))
    fit = _ols.fit("x", X, errors[0])
    residuals = errors - errors @ fit.projector.T @ X.T
    seen = (residuals[:, 1:] * residuals[:, :-1]).sum() / (residuals**2).sum()
    assert seen < rho - 0.05  # the regression hides some of it
    assert _autocorrelation.corrected(fit, np.array([seen])) == pytest.approx(rho, abs=0.02)


def test_accumulate_and_innovations_are_inverse() -> None:
    shocks = np.random.default_rng(0).standard_normal((2, 9))
    errors = _autocorrelation.accumulate(shocks, np.array([0.3, 0.9]))
    for row, shock, rho in zip(errors, shocks, (0.3, 0.9), strict=True):
        np.testing.assert_allclose(_autocorrelation.innovations(row, rho), shock)


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ((X[:5], Y, SIGNS), "X"),
        ((np.ones((N, 2)), Y, SIGNS), "X"),
        ((X, [np.nan, *Y[1:]], SIGNS), "y"),
        ((X, Y, SIGNS[:, :5]), "signs"),
        ((X, Y, 2 * SIGNS), "signs"),
    ],
)
def test_bad_input(arguments: tuple[Any, ...], argument: str) -> None:
    with pytest.raises(InputError) as caught:
        bootstrap.wild_t(*arguments)
    assert caught.value.argument == argument
