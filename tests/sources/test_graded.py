"""Periods become days, and a period is known when it is over."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.sources.graded import after, dated, last_day


@pytest.mark.parametrize(
    ("period", "day", "precision"),
    [
        ("2026-06-16", "2026-06-16", "day"),
        ("2024-02", "2024-02-29", "month"),
        ("2025Q3", "2025-09-30", "quarter"),
        ("2025-Q4", "2025-12-31", "quarter"),
        ("2024-H1", "2024-06-30", "half"),
        ("2024-H2", "2024-12-31", "half"),
        ("2023", "2023-12-31", "year"),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, day: str, precision: str) -> None:
    assert last_day(period) == (day, precision)


@pytest.mark.parametrize("period", ["", "2025-13", "2025-02-30", "2025Q5", "2024-H3", "spring"])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match=repr(period)):
        last_day(period)


def test_a_period_is_known_when_it_is_over() -> None:
    rows = dated(pd.DataFrame({"period": ["2025-06-16", "2025-06"]}))
    assert rows["known_from"].tolist() == ["2025-06-16", "2025-06-30"]
    assert rows["known_basis"].tolist() == ["published", "reconstructed"]


def test_days_are_added_over_the_turn_of_a_year() -> None:
    assert after("2025-12-31", 40) == "2026-02-09"
