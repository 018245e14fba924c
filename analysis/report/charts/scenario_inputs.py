"""Which input matters: swings of an output, and shares of its variance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.report import numbers, palette
from analysis.report.charts.scenario_panels import WIDTH, capital, present
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import units

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def swings(table: pd.DataFrame, outputs: Sequence[str]) -> Drawing:
    """How far each input moves each output from its 5 to its 95 percent point.

    Args:
        table: as ``needs.swings`` gives it.
        outputs: those to draw, one panel each; absent ones are left out.

    Raises:
        InputError: when none of them is there.
    """
    import matplotlib.pyplot as plt

    names = present(table, outputs)
    counts = [int((table["output"] == name).sum()) for name in names]
    fig, axes = plt.subplots(
        len(names), 1, figsize=(WIDTH, 0.45 * sum(counts) + 0.6 * len(names)), squeeze=False,
        sharex=True, gridspec_kw={"height_ratios": counts},
    )  # fmt: skip
    for ax, name in zip(axes[:, 0], names, strict=True):
        _bars(ax, table[table["output"] == name], name)
    axes[-1, 0].set_xlabel("orders of magnitude to the horizon")
    words = [
        f"{name}: {row['input']}, from {numbers.plain(row['low'])} to {numbers.plain(row['high'])}"
        for name in names
        for row in table[table["output"] == name].head(1).to_dict("records")
    ]
    text = "Bars, the widest on top, of the change in powers of ten; a line at no change."
    shown = table[table["output"].isin(names)].reset_index(drop=True)
    return Drawing(fig, f"{text} The widest of each: {'; '.join(words)}.", shown)


def shares(table: pd.DataFrame, outputs: Sequence[str], level: float) -> Drawing:
    """First-order and total variance shares of each input, with intervals.

    Args:
        table: as ``needs.all_shares`` gives it.
        outputs: those to draw, one panel each; absent ones are left out.
        level: coverage of the intervals.

    Raises:
        InputError: when none of them is there.
    """
    import matplotlib.pyplot as plt

    names = present(table, outputs)
    counts = [int((table["output"] == name).sum()) for name in names]
    fig, axes = plt.subplots(
        len(names), 1, figsize=(WIDTH, 0.5 * sum(counts) + 0.6 * len(names)), squeeze=False,
        sharex=True, gridspec_kw={"height_ratios": counts},
    )  # fmt: skip
    words = []
    for ax, name in zip(axes[:, 0], names, strict=True):
        rows = table[table["output"] == name]
        _dots(ax, rows, name)
        top = rows.iloc[0]
        words.append(f"{name}: {top['input']} with {numbers.share(top['total'])}")
    axes[-1, 0].set_xlim(-0.05, 1.05)
    units(axes[-1, 0].xaxis, "share")
    axes[-1, 0].set_xlabel("share of variance; filled: alone, hollow: total")
    text = f"A filled and a hollow dot an input with lines for the {level:.0%} intervals."
    shown = table[table["output"].isin(names)].reset_index(drop=True)
    return Drawing(fig, f"{text} The largest total share of each: {'; '.join(words)}.", shown)


def _bars(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    places = -np.arange(len(rows))
    ax.barh(
        places, rows["high"] - rows["low"], left=rows["low"], height=0.55, color=palette.BLUE,
        alpha=0.75,
    )  # fmt: skip
    ax.plot(rows["median"], places, "|", color=palette.INK, markersize=12)
    ax.axvline(0, color=palette.VERMILLION, linewidth=1)
    _rows(ax, places, rows, name)


def _dots(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    places = -np.arange(len(rows))
    for share, colour, shift, face in (
        ("first", palette.BLUE, 0.14, palette.BLUE), ("total", palette.VERMILLION, -0.14, "none"),
    ):  # fmt: skip
        ax.hlines(
            places + shift, rows[f"{share}_low"], rows[f"{share}_high"], color=colour, linewidth=1.4
        )
        ax.plot(
            rows[share], places + shift, "o", color=colour, markersize=4.5, markerfacecolor=face
        )
    _rows(ax, places, rows, name)


def _rows(ax: Axes, places: Any, rows: pd.DataFrame, name: str) -> None:
    ax.set_yticks(places, [_short(text) for text in rows["input"]], fontsize=9)
    ax.set_ylim(places[-1] - 0.6, 0.6)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    ax.set_title(capital(name))


def _short(text: str) -> str:
    return "scatter" if text.startswith("scatter") else text.removeprefix("weight of the ")
