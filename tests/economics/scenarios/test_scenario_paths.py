"""Paths of a series: slopes, their weight, and the scatter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.economics.scenarios import paths
from analysis.errors import InputError
from tests.economics.scenarios.scenario_inputs import made_path, series


def bent() -> pd.DataFrame:
    """Falls to a tenth a year through 2024, then stands still but for noise."""
    frame = series(0.1, months=48)
    late = frame["day"] >= pd.Timestamp("2025-01-01")
    still = series(1.0, months=48, seed=9)["value"] * 0.01
    return frame.assign(value=frame["value"].where(~late, still))


def test_the_weight_mixes_both_trends_and_the_median_is_their_estimate() -> None:
    found = paths.path(bent(), recent_start="2025-01-01")
    whole, recent = found.whole.slope_log10, found.recent.slope_log10
    assert recent == pytest.approx(0, abs=0.03)
    assert whole < -0.4
    slopes = found.slope(np.full(3, 0.5), np.array([0.0, 0.5, 1.0]))
    assert slopes == pytest.approx([whole, (whole + recent) / 2, recent])


def test_a_short_recent_part_is_the_whole() -> None:
    frame = series(0.5, months=30)
    assert paths.path(frame, recent_start="2025-01-01").recent.n == 30
    assert paths.path(frame, recent_start="2024-01-01").recent.n == 18


def test_the_path_starts_from_the_last_value() -> None:
    frame = series(0.5)
    found = paths.path(frame.sample(frac=1, random_state=1), recent_start="2025-01-01")
    assert (found.day, found.value) == (frame["day"].iloc[-1], frame["value"].iloc[-1])
    assert found.step == pytest.approx(1 / 12, abs=0.003)


def test_scatter_of_independent_errors_is_that_of_the_residuals() -> None:
    found = made_path(2.0)
    drawn = float(found.shock(0.975, 0.0, 10.0))
    spread = np.sqrt(found.whole.residuals @ found.whole.residuals / 38)
    assert drawn == pytest.approx(stats.t.ppf(0.975, 38) * spread, rel=0.01)
    assert float(found.shock(0.5, 0.0, 10.0)) == pytest.approx(0, abs=1e-12)
    assert float(found.shock(0.975, 0.0, 10.0, paths.NONE)) == 0


def test_a_random_walk_spreads_with_the_root_of_time() -> None:
    # Farmer and Lafond (2016): variance K² [(1 + θ)² n - 2θ] / (1 + θ²), θ = 0.63.
    assert paths.walk(0.1, np.array([1.0])) == pytest.approx([0.1])
    assert paths.walk(0.1, np.array([100.0])) == pytest.approx(
        [0.1 * np.sqrt((1.63**2 * 100 - 1.26) / (1 + 0.63**2))]
    )


def test_too_few_or_constant_values() -> None:
    with pytest.raises(InputError, match="5 values"):
        paths.path(series(2.0, months=5), recent_start="2025-01-01")
    with pytest.raises(InputError, match="that move"):
        paths.path(series(2.0).assign(value=1.0), recent_start="2025-01-01")
