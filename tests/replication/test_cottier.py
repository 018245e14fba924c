"""Growth of the cost of frontier training runs.

Data and published numbers: Cottier et al. (2024), arXiv 2405.21015 version 1, 45 runs of 2015 to
2023, costs in December 2023 dollars; regression output of the authors' replication code.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.economics import deflate, frontier
from analysis.methods import breaks, trend

RUNS = pd.read_csv(Path(__file__).parent / "data" / "frontier_training_cost_2024.csv")
COST = RUNS["cost_usd_2023_12"]


def test_published_regression() -> None:
    fit = trend.log_linear(RUNS["released"], COST, covariance="classical")
    assert fit.n == 45
    assert fit.slope_log10 == pytest.approx(0.388799, abs=5e-7)
    assert fit.standard_error == pytest.approx(0.048, abs=5e-4)
    assert fit.r_squared == pytest.approx(0.608, abs=5e-4)
    assert fit.f_statistic == pytest.approx(66.59, abs=5e-3)
    assert fit.growth_per_year == pytest.approx(2.4, abs=0.05)
    assert fit.interval == pytest.approx((2.0, 3.1), abs=0.05)
    assert fit.doubling_time_years * 12 == pytest.approx(9.29, abs=0.005)


def test_errors_that_allow_unequal_variances() -> None:
    classical, hc3, hac, wild = (
        trend.log_linear(RUNS["released"], COST, covariance=kind)
        for kind in ("classical", "HC3", "HAC", "wild")
    )
    assert hc3.standard_error / classical.standard_error == pytest.approx(1.42, abs=0.005)
    assert hac.standard_error == pytest.approx(0.0492, abs=5e-5)
    assert wild.interval == pytest.approx((1.70, 3.48), abs=0.03)


def test_order_of_rows_does_not_matter() -> None:
    backwards = RUNS.iloc[::-1]
    for kind in trend.COVARIANCES:
        forth = trend.log_linear(RUNS["released"], COST, covariance=kind)
        back = trend.log_linear(
            backwards["released"], backwards["cost_usd_2023_12"], covariance=kind
        )
        np.testing.assert_allclose(back.residuals[::-1], forth.residuals, atol=1e-11)
        if kind != "wild":  # its signs go with the rows
            assert back.interval == pytest.approx(forth.interval, rel=1e-9)


def test_leaving_out_any_one_run() -> None:
    slopes = [
        trend.log_linear(
            RUNS["released"].drop(row), COST.drop(row), covariance="classical"
        ).slope_log10
        for row in RUNS.index
    ]
    assert (min(slopes), max(slopes)) == pytest.approx((0.356, 0.419), abs=5e-4)
    assert trend.theil_sen(RUNS["released"], COST).slope_log10 == pytest.approx(0.462, abs=5e-4)


def test_largest_break_follows_the_costly_runs_of_2017() -> None:
    found = breaks.sup_f(np.log10(COST), trend.decimal_year(RUNS["released"]))
    assert found.statistic == pytest.approx(12.8, abs=0.05)
    assert RUNS["released"][found.index - 1] == "2017-12-05"


def test_constant_dollars() -> None:
    # Producer price index, data processing and related services (BLS via FRED PCU518210518210).
    index = {
        "2015-12": 107.0,
        "2016-09": 109.0,
        "2020-05": 113.4,
        "2023-05": 117.818,
        "2023-11": 118.752,
        "2023-12": 119.029,
    }
    rows = RUNS[RUNS["released"].str[:7].isin(index)]
    constant = deflate(rows["cost_usd_nominal"], rows["released"], index, base="2023-12")
    assert len(rows) == 6
    np.testing.assert_allclose(constant, rows["cost_usd_2023_12"], rtol=5e-7)


def test_every_run_was_among_the_ten_largest_at_release() -> None:
    kept = frontier.top_k_at_release(RUNS, k=10, date="released")
    assert kept["model"].tolist() == RUNS["model"].tolist()
