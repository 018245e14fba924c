"""Figures on list prices say in words what they show, and carry their data."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from analysis.economics.list_prices.matched_index import matched_index
from analysis.economics.list_prices.steep_changes import steep_changes
from analysis.errors import InputError
from analysis.methods import trend
from analysis.report import drawing, figures
from analysis.report.charts import launch as launch_charts
from analysis.report.charts import list_price as list_price_charts
from analysis.report.charts.specification import Drawing
from tests.economics.price_frames import history, market


@pytest.fixture(autouse=True)
def _styled() -> Iterator[None]:
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    with mpl.rc_context():
        drawing.style()
        yield
    plt.close("all")


def shown(chart: Drawing) -> str:
    """The page of a figure; it raises where alt text or data do not do."""
    return str(
        figures.figure_html(
            chart.figure,
            caption="What it shows.",
            alt=chart.alt,
            data=chart.data,
            sources="made up",
        )
    )


def test_steep_changes_are_counted_in_words() -> None:
    prices = market(
        history("up", ("2024-12-31", 1.0), ("2025-09-30", 2.0)),
        history("down", ("2024-12-31", 1.0), ("2025-09-30", 0.4)),
    )
    chart = list_price_charts.steep_changes({"price_lists": steep_changes(prices)})
    assert "1 rose, up to 2 times, and 1 fell, down to 0.4 times" in chart.alt
    assert chart.data["source"].tolist() == ["price_lists"] * 2
    assert "<svg" in shown(chart)
    with pytest.raises(InputError, match="no steep change"):
        list_price_charts.steep_changes({})


def test_years_are_told_with_raises_and_cuts() -> None:
    counts = pd.DataFrame(
        {
            "source": ["price_lists", "router"],
            "year": [2025, 2025],
            "raises": [3, 5],
            "cuts": [4, 0],
        }
    )
    chart = list_price_charts.moves_by_year(counts)
    assert "price lists, raises and cuts: 2025: 3 and 4" in chart.alt
    assert "router, raises and cuts: 2025: 5 and 0" in chart.alt
    assert "<svg" in shown(chart)


def test_the_index_is_drawn_with_its_growth() -> None:
    prices = market(
        history("a", ("2024-01-31", 1.0), ("2025-04-30", 0.5)), history("b", ("2024-01-31", 1.0))
    )
    chart = list_price_charts.matched_indices({"router": matched_index(prices)})
    assert "router: 0.8" in chart.alt  # a mean log change of ln(0.5) / 2 over two years
    assert len(chart.data) == 25
    assert "<svg" in shown(chart)
    with pytest.raises(InputError, match="has none"):
        list_price_charts.matched_indices({})


def test_tier_shares_are_told_for_both_days() -> None:
    days = pd.to_datetime(["2025-01-31", "2026-04-30"])
    shares = pd.DataFrame(
        {"tier": ["any", "any"], "day": days, "listings": [10, 20], "share": [0.1, 0.25]}
    )
    chart = list_price_charts.tier_shares(shares)
    assert "any 10 % and 25 %" in chart.alt.replace("\u00a0", " ")
    assert "<svg" in shown(chart)


def test_launches_are_drawn_with_and_without_a_trend() -> None:
    days = pd.to_datetime(["2024-01-31", "2025-01-31", "2026-01-31"])
    launches = pd.DataFrame(
        {"date": days, "model": list("abc"), "developer": "x", "host": "x", "ability": 1.0,
         "threshold": 0.5, "price": [1.0, 2.1, 4.0]}
    )  # fmt: skip
    fit = trend.log_linear(launches["date"], launches["price"], covariance="classical")
    chart = launch_charts.launch_prices({"router": launches}, {"router": fit})
    assert "router: 3 launches, 2" in chart.alt
    assert "<svg" in shown(chart)
    bare = launch_charts.launch_prices({"router": launches}, {"router": None})
    assert "launches" not in bare.alt
    with pytest.raises(InputError, match="has none"):
        launch_charts.launch_prices({}, {})


def test_able_models_are_told_below_the_limit() -> None:
    models = pd.DataFrame({"model": list("abcd"), "price": [1.0, 2.0, 3.75, 10.0]})
    chart = launch_charts.able_models({"router": models}, 3.75)
    assert "router: 50 % of 4 lie below" in chart.alt.replace("\u00a0", " ")
    assert "<svg" in shown(chart)
    with pytest.raises(InputError, match="has none"):
        launch_charts.able_models({}, 3.75)
