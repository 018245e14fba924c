from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.methods import multiplicity

STATSMODELS = {"BH": "fdr_bh", "BY": "fdr_by", "Holm": "holm", "Bonferroni": "bonferroni"}
properties = settings(max_examples=60, deadline=None, derandomize=True)
p_values = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=20)


@properties
@given(p_values, st.sampled_from(sorted(STATSMODELS)))
def test_agrees_with_statsmodels(p: list[float], method: str) -> None:
    from statsmodels.stats.multitest import multipletests

    expected = multipletests(p, method=STATSMODELS[method])[1]
    np.testing.assert_allclose(multiplicity.adjust(p, method), expected, rtol=1e-12)


@properties
@given(p_values, st.sampled_from(sorted(STATSMODELS)))
def test_never_below_the_p_value_and_in_its_order(p: list[float], method: str) -> None:
    adjusted = multiplicity.adjust(p, method)
    assert (adjusted >= np.array(p) - 1e-12).all() and (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


def test_a_member_without_data_counts_as_one() -> None:
    with_data = multiplicity.adjust([0.01, 0.02], "bh")
    assert (multiplicity.adjust([0.01, 0.02, 1.0], "bh")[:2] > with_data).all()


@pytest.mark.parametrize("p", [[], [0.1, np.nan], [-0.1], [1.1], [[0.1]]])
def test_bad_p_values(p: list[float]) -> None:
    with pytest.raises(InputError, match=r"^p:"):
        multiplicity.adjust(p, "BH")


def test_unknown_method() -> None:
    with pytest.raises(InputError, match="method: must be one of BH, BY, Holm, Bonferroni"):
        multiplicity.adjust([0.1], "Sidak")


numbers = st.floats(-5, 5)


@properties
@given(numbers, st.floats(0.01, 3), numbers, st.floats(0.01, 5), st.sampled_from([None, 4, 30]))
def test_equivalent_exactly_when_the_interval_lies_inside(
    estimate: float, error: float, low: float, width: float, df: float | None
) -> None:
    test = multiplicity.equivalence(estimate, error, low, low + width, df=df)
    inside = low < test.interval[0] and test.interval[1] < low + width
    assert test.equivalent == inside


def test_equivalence_with_known_tails() -> None:
    from scipy import stats

    test = multiplicity.equivalence(0.1, 0.2, -0.5, 0.5, 12)
    assert test.p_value == pytest.approx(stats.t.sf(0.4 / 0.2, 12))
    assert test.interval == pytest.approx(stats.t.interval(0.9, 12, 0.1, 0.2))
    assert multiplicity.equivalence(0.1, 0.2, -0.5, 0.5).p_value == pytest.approx(stats.norm.sf(2))
    assert not multiplicity.equivalence(0.6, 0.2, -0.5, 0.5).equivalent


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((np.nan, 1, -1, 1), "estimate"),
        ((0, 0, -1, 1), "standard_error"),
        ((0, 1, 1, -1), "low"),
        ((0, 1, -1, np.inf), "high"),
        ((0, 1, -1, 1, 0), "df"),
        ((0, 1, -1, 1, None, 0.5), "level"),
        ((0, 1, -1, 1, None, "high"), "level"),
    ],
)
def test_bad_equivalence(arguments: tuple[float, ...], name: str) -> None:
    with pytest.raises(InputError, match=name):
        multiplicity.equivalence(*arguments)
