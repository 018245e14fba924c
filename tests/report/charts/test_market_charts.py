"""What the figures of the market notebook show and say."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import tables
from analysis.economics.market import funding, series
from analysis.errors import InputError
from analysis.report import figures
from analysis.report.charts import market as market_charts


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.style()
    yield
    plt.close("all")


def test_growth_has_a_line_for_each_series_that_is_there() -> None:
    accounts = tables.load("company_accounts")
    drawing = market_charts.growth_rates([series.chips(accounts), None, series.capex(accounts)])
    assert len(drawing.figure.axes[0].get_lines()) == 2
    assert set(drawing.data["series"]) == {"NVIDIA data centre", "Cloud capex"}
    assert "NVIDIA data centre from" in drawing.alt


def test_growth_of_nothing_is_no_figure() -> None:
    with pytest.raises(InputError):
        market_charts.growth_rates([None])


def test_projections_are_said_in_words() -> None:
    scores = pd.DataFrame(
        {"segment": ["Apps"], "projected_percent": [70.0], "published_percent": [200.0]}
    )
    assert "Apps 70\u00a0% against 200\u00a0%" in market_charts.projected(scores).alt
    with pytest.raises(InputError):
        market_charts.projected(scores.head(0))


def test_money_shows_quarters_and_their_trend() -> None:
    periods = funding.by_period(tables.load("funding_rounds"), "2026-04-30")
    bare, full = (market_charts.money(periods, fit) for fit in (None, funding.fit(periods)))
    assert len(bare.figure.axes[0].get_lines()) == 1
    assert len(full.figure.axes[0].get_lines()) == 2
    assert "a trend of" in full.alt
