"""Figures of the article audit: stated against published numbers, and the age of what is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.report import figures, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.economics.audit.market import Age

ROOM = 0.34
"""Distance of a row's label from its points, in rows."""


def stated_and_published(data: pd.DataFrame) -> Figure:
    """Each cell of table 1 as a row; each published figure as a multiple of the stated number.

    Args:
        data: as ``audit_cells.figure_data`` gives it.
    """
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=figures.TALL)
    cells = list(dict.fromkeys(data["cell"]))
    for place, cell in enumerate(cells):
        _row(ax, -place, cell, data[data["cell"] == cell])
    ax.axvline(1, color=palette.INK, linewidth=0.8)
    ax.set(xscale="log", ylim=(0.75 - len(cells), 0.8), yticks=[])
    ax.set_title("published figure, as a multiple of the stated number")
    figures.units(ax.xaxis, "times")
    ax.grid(axis="x")
    _legend(ax)
    return fig


def _row(ax: Axes, y: float, cell: str, data: pd.DataFrame) -> None:
    low, high = data["stated_low"].iloc[0], data["stated_high"].iloc[0]
    if low < high:
        ax.plot([low, high], [y, y], color=palette.GREY, linewidth=9, alpha=0.35, zorder=1)
    ax.annotate(cell, (0, y + ROOM), xycoords=("axes fraction", "data"), va="center")
    for x, own, grade in zip(data["times_stated"], data["own_model"], data["grade"], strict=True):
        _mark(ax, x, y, _color(own), filled=grade == "A")
    if low == high:
        _name_points(ax, y, data)


def _name_points(ax: Axes, y: float, data: pd.DataFrame) -> None:
    """Names the nearest figure, and the latest one of the row's own model if that is another."""
    distance = data["times_stated"].map(lambda x: max(x, 1 / x))
    nearest = data[distance == distance.min()].iloc[:1]
    own = data[data["own_model"]].iloc[-1:]
    both = nearest.index[0] != own.index[0]
    for rows, side in [(nearest, "right" if both else "center"), (own, "left")][: 1 + both]:
        point = (rows["times_stated"].iloc[0], y)
        shift = {"right": -4, "left": -5, "center": 0}[side]
        ax.annotate(
            rows["published"].iloc[0], point, (shift, -12), textcoords="offset points", ha=side,
            va="center", fontsize=9, color=_color(rows["own_model"].iloc[0]),
        )  # fmt: skip


def _color(own: bool) -> str:
    return palette.VERMILLION if own else palette.BLUE


def _mark(ax: Axes, x: float, y: float, color: str, *, filled: bool) -> None:
    face = color if filled else palette.PAPER
    ax.plot(x, y, "o", markersize=6, color=color, markerfacecolor=face, markeredgewidth=1.4)


def _legend(ax: Axes) -> None:
    entries = (
        ("the row's own model", palette.VERMILLION, palette.VERMILLION),
        ("another model", palette.BLUE, palette.BLUE),
        ("hollow: grade B", palette.INK, palette.PAPER),
    )
    marks = [
        ax.plot([], [], "o", color=edge, markerfacecolor=face, markeredgewidth=1.4, label=label)[0]
        for label, edge, face in entries
    ]
    ax.legend(
        handles=marks, loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=3, fontsize=9,
        handletextpad=0.1, columnspacing=1.0,
    )  # fmt: skip


def ages_table(ages: Sequence[Age]) -> pd.DataFrame:
    """The dated things, oldest first: day, what happened that day, months to the article."""
    return pd.DataFrame(
        [
            {
                "thing": age.thing,
                "day": age.fact.day.isoformat(),
                "kind": age.fact.topic,
                "months": age.months,
                "grade": age.fact.grade,
                "source": age.fact.cited,
            }
            for age in ages
        ]
    )


def ages(data: pd.DataFrame, article: str) -> Figure:
    """A line for each thing from its day to the day of the article, with its months.

    Args:
        data: as ``ages_table`` gives it.
        article: ISO date of the article.
    """
    import matplotlib.pyplot as plt
    from matplotlib.dates import date2num

    fig, ax = plt.subplots(figsize=figures.WIDE)
    days, end = date2num(pd.to_datetime(data["day"])), date2num(pd.Timestamp(article))
    places = range(len(data), 0, -1)
    ax.hlines(list(places), days, end, color=palette.GREY, linewidth=1.4)
    for place, day, kind, count in zip(places, days, data["kind"], data["months"], strict=True):
        _mark(ax, day, place, palette.BLUE, filled=kind == "release")
        ax.annotate(
            f"{count}", (end, place), (6, 0), textcoords="offset points", va="center",
            annotation_clip=False,
        )  # fmt: skip
    ax.axvline(end, color=palette.INK, linewidth=0.8)
    ax.xaxis_date()
    ax.set_yticks(list(places), data["thing"])
    ax.set_title("first day, and months to the article")
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    return fig
