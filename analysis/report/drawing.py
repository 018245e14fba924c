"""How figures are drawn: one style, labels at the lines, ticks that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.report import numbers, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

WIDE = (5.0, 3.3)
TALL = (5.0, 4.6)
_RC: dict[str, Any] = {
    "figure.figsize": WIDE,
    "figure.dpi": 110,
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "text.color": palette.INK,
    "axes.facecolor": "none",
    "axes.edgecolor": palette.INK,
    "axes.linewidth": 0.8,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titlecolor": palette.INK,
    "axes.titlepad": 9,
    "axes.labelsize": 10,
    "axes.labelcolor": palette.INK,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": palette.INK,
    "grid.alpha": 0.15,
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.5,
    "xtick.color": palette.INK,
    "ytick.color": palette.INK,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "xtick.major.size": 3,
    "xtick.minor.size": 0,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "svg.fonttype": "none",
}


def style() -> None:
    """Sets matplotlib's defaults: thin grid, no box, colours that every eye can tell apart.

    Sizes fit a page of 360 px, where a figure of ``WIDE`` is drawn one to one; the axes' title,
    left, is the place for what the vertical axis measures, with its unit.
    """
    import matplotlib as mpl
    from cycler import cycler

    spines = {f"axes.spines.{side}": False for side in ("top", "right", "left")}
    settings: Any = _RC | spines | {"axes.prop_cycle": cycler(color=palette.SERIES)}
    mpl.rcParams.update(settings)


def units(axis: Axis, unit: str) -> None:
    """Writes an axis in a unit: ``$1M``, ``25%``, ``2×`` (see ``numbers.tick``)."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: numbers.tick(value, unit)))
    axis.set_minor_formatter(NullFormatter())


def end_labels(ax: Axes, *, gap: float = 6.0) -> None:
    """Names each labelled line at its right end, in its colour, instead of a legend.

    ``gap`` is the distance in points; labels that would overlap are moved apart upwards.
    """
    ax.get_xlim(), ax.get_ylim()  # brings the transformation up to date
    lines = [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]
    ends = [tuple(np.asarray(line.get_xydata(), dtype=float)[-1]) for line in lines]
    heights = [ax.transData.transform(end)[1] for end in ends]
    room = 1.15 * ax.figure.dpi / 72 * _RC["font.size"]
    lowest = -float("inf")
    for place in sorted(range(len(ends)), key=heights.__getitem__):
        line = lines[place]
        lowest = max(heights[place], lowest + room)
        offset = (gap, (lowest - heights[place]) * 72 / ax.figure.dpi)
        ax.annotate(
            str(line.get_label()),
            ends[place],
            offset,
            textcoords="offset points",
            va="center",
            color=line.get_color(),
            annotation_clip=False,
        )


def write_plainly(fig: Figure) -> None:
    """Dollars become dollars, not formulas; powers of ten are written out; dates leave room."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.text import Text
    from matplotlib.ticker import FuncFormatter, LogFormatter, LogLocator

    for text in fig.findobj(Text):
        if not re.search(r"[\\^_]", text.get_text()):
            text.set_parse_math(False)
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if isinstance(axis.get_major_formatter(), LogFormatter):
                axis.set_major_formatter(FuncFormatter(lambda value, _: numbers.tick(value)))
            low, high = sorted(axis.get_view_interval())
            if isinstance(axis.get_major_locator(), LogLocator) and high < 300 * low:
                axis.set_major_locator(LogLocator(subs=(1, 3)))
            if isinstance(axis.get_major_locator(), AutoDateLocator):
                axis.set_major_locator(few := AutoDateLocator(minticks=3, maxticks=6))
                axis.set_major_formatter(ConciseDateFormatter(few, show_offset=False))
