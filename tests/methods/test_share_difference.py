"""The exact interval of a difference of two shares."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats

from analysis.errors import InputError
from analysis.methods import share_difference as sd


@pytest.mark.parametrize("case", [(7, 12, 1, 10), (2, 10, 2, 26), (5, 6, 3, 9), (0, 5, 4, 8)])
def test_the_p_value_at_no_difference_is_barnards(case: tuple[int, int, int, int]) -> None:
    x1, n1, x2, n2 = case
    table = [[x1, x2], [n1 - x1, n2 - x2]]
    expected = stats.barnard_exact(table, alternative="greater", pooled=True, n=128).pvalue
    assert sd.one_sided_p(*case, 0.0) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("delta", [-0.4, -0.05, 0.1, 0.6])
@pytest.mark.parametrize(("x1", "x2"), [(3, 4), (0, 7), (8, 0), (5, 11)])
def test_constrained_estimates_maximise_the_likelihood(delta: float, x1: int, x2: int) -> None:
    n1, n2 = 8, 11

    def loss(p1: float) -> float:
        return -float(stats.binom.logpmf(x1, n1, p1) + stats.binom.logpmf(x2, n2, p1 - delta))

    ends = max(0.0, delta) + 1e-9, min(1.0, 1 + delta) - 1e-9
    best = optimize.minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 1e-9})
    found = sd.constrained(np.array(x1 / n1), n1, np.array(x2 / n2), n2, delta)
    assert float(found) == pytest.approx(best.x, abs=1e-4)


def test_exchanging_the_samples_turns_the_interval_round() -> None:
    one, other = sd.difference(3, 9, 10, 14), sd.difference(10, 14, 3, 9)
    assert one.interval == pytest.approx(tuple(-end for end in reversed(other.interval)))
    assert one.difference == pytest.approx(3 / 9 - 10 / 14)


def test_the_interval_covers_at_least_as_often_as_it_says() -> None:
    n1, n2, level = 6, 8, 0.9
    intervals = {
        (x1, x2): sd.difference(x1, n1, x2, n2, level=level).interval
        for x1 in range(n1 + 1)
        for x2 in range(n2 + 1)
    }
    for p1 in (0.05, 0.3, 0.62, 0.9):
        for p2 in (0.1, 0.37, 0.5, 0.95):
            inside = sum(
                stats.binom.pmf(x1, n1, p1) * stats.binom.pmf(x2, n2, p2)
                for (x1, x2), (low, high) in intervals.items()
                if low - 1e-3 <= p1 - p2 <= high + 1e-3
            )
            assert inside >= level


def test_extremes_reach_the_ends() -> None:
    assert sd.difference(0, 4, 4, 4).interval[0] == -1
    assert sd.difference(4, 4, 0, 4).interval[1] == 1


@pytest.mark.parametrize("case", [(5, 4, 1, 2), (-1, 4, 1, 2), (0, 0, 1, 2), (1, 2, 3, 2)])
def test_impossible_counts_are_refused(case: tuple[int, int, int, int]) -> None:
    with pytest.raises(InputError):
        sd.difference(*case)
