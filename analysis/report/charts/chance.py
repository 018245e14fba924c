"""Probabilities as dots on one scale, each with a line for its interval."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import WIDE, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[Hashable, Any]
STRICT, OTHER = palette.BLUE, palette.VERMILLION


def chances(
    table: pd.DataFrame,
    kind: str,
    label: Callable[[Row], str],
    *,
    title: str,
    words: str,
    height: float,
    size: float = 10,
) -> Drawing:
    """A dot a row, with a line for its interval, in the colour of its ``kind``.

    Args:
        table: rows with ``probability``, ``low`` and ``high``.
        kind: the column that says ``strict`` or another reading of a rule.
        label: what a row is, beside its dot.
        title: what the scale measures.
        words: the description, before what each row says.
        height: of the figure, in inches.
        size: of the labels, in points.

    Raises:
        InputError: when the table is empty.
    """
    import matplotlib.pyplot as plt

    if table.empty:
        raise InputError("table", "has no row")
    fig, ax = plt.subplots(figsize=(WIDE[0], height))
    rows, places = table.to_dict("records"), range(len(table), 0, -1)
    for place, row in zip(places, rows, strict=True):
        _chance(ax, place, row, STRICT if row[kind] == "strict" else OTHER)
    ax.set_yticks(list(places), [label(row) for row in rows], fontsize=size)
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(0.4, len(rows) + 0.7)
    units(ax.xaxis, "share")
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    ax.set_title(title)
    said = "; ".join(f"{label(row)}: {_said(row)}".replace("\n", " ") for row in rows)
    return Drawing(fig, f"{words} {said}.", table)


def _chance(ax: Axes, place: int, row: Row, colour: str) -> None:
    ax.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=1.6)
    ax.plot(row["probability"], place, "o", color=colour, markersize=6)
    ax.annotate(
        numbers.share(row["probability"]), (row["probability"], place), (0, 6),
        textcoords="offset points", ha="right" if row["probability"] > 0.95 else "center",
        fontsize=9, color=colour,
    )  # fmt: skip


def _said(row: Row) -> str:
    chance, low, high = (numbers.share(row[name]) for name in ("probability", "low", "high"))
    return f"{chance}, from {low} to {high}"
