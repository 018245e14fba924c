"""Slopes of growth rates, and their specification curves."""

from __future__ import annotations

import market_frames as made
import pytest

from analysis.claims.answer import Answer
from analysis.economics.market import slopes
from analysis.errors import InputError


@pytest.mark.parametrize("change", [-0.1, 0.1])
def test_the_slope_has_the_sign_of_the_bend(change: float) -> None:
    found = slopes.slope(made.bending(change))
    assert found.estimate is not None and found.interval is not None
    assert found.estimate * change > 0
    assert found.interval[0] * found.interval[1] > 0


def test_the_slope_is_in_points_of_yearly_growth_per_year() -> None:
    """Yearly growth exp(0.5 + 0.1 (t - 1/2)) - 1 rises by about 0.1 exp(0.5 + …) a year."""
    found = slopes.slope(made.bending(0.1))
    assert found.estimate == pytest.approx(100 * 0.1 * 1.649 * 1.29, rel=0.1)


def test_three_growth_rates_are_too_few() -> None:
    with pytest.raises(InputError, match="4 growth rates"):
        slopes.slope(made.steady(n=7))


def test_a_segment_without_a_test_counts_as_one() -> None:
    tested, silent = Answer(1.0, (0, 2), 9, p_value=0.01), Answer(None, None, 0)
    assert slopes.joint_p({"a": tested, "b": tested}) == 0.01
    assert slopes.joint_p({"a": tested, "b": silent}) == 1.0


def test_the_curve_takes_the_sign_of_its_series() -> None:
    curve = slopes.slope_curve([made.bending(0.2), None])
    assert curve.n >= 20
    assert curve.agree(0) == 1.0
    assert len(curve.axes) == 5


def test_no_series_no_curve() -> None:
    with pytest.raises(InputError):
        slopes.slope_curve([None])
