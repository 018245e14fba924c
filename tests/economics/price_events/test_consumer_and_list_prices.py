"""Software in the consumer price index, and steep moves of list prices over a year."""

from __future__ import annotations

import pandas as pd
import pytest
from price_event_samples import consumer_prices

from analysis import tables
from analysis.economics.list_prices import lists, steep_changes
from analysis.economics.price_events import consumer_prices as cpi
from analysis.economics.price_events import rises_over_a_year
from analysis.economics.prices import panels
from analysis.errors import InputError


@pytest.mark.parametrize("growth", [0.9, 1.1])
def test_growth_is_recovered(growth: float) -> None:
    found = cpi.software_relative(consumer_prices(growth))
    assert found.estimate == pytest.approx(growth, rel=0.005)
    assert found.interval is not None and found.interval[0] < growth < found.interval[1]
    assert found.n == 24


def test_months_before_the_start_or_without_a_series_are_left_out() -> None:
    early = consumer_prices(1.1, months=30, first="2022-07")
    holed = early[~((early["month"] == "2023-10") & (early["series"] == "software"))]
    frame = cpi.relative(holed)
    assert frame["month"].iloc[0] == "2023-01" and "2023-10" not in set(frame["month"])
    assert frame["ratio"].iloc[0] == 1 and len(frame) == 23


def test_too_few_months_are_refused() -> None:
    with pytest.raises(InputError, match="of 8 needed"):
        cpi.relative(consumer_prices(1.1, months=5))
    with pytest.raises(InputError, match="no series"):
        cpi.relative(consumer_prices(1.1).query("series == 'software'"))


def test_changes_to_the_end_by_hand() -> None:
    frame = cpi.relative(consumer_prices(1.21, months=25)).assign(
        ratio=[1.1 ** (month / 6) for month in range(25)]
    )
    found = cpi.changes_to_the_end(frame)
    assert found["months"].tolist() == [6, 12, 24]
    assert found["change"].tolist() == pytest.approx([0.1, 0.21, 1.1**4 - 1])


def test_curve_agrees_with_the_growth_that_was_put_in() -> None:
    curve = cpi.relative_curve(consumer_prices(1.1, months=60, first="2021-01"))
    assert curve.estimates["estimate"].between(1.09, 1.11).all()
    assert set(curve.axes) == set(cpi.AXES)


def test_shares_over_a_year_agree_with_the_steep_changes_of_the_year_to_the_article() -> None:
    """Both count the same listings; c11 divides by those that moved, this by all."""
    names = ("api_prices", "router_prices", "model_quality", "model_crosswalk")
    api, router, quality, crosswalk = (tables.load(name) for name in names)
    found = panels.panels(api, router, quality, crosswalk)
    prices = lists.list_prices(found, dict(zip(found, (api, router), strict=True)), crosswalk)
    table = rises_over_a_year.by_window(prices)
    for source, one in prices.items():
        moved = steep_changes.steep_changes(one)
        row = table[(table["source"] == source) & (table["end"] == "2026-04-30")].iloc[0]
        assert row["listings"] == moved.attrs["n"]
        assert (row["rose"], row["fell"]) == (
            (moved["ratio"] > 1).sum(),
            (moved["ratio"] < 1).sum(),
        )
        assert row["rose_low"] <= row["share_rose"] <= row["rose_high"]


def test_years_end_in_april_and_on_the_last_day() -> None:
    days = rises_over_a_year._ends(pd.Timestamp(2025, 9, 2))
    assert days == [pd.Timestamp(2024, 4, 30), pd.Timestamp(2025, 4, 30), pd.Timestamp(2025, 9, 2)]
