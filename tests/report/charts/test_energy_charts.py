"""Figures on the energy of AI."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis.economics.energy.published import Range
from analysis.economics.energy.share import TERMS, Shares
from analysis.errors import InputError
from analysis.report import figures, palette
from analysis.report.charts import energy as charts


def test_a_published_prompt_is_a_dot_and_a_built_one_a_range() -> None:
    figures.style()
    known = pd.DataFrame({"what": ["text prompt, A"], "publisher": ["P"], "wh": [0.3]})
    built = pd.DataFrame({"query": ["chat"], "model": ["m"], "wh_low": [0.1], "wh_high": [2.0]})
    drawing = charts.prompts(known, built)
    assert list(drawing.data["low_wh"]) == [0.3, 0.1]
    assert "A (P) 0.3" in drawing.alt and "chat, m 0.10 to 2.00" in drawing.alt
    (ax,) = drawing.figure.axes
    colours = [line.get_color() for line in ax.get_lines()]
    assert colours == [palette.VERMILLION] * 2 + [palette.BLUE] * 2
    plt.close(drawing.figure)
    alone = charts.prompts(known, None)
    assert len(alone.data) == 1
    plt.close(alone.figure)


def test_the_distribution_adds_up_and_names_the_part_above() -> None:
    span = Range(0.0, 0.5, 1.0)
    shares = Shares(np.linspace(0, 0.02, 2001), dict.fromkeys(TERMS, span), 0.95)
    drawing = charts.distribution(shares, 0.01)
    assert drawing.data["part_of_draws"].sum() == pytest.approx(1)
    assert "50\N{NO-BREAK SPACE}% of the draws reach 1\N{NO-BREAK SPACE}%" in drawing.alt
    plt.close(drawing.figure)


def test_bars_run_from_end_to_end_in_either_order() -> None:
    table = pd.DataFrame(
        {"term": ["a", "b"], "share_at_low": [0.01, 0.03], "share_at_high": [0.05, 0.02]}
    )
    drawing = charts.one_at_a_time(table, 0.025)
    (ax,) = drawing.figure.axes
    ends = [tuple(line.get_xdata()) for line in ax.get_lines()[:2]]
    assert ends == [(0.01, 0.05), (0.02, 0.03)]
    plt.close(drawing.figure)


def test_acts_are_marked_by_subject_and_label() -> None:
    timeline = pd.DataFrame(
        {
            "day": ["2024-01-01", "2026-06-01"],
            "act": ["A law (long)", "A bill"],
            "subject": ["data centres", "AI models"],
            "names_a_label": ["no", "yes"],
            "when": ["before", "after the article"],
        }
    )
    drawing = charts.acts(timeline)
    (ax,) = drawing.figure.axes
    assert [line.get_marker() for line in ax.get_lines()] == ["o", "s"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["A law", "A bill"]
    assert "2 acts by day, 1 of them naming a label, 1 from before" in drawing.alt
    plt.close(drawing.figure)
    with pytest.raises(InputError):
        charts.acts(timeline.iloc[:0])
