"""The figure of the predictions: a dot and its interval for each, beside the article's "will"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from analysis.claims.forecast_card import chance
from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import WIDE, units
from analysis.report.predictions_board import Row, span, written

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"strict": palette.BLUE, "lenient": palette.VERMILLION}


def forecasts(rows: Sequence[Row]) -> Drawing:
    """A dot and its interval for every reading, beside the span of the article's "will".

    Raises:
        InputError: when no prediction has a probability.
    """
    import matplotlib.pyplot as plt

    if all(row["probability"] is None for row in rows):
        raise InputError("rows", "have no probability")
    fig, ax = plt.subplots(figsize=(WIDE[0], 1.0 + 0.36 * len(rows)))
    places = range(len(rows), 0, -1)
    low, high = _will(rows)
    ax.axvspan(low, high, color=palette.GREY, alpha=0.2, linewidth=0)
    ax.annotate(
        "“will”", ((low + high) / 2, len(rows) + 0.62), ha="center", va="center", fontsize=9,
        color=palette.INK,
    )  # fmt: skip
    for place, row in zip(places, rows, strict=True):
        _dot(ax, place, row)
    ax.set_yticks(list(places), [_label(row) for row in rows])
    ax.set_xlim(0, 1)
    ax.set_ylim(0.4, len(rows) + 0.9)
    units(ax.xaxis, "share")
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    ax.set_title("Chance that it comes true")
    return Drawing(fig, _words(rows), _data(rows))


def _dot(ax: Axes, place: int, row: Row) -> None:
    if row["base_rate"] is not None:
        ax.plot(row["base_rate"], place, "|", color=palette.MUTED, markersize=11)
    if row["probability"] is None:
        ax.annotate("no probability", (0.02, place), va="center", fontsize=9, color=palette.MUTED)
        return
    colour = COLOURS[row["rule"]]
    ax.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=1.6)
    ax.plot(row["probability"], place, "o", color=colour, markersize=6, clip_on=False)
    ax.annotate(
        chance(row["probability"]), (row["probability"], place), (0, 6),
        textcoords="offset points", ha="center", fontsize=9, color=palette.INK,
    )  # fmt: skip


def _words(rows: Sequence[Row]) -> str:
    low, high = _will(rows)
    parts = [
        f"{_label(row)}: {written(row['probability'])}, from {span(row)}"
        for row in rows
        if row["probability"] is not None
    ]
    without = [_label(row) for row in rows if row["probability"] is None]
    tail = f" No probability: {'; '.join(without)}." if without else ""
    return (
        "A dot a prediction, rule and end of its window, with a line for its interval, and a tick"
        f" for the base rate where one was frozen. A grey band from {chance(low)} to"
        f" {chance(high)} stands for readings of “will”. {'; '.join(parts)}.{tail}"
    )


def _data(rows: Sequence[Row]) -> pd.DataFrame:
    names = ["id", "rule", "window_end", "probability", "low", "high", "level", "base_rate"]
    return pd.DataFrame([{name: row[name] for name in names} for row in rows])


def _will(rows: Sequence[Row]) -> tuple[float, float]:
    stated = [one["probability"] for row in rows for one in row["article"]]
    return min(stated), max(stated)


def _label(row: Row) -> str:
    end = date.fromisoformat(row["window_end"])
    return f"{row['id']} {row['rule']}, {numbers.MONTHS[end.month - 1][:3]} {end.year}"
