"""Specification curves as figures and as a table."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pytest

from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse
from analysis.report import figures
from analysis.report.charts.specification import overview, specification_curve


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.style()
    yield
    plt.close("all")


def curve() -> Multiverse:
    """2^size times a little for shade; only one choice of weight."""
    axes = {"size": [0, 1, 2], "shade": ["light", "dark"], "weight": ["even"]}

    def estimate(size: int, shade: str, weight: str) -> tuple[float, float, float]:
        value = 2.0**size * (1.1 if shade == "dark" else 1.0)
        return value, value / 2, value * 2

    return multiverse.run(axes, estimate)


def test_estimates_are_drawn_in_order_with_the_choices_below() -> None:
    drawing = specification_curve(curve(), threshold=1.5, unit="factor per year", title="Growth")
    top, low = drawing.figure.axes
    dots = next(line for line in top.get_lines() if line.get_marker() == ".")
    assert list(np.asarray(dots.get_ydata(), dtype=float)) == sorted(drawing.data["estimate"])
    rows = [label.get_text() for label in low.get_yticklabels()]
    assert rows[:3] == ["size: 0", "size: 1", "size: 2"]
    assert set(rows[3:]) == {"shade: light", "shade: dark"}


def test_neighbours_that_share_a_choice_are_one_bar() -> None:
    drawing = specification_curve(curve(), threshold=1.5, unit="factor per year", title="Growth")
    bars = drawing.figure.axes[1].get_lines()
    x = [np.asarray(line.get_xdata(), dtype=float) for line in bars]
    assert [list(row[~np.isnan(row)]) for row in x[:3]] == [[-0.4, 1.4], [1.6, 3.4], [3.6, 5.4]]
    assert [int(np.isnan(row).sum()) for row in x[3:]] == [3, 3]


def test_a_curve_of_a_thousand_stays_light() -> None:
    axes = {"a": list(range(8)), "b": list(range(8)), "c": list(range(16))}
    many = multiverse.run(
        axes, lambda a, b, c: (1 + (a * 8 + b) * 16 + c, 0.5 + c, 2000 + a + 8 * b + 64 * c)
    )
    drawing = specification_curve(many, threshold=9.0, unit="", title="Change", log=False)
    text = str(
        figures.figure_html(drawing.figure, caption="All", alt=drawing.alt, data=drawing.data)
    )
    picture = text[text.index("<svg") : text.index("</svg>")]
    assert many.n == 1024 and len(picture) < 180_000


def test_words_say_range_share_and_what_moves_it() -> None:
    drawing = specification_curve(curve(), threshold=1.5, unit="factor per year", title="Growth")
    assert "from 1× a year to 4.4× a year" in drawing.alt
    assert "66.7\u00a0% lie above 1.5× a year" in drawing.alt
    assert "choice of size moves" in drawing.alt
    assert list(drawing.data.columns) == ["estimate", "low", "high", "size", "shade", "weight"]
    text = figures.figure_html(
        drawing.figure, caption="Growth under all choices", alt=drawing.alt, data=drawing.data
    )
    assert "<svg" in str(text)


def test_changes_of_either_sign_have_a_linear_axis() -> None:
    signed = multiverse.run({"value": [-1, 0, 1, 2]}, lambda value: (value, value - 1, value + 1))
    drawing = specification_curve(signed, threshold=0.0, unit="", title="Change", log=False)
    assert drawing.figure.axes[0].get_yscale() == "linear"


def test_overview_has_a_row_for_each_curve_there_is() -> None:
    table = overview({"growth": (curve(), 1.5), "absent": (None, 1.0)})
    assert list(table["question"]) == ["growth"]
    row = table.iloc[0]
    assert (row["specifications"], row["smallest"], row["largest"]) == (6, 1.0, 4.4)
    assert row["share_above"] == pytest.approx(4 / 6)
    assert row["moved_most_by"] == "size"
