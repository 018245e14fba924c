from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims import digits, rules
from analysis.errors import ClaimError


@dataclass(frozen=True)
class Values:
    estimate: float | None = None
    low: float | None = None
    high: float | None = None


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ("low > 1.9307", Values(low=2.0), True),
        ("low > 1.9307", Values(low=1.9307), False),
        ("low >= 1.9307", Values(low=1.9307), True),
        ("high < 1", Values(high=0.99), True),
        ("high <= -0.5", Values(high=-0.5), True),
        ("estimate == 3.2e23", Values(estimate=3.2e23), True),
        ("estimate != 1", Values(estimate=1), False),
        ("low >= 0.9 and high <= 1.1", Values(low=0.95, high=1.05), True),
        ("low >= 0.9 and high <= 1.1", Values(low=0.95, high=1.2), False),
        ("low>.5 and  high<2", Values(low=1, high=1.5), True),
    ],
)
def test_a_rule_compares_estimate_and_interval(text: str, values: Values, holds: bool) -> None:
    assert rules.parse(text).holds(values) is holds


def test_comparisons_are_exact_to_six_digits() -> None:
    assert rules.parse("estimate == 0.3").holds(Values(estimate=0.1 + 0.2))
    assert not rules.parse("estimate > 0.3").holds(Values(estimate=0.1 + 0.2))
    assert not rules.parse("estimate == 0.3").holds(Values(estimate=0.300001))


def test_an_open_end_satisfies_nothing() -> None:
    assert not rules.parse("high < 10").holds(Values(low=1))
    assert not rules.parse("low > -10").holds(Values(high=1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "low",
        "low > x",
        "low > inf",
        "1 < low",
        "low > 1 or high < 0",
        "n > 3",
        "low => 1",
        "low > 1 and",
        "__import__('os') > 1",
    ],
)
def test_what_is_not_a_comparison_is_refused(text: str) -> None:
    with pytest.raises(ClaimError, match="is not a comparison"):
        rules.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("low > 1.9307", "above 1.9307"),
        ("high < 1", "below 1"),
        ("low >= 3 and high <= 5", "at least 3 and at most 5"),
        ("high > 2", "with its upper end above 2"),
        ("low < 0", "with its lower end below 0"),
        ("estimate == 1800", "equal to 1800"),
        ("estimate != 1", "other than 1"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert rules.parse(text).words() == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1.93069, "1.931"),
        (-0.25, "-0.25"),
        (1800, "1800"),
        (2026.5, "2026"),
        (9999.9, "10000"),
        (12345.678, "12,346"),
        (40_700_000, "40.7 million"),
        (-2e9, "-2 billion"),
        (3.2e23, "3.2e23"),
        (2e25, "2e25"),
        (1e-7, "1e-7"),
        (100, "100"),
        (0.999999, "1"),
    ],
)
def test_numbers_as_a_reader_writes_them(value: float, text: str) -> None:
    assert digits.plain(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_rounding_twice_is_rounding_once(value: float) -> None:
    once = digits.rounded(value)
    assert digits.rounded(once) == once
    assert digits.same(value, once)


def test_rounding_reaches_into_lists_and_refuses_what_json_lacks() -> None:
    assert digits.rounded_deep({"a": (1.23456789, 2, None, True)}) == {
        "a": [1.23457, 2, None, True]
    }
    with pytest.raises(ValueError, match="not a finite number"):
        digits.rounded_deep([float("nan")])
