"""Figures on the purchase of labs."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.methods.events import kaplan_meier
from analysis.report import figures, palette
from analysis.report.charts import consolidation as charts

TABLE = pd.DataFrame(
    {
        "definition": ["strict", "broad"],
        "months": [24, 24],
        "probability": [0.4, 0.9],
        "low": [0.1, 0.5],
        "high": [0.8, 0.99],
    }
)


def test_curves_start_at_one_and_end_with_follow_up() -> None:
    figures.style()
    curve = kaplan_meier([2, 5, 10, 10], [1, 1, 0, 0])
    drawing = charts.survival({"strict": None, "broad": curve})
    data = drawing.data
    assert list(data["month"]) == [0, 2, 5, 10] and list(data["share"]) == [1, 0.75, 0.5, 0.5]
    assert (
        set(data["definition"]) == {"broad"}
        and "2 of 4 labs, 50\N{NO-BREAK SPACE}% not" in drawing.alt
    )
    plt.close(drawing.figure)


def test_a_curve_without_an_event_stays_at_one() -> None:
    drawing = charts.survival({"strict": kaplan_meier([3, 4], [0, 0])})
    assert list(drawing.data["share"]) == [1, 1] and drawing.data["month"].iloc[-1] == 4
    plt.close(drawing.figure)


def test_chances_have_their_interval_and_are_written() -> None:
    drawing = charts.chances(TABLE, 0.95)
    (ax,) = drawing.figure.axes
    spans = [tuple(line.get_xdata()) for line in ax.get_lines() if line.get_marker() == "None"]
    assert spans == [(0.1, 0.8), (0.5, 0.99)]
    assert [line.get_color() for line in ax.get_lines()][::2] == [palette.BLUE, palette.VERMILLION]
    words = drawing.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert "strict, 24 months: 40 %, from 10 % to 80 %" in words
    plt.close(drawing.figure)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(InputError):
        charts.survival({"strict": None})
    with pytest.raises(InputError):
        charts.chances(TABLE[:0], 0.95)
