"""Figures on raises, cuts and free limits."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.methods import trend
from analysis.report import figures, palette
from analysis.report.charts import price_event as charts

STEEP = pd.DataFrame(
    {
        "source": ["price_lists", "router"], "end": ["2026-04-30", "2026-04-30"],
        "listings": [100, 50], "share_rose": [0.02, 0.2], "rose_low": [0.0, 0.1],
        "rose_high": [0.07, 0.3], "share_fell": [0.05, 0.1], "fell_low": [0.02, 0.03],
        "fell_high": [0.1, 0.2],
    }
)  # fmt: skip
MONTHS = pd.DataFrame(
    {"provider": ["A", "A", "B", "B"], "month": ["2025-05", "2025-06"] * 2, "cut": [1, 0, 0, 0]}
)


@pytest.fixture(autouse=True)
def _styled() -> object:
    figures.style()
    yield
    plt.close("all")


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_each_share_has_its_interval() -> None:
    drawing = charts.steep_shares(STEEP, 0.95)
    (ax,) = drawing.figure.axes
    spans = [tuple(line.get_xdata()) for line in ax.get_lines() if line.get_marker() == "None"]
    assert spans == [(0.0, 0.07), (0.02, 0.1), (0.1, 0.3), (0.03, 0.2)]
    assert "router, to 2026-04: of 50 listings 20 % rose and 10 % fell" in _plain(drawing.alt)


def test_months_with_a_cut_are_large_dots() -> None:
    drawing = charts.free_limit_months(MONTHS)
    small, large = drawing.figure.axes[0].get_lines()
    assert (len(small.get_xdata()), len(large.get_xdata())) == (3, 1)
    assert large.get_markersize() > small.get_markersize()
    assert "A: 1 of 2; B: 0 of 2" in drawing.alt


def test_every_model_is_a_dot_at_its_factor() -> None:
    rows = pd.DataFrame({"provider": ["A", "A", "B"], "log_change": [0.0, -np.inf, np.log(0.5)]})
    drawing = charts.limit_changes(rows)
    dots = [line for line in drawing.figure.axes[0].get_lines() if line.get_marker() == "o"]
    assert [list(line.get_xdata()) for line in dots] == [[0.5], [0.0, 1.0]]
    assert "A: 2 models, 1 with less than at first" in drawing.alt


def test_the_trend_goes_through_the_prices() -> None:
    days = pd.date_range("2023-01-01", periods=24, freq="MS")
    ratio = 1.1 ** (np.arange(24) / 12) * (1 + 0.002 * np.cos(np.arange(24) * 2.1))
    frame = pd.DataFrame({"month": days.strftime("%Y-%m"), "date": days, "ratio": ratio})
    line = trend.log_linear(frame["date"], frame["ratio"])
    drawing = charts.relative_price(frame, line)
    assert drawing.data["trend"].to_numpy() == pytest.approx(ratio, rel=0.01)
    assert "from 2023-01 to 2024-12" in drawing.alt


def test_chances_are_told_at_both_ends() -> None:
    table = pd.DataFrame(
        {"definition": ["strict"] * 2 + ["lenient"] * 2, "share_found": [0.5, 1.0] * 2,
         "probability": [0.6, 0.4, 0.95, 0.9], "low": 0.1, "high": 0.99}
    )  # fmt: skip
    drawing = charts.chances_by_share(table, 0.95)
    lines = drawing.figure.axes[0].get_lines()
    assert [line.get_color() for line in lines] == [palette.BLUE, palette.VERMILLION]
    words = _plain(drawing.alt)
    assert "strict: 40 % if the list has all events, 60 % if it has 50 %" in words


def test_nothing_to_draw_is_refused() -> None:
    for draw in (charts.free_limit_months, charts.limit_changes):
        with pytest.raises(InputError):
            draw(MONTHS[:0])
    for chart in (charts.steep_shares, charts.chances_by_share):
        with pytest.raises(InputError):
            chart(STEEP[:0], 0.95)
    with pytest.raises(InputError):
        charts.relative_price(STEEP[:0], None)  # type: ignore[arg-type]
