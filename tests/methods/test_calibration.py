"""A short version of ``benchmarks/calibration.py``; bounds leave room for chance."""

from __future__ import annotations

import pytest

from analysis.methods import trend
from benchmarks import calibration_breaks, calibration_forecast, calibration_trend

SIMULATIONS = 200
LEAST = 0.90  # 95 % less three standard errors of 200 simulations


@pytest.mark.parametrize("kind", ["normal", "t3", "spreading", "ends", "records"])
@pytest.mark.parametrize("n", [20, 45])
def test_default_interval_covers(kind: str, n: int) -> None:
    found = calibration_trend.coverage(kind, n, SIMULATIONS, (trend.DEFAULT,))
    assert found[trend.DEFAULT] >= LEAST


def test_only_the_default_covers_when_errors_follow_each_other() -> None:
    found = calibration_trend.coverage("AR 0.8", 20, SIMULATIONS, trend.COVARIANCES)
    assert found.pop(trend.DEFAULT) >= 0.87
    assert all(found[kind] < 0.75 for kind in trend.COVARIANCES if kind != trend.DEFAULT)


def test_size_of_the_break_test() -> None:
    independent = calibration_breaks.rejections("spreading", 45, "trend", SIMULATIONS)
    assert independent["wild"] <= 0.10
    assert independent["asymptotic"] > 0.15
    wandering = calibration_breaks.rejections("AR 0.6", 45, "mean", SIMULATIONS)
    assert wandering["sieve"] <= 0.10
    assert wandering["wild"] > 0.4


def test_tails_of_the_forecast() -> None:
    plain, too_wide = calibration_forecast.tails(45, 0.0, 2000)
    too_narrow, carried = calibration_forecast.tails(45, calibration_forecast.THETA, 2000)
    for ahead in ("1 ahead", "5 ahead", "10 ahead"):
        assert plain[ahead] == pytest.approx(0.05, abs=0.015)
        assert carried[ahead] == pytest.approx(0.05, abs=0.015)
    assert too_narrow["10 ahead"] == pytest.approx(0.15, abs=0.03)
    assert too_wide["10 ahead"] < 0.02
