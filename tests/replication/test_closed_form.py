"""Results with a closed form: exact Poisson intervals, multiple tests, prediction of events."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.methods import events, multiplicity

# Benjamini and Hochberg (1995), JRSS B 57:289, section 4: 15 comparisons of thrombolysis trials.
THROMBOLYSIS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
ADJUSTED = [
    *(0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645),
    *(0.0765, 0.486, 0.581182, 0.714875, 0.753231, 0.813214, 1.0),
]


def test_benjamini_hochberg_adjusted_values() -> None:
    np.testing.assert_allclose(multiplicity.adjust(THROMBOLYSIS, "BH"), ADJUSTED, atol=5e-7)


@pytest.mark.parametrize(
    ("method", "rejected"), [("BH", 4), ("Bonferroni", 3), ("Holm", 3), ("BY", 3)]
)
def test_rejections_at_five_percent(method: str, rejected: int) -> None:
    assert (multiplicity.adjust(THROMBOLYSIS, method) <= 0.05).sum() == rejected


# Garwood (1936), Biometrika 28:437: 95 % limits of the mean, given the count.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.688879),
        (1, 0.025318, 5.571643),
        (2, 0.242209, 7.224688),
        (3, 0.618672, 8.767273),
        (5, 1.623486, 11.668332),
        (10, 4.795389, 18.390356),
    ],
)
def test_garwood_interval(count: int, low: float, high: float) -> None:
    assert events.rate(count, 1).interval == pytest.approx((low, high), abs=5e-7)


# One and five events in 39 months, 24 and 36 months ahead.
@pytest.mark.parametrize(
    ("count", "window", "plug_in", "jeffreys"),
    [(1, 24, 0.46, 0.51), (1, 36, 0.60, 0.63), (5, 24, 0.95, 0.93), (5, 36, 0.99, 0.97)],
)
def test_chance_of_an_event(count: int, window: int, plug_in: float, jeffreys: float) -> None:
    by_rate = events.probability_at_least_one(count, 39, window, prior="none")
    predictive = events.probability_at_least_one(count, 39, window)
    assert by_rate.probability == pytest.approx(plug_in, abs=0.005)
    assert predictive.probability == pytest.approx(jeffreys, abs=0.005)
    assert predictive.probability == pytest.approx(1 - (39 / (39 + window)) ** (count + 0.5))
