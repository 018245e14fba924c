"""What the figures of the hardware notebook show and say."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import tables
from analysis.economics.hardware import chips, demand, rents, returns
from analysis.report import figures
from analysis.report.charts import hardware as hardware_charts
from analysis.report.charts.specification import Drawing


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.style()
    yield
    plt.close("all")


def shown(drawing: Drawing | None) -> str:
    """The page's figure; raises if caption, description or data are not fit to be shown."""
    assert drawing is not None
    text = figures.figure_html(
        drawing.figure, caption="What is seen", alt=drawing.alt, data=drawing.data
    )
    assert "mathdefault" not in text
    return drawing.alt


def test_price_performance_says_both_growth_rates() -> None:
    drawing = hardware_charts.price_performance(tables.load("accelerators"), "2012-01-01")
    assert shown(drawing).count("x a year") == 2


def test_efficiency_counts_both_sides_of_the_date() -> None:
    found = chips.sample(tables.load("accelerators"), chips.HALF, chips.WATT)
    late = int((found["refers_to"] >= "2023-01-01").sum())
    assert f"{late} chips later" in shown(hardware_charts.efficiency(found, "2023-01-01"))


def test_rents_name_first_and_last_month() -> None:
    index = tables.load("gpu_rental_index")
    series = {"H100": rents.monthly_median(index, "H100"), "none": pd.Series(dtype=float)}
    drawing = hardware_charts.rents(series)
    assert "May 2023" in shown(drawing)
    assert drawing is not None and list(drawing.data.columns) == ["month", "H100"]


def test_returns_and_pace_are_drawn() -> None:
    names = ("training_runs", "run_links", "model_quality")
    models = returns.leaders(*map(tables.load, names), k=10)
    assert "frontier models" in shown(hardware_charts.returns(models, "2024-01-01"))
    accelerators = tables.load("accelerators")
    improvements = chips.growth_table(accelerators, start="2012-01-01")
    table = demand.pace(improvements, {}, tables.load("published_rates"))
    assert set(table["side"]) == {"supply", "demand"}
    assert "training cost" in shown(hardware_charts.pace(table))


def test_nothing_to_draw_gives_no_figure() -> None:
    assert hardware_charts.rents({}) is None
    assert hardware_charts.pace(pd.DataFrame()) is None
    assert hardware_charts.efficiency(pd.DataFrame(), "2023-01-01") is None
