"""Figures on concentration."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.report import figures
from analysis.report.charts import concentration as charts

MONTHS = pd.date_range("2025-03-31", periods=3, freq="QE")


@pytest.fixture(autouse=True)
def _style() -> None:
    figures.style()


def test_clouds_show_each_share_and_the_index() -> None:
    wide = pd.DataFrame({"amazon": [32.0, 31, 30], "microsoft": 20.0, "google": 10.0}, MONTHS)
    drawing = charts.clouds(wide, (wide**2).sum(axis=1))
    top, low = drawing.figure.axes
    assert len(top.get_lines()) == 3 and len(low.get_lines()) == 1
    assert "Amazon from 32 to 30 percent" in drawing.alt and "1,524 to 1,400" in drawing.alt
    assert list(drawing.data["herfindahl"]) == [1524, 1461, 1400]
    plt.close(drawing.figure)


def test_trainers_name_the_most_and_the_last() -> None:
    counts = pd.DataFrame(
        {
            "date": MONTHS,
            "organisations": [3, 7, 2],
            "low": [1.0, 2, 1],
            "high": [5.0, 9, 8],
            "largest": ["a", "b", "Grok"],
        }
    )
    drawing = charts.trainers(counts, (3, 5))
    assert "Most: 7 in June 2025" in drawing.alt and "from 1 to 8" in drawing.alt
    assert "Grok" in drawing.alt and len(drawing.data) == 3
    plt.close(drawing.figure)


def test_newcomers_have_a_bar_a_year() -> None:
    table = pd.DataFrame({"year": [2024, 2025], "1e24": [16, 7]})
    drawing = charts.newcomers(table)
    (ax,) = drawing.figure.axes
    assert [bar.get_height() for bar in ax.patches] == [16, 7]
    assert "10²⁴ FLOP" in ax.get_title(loc="left") and "2025: 7" in drawing.alt
    plt.close(drawing.figure)
    with pytest.raises(InputError):
        charts.newcomers(table.assign(**{"1e24": 0}))


def test_lags_leave_out_what_is_missing() -> None:
    frame = pd.DataFrame({"month": MONTHS, "model": "m", "months_behind": [2.0, 4.0, 6.0]})
    drawing = charts.lags({"open weights": frame, "cheap": None})
    (ax,) = drawing.figure.axes
    assert len(ax.get_lines()) == 1 and set(drawing.data["group"]) == {"open weights"}
    assert "open weights: 6 in September 2025, on average 4" in drawing.alt
    plt.close(drawing.figure)
    with pytest.raises(InputError):
        charts.lags({"cheap": None})


def test_tokens_tell_both_shares() -> None:
    shares = pd.DataFrame({"month": MONTHS, "largest": [0.5, 0.4, 0.3], "open_weights": 0.25})
    drawing = charts.tokens(shares)
    assert "largest developer 50\N{NO-BREAK SPACE}% in March 2025" in drawing.alt
    plt.close(drawing.figure)
