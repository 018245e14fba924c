"""Figures on brokers."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.report import palette
from analysis.report.charts import brokerage as charts

DAYS = pd.to_datetime(["2024-01-31", "2024-02-29"])
MONTHS = pd.DataFrame(
    {
        "month": DAYS, "models": [3, 4], "lower_quartile": [1.5, 2.0], "median": [2.0, 3.0],
        "upper_quartile": [4.0, 5.0], "saving": [0.5, 0.2],
    }
)  # fmt: skip
HALVES = pd.DataFrame(
    {
        "half_year": ["2024 H1", "2024 H2"], "model_months": [4, 9],
        "over_cheapest_lower_quartile": [0.5, 0.6], "over_cheapest": [0.9, 1.1],
        "over_cheapest_upper_quartile": [1.2, 1.4], "over_middle": [0.5, 0.7],
    }
)  # fmt: skip
CHANCES = pd.DataFrame(
    {
        "rule": ["strict", "lenient"], "architectures": ["not asked for", "hosts count"],
        "reference_class": ["brokers on record", "independent brokers"],
        "probability": [0.25, 1.0], "low": [0.0, 1.0], "high": [0.9, 1.0],
    }
)  # fmt: skip


def test_dispersion_names_both_lines_and_says_where_they_end() -> None:
    drawing = charts.dispersion(MONTHS)
    (ax,) = drawing.figure.axes
    assert list(ax.get_lines()[0].get_ydata()) == [2.0, 3.0]
    assert list(ax.get_lines()[1].get_ydata()) == pytest.approx([2.0, 1.25])
    assert "2× the cheapest in January 2024 (3 models)" in drawing.alt
    assert "3× in February 2024 (4 models)" in drawing.alt
    plt.close(drawing.figure)


def test_cards_without_two_months_are_left_out() -> None:
    rows = pd.DataFrame(
        {"gpu": ["H100", "H100", "B200"], "month": DAYS.append(DAYS[:1]), "dispersion": [2, 3, 9.0]}
    )
    drawing = charts.cards(rows)
    (ax,) = drawing.figure.axes
    assert len(ax.get_lines()) == 1 and "B200" not in drawing.alt
    assert "H100 from 2× in January 2024 to 3× in February 2024" in drawing.alt
    plt.close(drawing.figure)


def test_router_has_a_mark_for_either_host() -> None:
    drawing = charts.router(HALVES)
    (ax,) = drawing.figure.axes
    marks = [line for line in ax.get_lines() if line.get_marker() in {"o", "s"}]
    assert [list(line.get_ydata()) for line in marks] == [[0.9, 1.1], [0.5, 0.7]]
    assert "in 2024 H2 the router asks 1.1× the cheapest" in drawing.alt
    plt.close(drawing.figure)


def test_chances_are_drawn_by_rule() -> None:
    drawing = charts.chances(CHANCES, 0.95)
    (ax,) = drawing.figure.axes
    dots = [line for line in ax.get_lines() if line.get_marker() == "o"]
    assert [dot.get_color() for dot in dots] == [palette.BLUE, palette.VERMILLION]
    assert "strict: brokers on record: 25" in drawing.alt and "95%" in drawing.alt
    plt.close(drawing.figure)


@pytest.mark.parametrize("draw", [charts.dispersion, charts.router])
def test_nothing_is_not_drawn(draw: object) -> None:
    with pytest.raises(InputError):
        draw(MONTHS[:0])  # type: ignore[operator]


def test_no_card_and_no_chance_are_refused() -> None:
    with pytest.raises(InputError):
        charts.cards(pd.DataFrame({"gpu": [], "month": [], "dispersion": []}))
    with pytest.raises(InputError):
        charts.chances(CHANCES[:0], 0.95)
