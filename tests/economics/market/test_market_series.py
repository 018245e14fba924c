"""Nearest series of the market's segments, and growth over a year."""

from __future__ import annotations

import market_frames as made
import numpy as np
import pandas as pd
import pytest

from analysis import tables
from analysis.economics.market import series
from analysis.errors import InputError


@pytest.mark.parametrize("lag", [0.5, 0.75, 1.0])
def test_growth_of_a_steady_series_is_its_rate(lag: float) -> None:
    rates = series.growth(made.steady(0.3), lag=lag)
    assert rates["growth_percent"].to_numpy() == pytest.approx(30, rel=0.02)


def test_published_growth_goes_before_computed_growth() -> None:
    known = made.steady(0.3)
    known.frame["growth_percent"] = [np.nan] * 13 + [77.0]
    rates = series.growth(known)
    assert rates["growth_percent"].iloc[-1] == 77
    assert list(rates["basis"].iloc[-2:]) == ["computed", "published"]


def test_nothing_is_read_off_across_more_than_a_year() -> None:
    known = made.steady()
    gap = known.frame.drop(index=range(4, 9)).reset_index(drop=True)
    after = series.growth(series.Series("gap", "", gap))
    assert list(after["refers_to"]) == [pd.Timestamp("2026-03-31")]


def test_no_growth_without_a_figure_a_year_before() -> None:
    with pytest.raises(InputError, match="a year apart"):
        series.growth(made.steady(n=3))


def test_capital_expenditure_counts_quarters_that_all_firms_report() -> None:
    capex = series.capex(tables.load("company_accounts"))
    first = capex.frame.iloc[0]
    assert str(first["refers_to"].date()) == "2023-03-31"
    assert first["value_usd"] == pytest.approx((14.21 + 6.289 + 6.823 + 6.607) * 1e9)
    assert capex.frame["refers_to"].max() == pd.Timestamp("2026-03-31")


def test_the_year_end_is_the_nearest_figure() -> None:
    lab = series.run_rate(tables.load("lab_accounts"), "Anthropic")
    assert series.year_end(lab, 2023) == 87e6
    with pytest.raises(InputError, match="end of 2022"):
        series.year_end(lab, 2022)


def test_nvidia_grew_68_percent_in_its_fiscal_year_2026() -> None:
    """Data-centre revenue up 68 % to 193.7 billion dollars in the year to January 2026."""
    frame = series.chips(tables.load("company_accounts")).frame
    years = frame["value_usd"].rolling(4).sum() / 1e9
    at = frame.index[frame["refers_to"] == "2026-01-25"][0]
    assert years[at] == pytest.approx(193.7, rel=0.01)
    assert years[at] / years[at - 4] == pytest.approx(1.68, abs=0.02)
