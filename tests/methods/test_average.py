"""The mean of a series and its interval."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.methods.average import average


def test_classical_interval_of_a_known_case() -> None:
    """Mean 5, variance 28 / 4, so 5 ± 2.776445 √(7 / 5); 2.776445 is Student's t with 4."""
    found = average([2, 4, 4, 6, 9], covariance="classical")
    assert found.mean == 5
    half = 2.776445 * (7 / 5) ** 0.5
    assert found.interval == pytest.approx((5 - half, 5 + half), abs=1e-5)


@pytest.mark.parametrize("covariance", ["classical", "HAC", "sieve"])
def test_units_scale_the_mean_and_its_interval(covariance: str) -> None:
    values = np.array([0.2, 0.3, 0.5, 0.4, 0.6, 0.7, 0.65])
    one, hundred = (average(values * k, covariance=covariance) for k in (1, 100))
    assert hundred.mean == pytest.approx(100 * one.mean)
    assert hundred.interval == pytest.approx(tuple(100 * end for end in one.interval))


def test_the_sieve_covers_where_independence_does_not() -> None:
    """AR(1) errors with coefficient 0.6, 12 months: coverage of 95 % intervals by simulation."""
    generator = np.random.default_rng(1)
    hits = {"classical": 0, "sieve": 0}
    for draw in range(150):
        series = [0.0]
        for step in generator.normal(size=40):
            series.append(0.6 * series[-1] + step)
        for name in hits:
            low, high = average(series[-12:], covariance=name, seed=draw).interval
            hits[name] += low <= 0 <= high
    assert hits["classical"] < 0.85 * 150 <= hits["sieve"]


def test_two_values_are_too_few() -> None:
    with pytest.raises(InputError, match="y"):
        average([1.0, 2.0])
