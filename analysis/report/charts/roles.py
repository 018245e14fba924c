"""Figures on the firms of Table 2: growth by class, and tokens of open and small models."""

from __future__ import annotations

import pandas as pd

from analysis.economics.roles.firms import CAPACITY, HARDWARE, INTEGRATED, MODELS
from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import WIDE, units

COLOURS = {
    INTEGRATED: palette.BLUE,
    HARDWARE: palette.GREEN,
    CAPACITY: palette.GOLD,
    MODELS: palette.VERMILLION,
}
OPEN_ALONE, WITH_SMALL = "open", "open or small"
ROOM = 6.0
"""Of the largest factor, so that the classes can be named at the right."""
LINES = {OPEN_ALONE: palette.BLUE, WITH_SMALL: palette.VERMILLION}


def growth(table: pd.DataFrame) -> Drawing:
    """Revenue over that of the year before, a dot a firm, coloured by class, medians as bars.

    Args:
        table: as ``revenue.both`` gives it.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    if table.empty:
        raise InputError("table", "has no firm")
    rows = table.assign(order=table["kind"].map(list(COLOURS).index))
    rows = rows.sort_values(["order", "factor"], ignore_index=True)
    fig, ax = plt.subplots(figsize=(WIDE[0], 0.27 * len(rows) + 0.9))
    for kind, part in rows.groupby("kind", sort=False):
        colour, middle = COLOURS[str(kind)], part["factor"].median()
        ax.plot(part["factor"], -part.index, "o", color=colour)
        ends = [-part.index.max() - 0.4, -part.index.min() + 0.4]
        ax.plot([middle, middle], ends, color=colour, linewidth=1.2)
        ax.annotate(
            f"{kind}, median {numbers.quantity(middle, 'ratio')}", (1, -part.index.min()), (-2, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points", ha="right",
            va="center", color=colour, fontsize=9,
        )  # fmt: skip
    ax.set_yticks(-rows.index, rows["firm"])
    ax.set_xscale("log")
    ax.set_xlim(0.9, rows["factor"].max() * ROOM)
    ticks = [tick for tick in (1, 2, 5, 10, 20) if tick <= rows["factor"].max() * 1.2]
    ax.set_xticks(ticks)
    units(ax.xaxis, "ratio")
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    ax.set_title("Revenue over that of the year before, log scale")
    pairs = zip(rows["firm"], rows["factor"], strict=True)
    words = "; ".join(f"{firm} {numbers.quantity(factor, 'ratio')}" for firm, factor in pairs)
    return Drawing(fig, f"One dot a firm, in four classes: {words}.", rows.drop(columns="order"))


def shares(alone: pd.DataFrame, with_small: pd.DataFrame, line: float) -> Drawing:
    """Monthly token shares, with the band that the models not looked up leave open.

    Args:
        alone: of open models, as ``usage.bounds`` gives them.
        with_small: of open or small models.
        line: the share that decides.

    Raises:
        InputError: when there is no month.
    """
    import matplotlib.pyplot as plt

    if alone.empty or with_small.empty:
        raise InputError("shares", "have no month")
    bounds = {OPEN_ALONE: alone, WITH_SMALL: with_small}
    fig, ax = plt.subplots(figsize=WIDE)
    parts = []
    for kind, frame in bounds.items():
        days = pd.PeriodIndex(frame["month"], freq="M").to_timestamp()
        ax.fill_between(
            days, frame["low"], frame["high"], color=LINES[kind], alpha=0.18, linewidth=0
        )
        ax.plot(days, frame["share"], "o-", color=LINES[kind], label=kind)
        first, last = frame.iloc[0], frame.iloc[-1]
        parts.append(
            f"{kind} from {numbers.share(first['share'])} in {first['month']} to"
            f" {numbers.share(last['share'])} in {last['month']}"
        )
    ax.axhline(line, color=palette.GREY, linewidth=1, linestyle="--")
    ax.set_ylim(0, 1)
    units(ax.yaxis, "share")
    ax.set_title("Share of the tokens of the fifteen most used models")
    ax.legend(loc="upper left", ncols=2)
    data = pd.concat([frame.assign(counts_as=kind) for kind, frame in bounds.items()])
    words = f"Two lines with bands over months, and a dashed line at {numbers.share(line)}: "
    return Drawing(fig, words + "; ".join(parts) + ".", data.reset_index(drop=True))
