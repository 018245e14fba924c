"""Exact intervals of a share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.methods import proportion


def test_interval_of_a_textbook_case() -> None:
    """R 4: binom.test(7, 20)$conf.int gives 0.1539092 0.5921885."""
    found = proportion.share(7, 20)
    assert found.share == 0.35
    assert found.interval == pytest.approx((0.1539092, 0.5921885), abs=5e-8)


@given(st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_agrees_with_scipy(case: tuple[int, int]) -> None:
    count, n = case
    expected = stats.binomtest(count, n).proportion_ci(0.9, method="exact")
    assert proportion.share(count, n, level=0.9).interval == pytest.approx(tuple(expected))


def test_ends_reach_nought_and_one() -> None:
    assert proportion.share(0, 9).interval[0] == 0
    assert proportion.share(9, 9).interval[1] == 1


@pytest.mark.parametrize(("count", "n"), [(5, 4), (-1, 4), (0, 0), (1.5, 4)])
def test_impossible_counts_are_refused(count: float, n: int) -> None:
    with pytest.raises(InputError):
        proportion.share(count, n)  # type: ignore[arg-type]
