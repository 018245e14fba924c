"""Statistical Reference Datasets of the National Institute of Standards and Technology.

Certified values: NIST StRD, linear (Norris, Longley) and nonlinear least squares (Ratkowsky2,
Ratkowsky3), www.itl.nist.gov/div898/strd.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.methods import _ols, growth

DATA = Path(__file__).parent / "data"
NORRIS = pd.read_csv(DATA / "nist_norris.csv")
RATKOWSKY2 = pd.read_csv(DATA / "nist_ratkowsky2.csv")
RATKOWSKY3 = pd.read_csv(DATA / "nist_ratkowsky3.csv")


def test_norris_line() -> None:
    x, y = NORRIS["x"].to_numpy(), NORRIS["y"].to_numpy()
    fit = _ols.fit("x", np.column_stack([np.ones(36), x]), y)
    errors = np.sqrt(np.diag(fit.covariance("classical")))
    assert fit.coefficients == pytest.approx([-0.262323073774029, 1.00211681802045], rel=1e-10)
    assert errors == pytest.approx([0.232818234301152, 4.29796848199937e-4], rel=1e-10)
    assert fit.r_squared == pytest.approx(0.999993745883712, rel=1e-13)
    assert fit.rss == pytest.approx(26.6173985294224, rel=1e-10)


def test_longley_regression() -> None:
    from statsmodels.datasets import longley

    data = longley.load_pandas()
    design = np.column_stack([np.ones(16), data.exog.to_numpy(dtype=float)])
    fit = _ols.fit("x", design, data.endog.to_numpy(dtype=float))
    certified = {
        "constant": (-3482258.63459582, 890420.383607373),
        "GNPDEFL": (15.0618722713733, 84.9149257747669),
        "GNP": (-0.358191792925910e-01, 0.334910077722432e-01),
        "UNEMP": (-2.02022980381683, 0.488399681651699),
        "ARMED": (-1.03322686717359, 0.214274163161675),
        "POP": (-0.511041056535807e-01, 0.226073200069370),
        "YEAR": (1829.15146461355, 455.478499142212),
    }
    estimates, errors = np.transpose(list(certified.values()))
    assert fit.coefficients == pytest.approx(estimates, rel=1e-8)
    assert np.sqrt(np.diag(fit.covariance("classical"))) == pytest.approx(errors, rel=1e-8)
    assert fit.r_squared == pytest.approx(0.995479004577296, rel=1e-12)


@pytest.mark.parametrize("start", [(100, 1, 0.1), (75, 2.5, 0.07), None])
def test_ratkowsky2_logistic_growth(start: tuple[float, ...] | None) -> None:
    fit = growth.fit(RATKOWSKY2["x"], RATKOWSKY2["y"], curve="logistic", start=start)
    b = [7.2462237576e01, 2.6180768402e00, 6.7359200066e-02]
    errors = [1.7340283401e00, 8.8295217536e-02, 3.4465663377e-03]
    assert list(fit.parameters) == pytest.approx(b, rel=1e-7)
    assert list(fit.standard_errors) == pytest.approx(errors, rel=1e-6)
    assert fit.rss == pytest.approx(8.0565229338, rel=1e-10)
    assert fit.residual_sd == pytest.approx(1.1587725499, rel=1e-10)
    assert fit.identified


@pytest.mark.parametrize("start", [(100, 10, 1, 1), (700, 5, 0.75, 1.3), None])
def test_ratkowsky3_richards_growth(start: tuple[float, ...] | None) -> None:
    fit = growth.fit(RATKOWSKY3["x"], RATKOWSKY3["y"], curve="richards", start=start)
    b = [6.9964151270e02, 5.2771253025e00, 7.5962938329e-01, 1.2792483859e00]
    errors = [1.6302297817e01, 2.0828735829e00, 1.9566123451e-01, 6.8761936385e-01]
    assert list(fit.parameters) == pytest.approx(b, rel=1e-6)
    assert list(fit.standard_errors) == pytest.approx(errors, rel=1e-6)
    assert fit.rss == pytest.approx(8.7864049080e03, rel=1e-9)
