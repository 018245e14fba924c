"""Numbers as readers see them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import numbers

ESTIMATES = [
    ((0.118, 0.08, 0.19, "factor per year"), "0.12× a year (0.08 to 0.19)"),
    ((2.41, 2.1, 2.78, "factor per year"), "2.4× a year (2.1 to 2.8)"),
    ((40.7e6, None, None, "USD"), "$40.7M"),
    ((40.7e6, 35e6, 48.2e6, "USD"), "$41M ($35M to $48M)"),
    ((0.6, None, None, "USD per million tokens"), "$0.60 per million tokens"),
    ((0.6, 0.4, 0.9, "USD per million tokens"), "$0.60 per million tokens ($0.40 to $0.90)"),
    ((2.578e24, None, None, "FLOP"), "2.58×10²⁴ FLOP"),
    ((0.425, 0.3, 0.55, "share"), "42\u00a0% (30\u00a0% to 55\u00a0%)"),
    ((14.2, 3.1, 66.0, "ratio"), "14× (3 to 66)"),
    ((0.3, 0.004, 1.2, "ratio"), "0.3× (0.004 to 1.2)"),
    ((-0.31, -0.52, -0.1, "log10 per year"), "−0.3 log10 a year (−0.5 to −0.1)"),
    ((1800.0, None, None, "frames"), "1,800 frames"),
    ((12345.0, 11000.0, 14000.0, "count"), "12,300 (11,000 to 14,000)"),
    ((3.4, None, None, "factor apart"), "3.4× apart"),
    ((5.0, None, 9.0, "months"), "5 months (up to 9)"),
    ((5.0, 2.0, None, "months"), "5 months (at least 2)"),
    ((1.0, None, None, "yes or no"), "yes"),
    ((0.0, None, None, "yes or no"), "no"),
    ((-5e6, None, None, "USD"), "−$5M"),
    ((None, None, None, "USD"), "–"),
]


@pytest.mark.parametrize(("given_parts", "text"), ESTIMATES)
def test_estimate_is_no_finer_than_its_interval(given_parts: tuple, text: str) -> None:
    assert numbers.estimate(*given_parts) == text


@given(
    st.floats(0.01, 1e6),
    st.floats(0.01, 0.99),
    st.floats(1.01, 100),
    st.sampled_from(["factor per year", "USD", "share", "count", "months"]),
)
def test_printed_interval_holds_the_printed_estimate(
    value: float, down: float, up: float, unit: str
) -> None:
    low, high = value * down, value * up
    main, span = numbers.parts(value, low, high, unit)
    inner = [_number(part) for part in span.split(" to ")]
    assert inner[0] <= _number(main.split(" ")[0]) <= inner[1]


def _number(text: str) -> float:
    plain = text.replace("\u00a0%", "").replace(",", "").strip("$×MBT")
    mantissa, _, power = plain.partition("×10")
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return float(mantissa) * 10.0 ** int(power.translate(digits) or 0)


def test_no_estimate_is_printed_as_zero_unless_it_is() -> None:
    assert numbers.estimate(0.0002, 0.0001, 3.0, "ratio") == "0.00020× (0.00010 to 3.00)"
    assert numbers.estimate(0.0, -1.0, 1.0, "ratio").startswith("0.0×")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1e6, "USD", "$1M"),
        (0.5, "USD per million tokens", "$0.5"),
        (1000, "", "1,000"),
        (0.001, "", "0.001"),
        (1e25, "FLOP", "10²⁵"),
        (1.1e25, "FLOP", "1.1×10²⁵"),
        (3e-7, "", "3×10⁻⁷"),
        (0.25, "share", "25\u00a0%"),
        (2, "factor per year", "2×"),
        (-3, "", "−3"),
    ],
)
def test_tick(value: float, unit: str, text: str) -> None:
    assert numbers.tick(value, unit) == text


def test_days_are_written_in_words() -> None:
    assert numbers.day(date(2026, 11, 3)) == numbers.day("2026-11-03") == "3 November 2026"


def test_shares_and_missing_values() -> None:
    assert numbers.share(0.958) == "95.8\u00a0%"
    assert numbers.share(None) == numbers.plain(float("nan")) == "–"
    assert numbers.plain(float("-inf")) == "−∞"
