"""Closed-form scores.

Gneiting and Raftery (2007), JASA 102:359: CRPS of a normal forecast; Brier (1950).
"""

from __future__ import annotations

import pytest

from analysis.methods import forecast


@pytest.mark.parametrize(
    ("y", "mean", "sd", "score"),
    [
        (0, 0, 1, 0.23369497725510913),
        (1, 0, 1, 0.6024413576276163),
        (2, 0.5, 1.5, 0.9036620364414245),
    ],
)
def test_crps_of_a_normal(y: float, mean: float, sd: float, score: float) -> None:
    assert forecast.crps_normal(y, mean, sd) == pytest.approx(score, rel=1e-12)


def test_brier() -> None:
    assert forecast.brier([0.5, 0.5], [0, 1]) == 0.25
    assert forecast.brier(0.9, 0) == pytest.approx(0.81)
