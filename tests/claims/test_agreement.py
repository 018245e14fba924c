"""The share of specifications on the headline's side of a threshold."""

from __future__ import annotations

import pytest

from analysis.claims.agreement import agreeing, threshold
from analysis.claims.answer import Answer
from analysis.errors import ClaimError
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse


def curve() -> Multiverse:
    """Ten estimates, 1 to 10."""
    return multiverse.run(
        {"value": list(range(1, 11))}, lambda value: (value, value - 1, value + 1)
    )


@pytest.mark.parametrize(
    ("estimate", "interval", "share"),
    [
        (5.0, (4.0, 9.0), 0.7),
        (2.0, (0.0, 3.0), 0.3),
        (5.0, (2.0, 9.0), 0.7),
        (3.0, (2.0, 9.0), 0.3),
    ],
)
def test_share_is_that_of_the_side_where_the_answer_lies(
    estimate: float, interval: tuple[float, float], share: float
) -> None:
    """Above 3.5, below it, or, for an interval across it, the side of the estimate."""
    answer = agreeing(curve(), Answer(estimate, interval, 20), 3.5)
    assert answer.agree_share == pytest.approx(share)
    assert answer.specifications == 10


def test_without_estimate_interval_or_curve_nothing_is_added() -> None:
    empty = Answer(None, None, 0, reason="no data")
    assert agreeing(curve(), empty, 3.5) == empty
    whole = Answer(5.0, (4.0, 6.0), 20)
    assert agreeing(None, whole, 3.5) == whole
    fact = Answer(5.0, None, 1)
    assert agreeing(curve(), fact, 3.5) == fact


def test_thresholds_come_from_the_frozen_rules() -> None:
    assert threshold("c38", "growth") == 1.5849
    assert threshold("c14", "slope_change") == -0.1


def test_an_estimand_without_one_threshold_is_refused() -> None:
    with pytest.raises(ClaimError, match="threshold"):
        threshold("c73", "trainers")
