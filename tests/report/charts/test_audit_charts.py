"""Figures of the article audit."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from analysis.report import figures, palette
from analysis.report.charts import audit as audit_charts

DATA = pd.DataFrame(
    {
        "cell": ["compute"] * 3 + ["video"] * 2,
        "published": ["other", "own", "far", "a", "b"],
        "value": [1.0, 4.0, 60.0, 3.0, 9.0],
        "times_stated": [1.02, 4.0, 60.0, 0.2, 0.6],
        "grade": ["A", "A", "B", "B", "B"],
        "own_model": [False, True, False, False, False],
        "stated_low": [1.0, 1.0, 1.0, 0.5, 0.5],
        "stated_high": [1.0, 1.0, 1.0, 2.0, 2.0],
    }
)
AGES = pd.DataFrame(
    {
        "thing": ["old", "new"],
        "day": ["2022-09-20", "2024-11-15"],
        "kind": ["release", "announcement"],
        "months": [43, 17],
    }
)


def test_points_lie_at_their_multiple_and_show_model_and_grade() -> None:
    figures.style()
    fig = audit_charts.stated_and_published(DATA)
    (ax,) = fig.axes
    marks = [line for line in ax.get_lines() if line.get_marker() == "o" and len(line.get_xdata())]
    found = [(line.get_xdata()[0], line.get_color(), line.get_markerfacecolor()) for line in marks]
    assert found[1] == (4.0, palette.VERMILLION, palette.VERMILLION)
    assert found[2] == (60.0, palette.BLUE, palette.PAPER)
    assert len(found) == len(DATA) and ax.get_xscale() == "log"
    texts = {text.get_text() for text in ax.texts}
    assert {"compute", "video", "other", "own"} <= texts and "far" not in texts
    plt.close(fig)


def test_only_a_range_has_a_bar() -> None:
    fig = audit_charts.stated_and_published(DATA)
    bars = [line for line in fig.axes[0].get_lines() if line.get_linewidth() == 9]
    assert [tuple(bar.get_xdata()) for bar in bars] == [(0.5, 2.0)]
    plt.close(fig)


def test_ages_are_written_and_announcements_are_hollow() -> None:
    fig = audit_charts.ages(AGES, "2026-04-30")
    (ax,) = fig.axes
    assert [text.get_text() for text in ax.texts] == ["43", "17"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["old", "new"]
    marks = [line for line in ax.get_lines() if line.get_marker() == "o"]
    assert [mark.get_markerfacecolor() for mark in marks] == [palette.BLUE, palette.PAPER]
    plt.close(fig)
