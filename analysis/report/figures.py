"""Figures and tables of a notebook: one style, a caption, a description and the data behind it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analysis.errors import InputError
from analysis.report import html_table, numbers, palette, svg

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

WIDE = (5.0, 3.3)
TALL = (5.0, 4.6)
MIN_ALT = 20
_PLACEHOLDERS = re.compile(
    r"no description|placeholder|alt(ernative)? text|lorem ipsum|\btodo\b|^(figure|image|plot|chart)\W*\d*$",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.(png|svg|jpe?g|gif|webp|pdf|ipynb|py)\b", re.IGNORECASE)


def style() -> None:
    """Sets matplotlib's defaults: thin grid, no box, colours that every eye can tell apart.

    Sizes fit a page of 360 px, where a figure of ``WIDE`` is drawn one to one; the axes' title,
    left, is the place for what the vertical axis measures, with its unit.
    """
    import matplotlib as mpl

    quiet_spines = {f"axes.spines.{side}": False for side in ("top", "right", "left")}
    mpl.rcParams.update(_RC | quiet_spines | {"axes.prop_cycle": mpl.cycler(color=palette.SERIES)})


def show(
    fig: Figure,
    *,
    caption: str,
    alt: str,
    data: pd.DataFrame,
    sources: str | Sequence[str] = "",
) -> None:
    """Displays a figure with caption, description, sources and the plotted data, and closes it.

    Args:
        fig: the figure (or a seaborn grid).
        caption: what the reader should see in it, one or two sentences.
        alt: what it shows, for those who do not see it: axes, ranges, the main finding.
        data: the plotted numbers, units in the column names.
        sources: who published them.

    Raises:
        InputError: no caption, no data, or ``alt`` is short, a placeholder or a file name.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    page = figure_html(fig, caption=caption, alt=alt, data=data, sources=sources)
    plt.close(getattr(fig, "figure", fig))
    display({"text/html": str(page), "text/plain": alt}, raw=True)


def table(frame: pd.DataFrame, *, caption: str, limit: int = html_table.LIMIT) -> None:
    """Displays ``frame`` as a table with a caption; long ones are cut with a note."""
    from IPython.display import display

    _require_text("caption", caption)
    page = html_table.render(frame, caption=caption, limit=limit)
    text = frame.head(limit).to_string()
    display({"text/html": f'<div class="reckon">{page}</div>', "text/plain": text}, raw=True)


def units(axis: Axis, unit: str) -> None:
    """Writes an axis in a unit: ``$1M``, ``25%``, ``2×`` (see ``numbers.tick``)."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: numbers.tick(value, unit)))
    axis.set_minor_formatter(NullFormatter())


def end_labels(ax: Axes, *, gap: float = 6.0) -> None:
    """Names each labelled line at its right end, in its colour, instead of a legend.

    ``gap`` is the distance in points; labels that would overlap are moved apart upwards.
    """
    lines = [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]
    ends = [tuple(line.get_xydata()[-1]) for line in lines]
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


def figure_html(
    fig: Figure,
    *,
    caption: str,
    alt: str,
    data: pd.DataFrame,
    sources: str | Sequence[str] = "",
) -> Markup:
    """What ``show`` displays: one ``<figure class="reckon">``, the same bytes every time."""
    _require_text("caption", caption)
    _check_alt(alt, caption)
    _check_data(data)
    figure = getattr(fig, "figure", fig)
    _write_plainly(figure)
    key = _key(caption, alt, data)
    drawing = svg.inline(figure, key=key, title=caption, description=alt)
    names = [sources] if isinstance(sources, str) else list(sources)
    credit = "; ".join(name for name in names if name)
    line = Markup('<p class="sources">Source: {}</p>').format(credit) if credit else Markup("")
    return Markup(
        '<figure class="reckon" id="{}">\n{}\n<figcaption><p>{}</p>{}</figcaption>\n'
        "<details><summary>Data behind this figure ({} rows)</summary>{}</details>\n</figure>"
    ).format(
        key,
        Markup(drawing),
        caption,
        line,
        f"{len(data):,}",
        html_table.render(data, caption=f"Data: {caption}"),
    )


def _write_plainly(fig: Figure) -> None:
    """Dollars are dollars, not formulas, and powers of ten are written out."""
    from matplotlib.text import Text
    from matplotlib.ticker import FuncFormatter, LogFormatter

    for text in fig.findobj(Text):
        if not re.search(r"[\\^_]", text.get_text()):
            text.set_parse_math(False)
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            usual = axis.get_major_formatter()
            if isinstance(usual, LogFormatter):
                axis.set_major_formatter(FuncFormatter(lambda value, _: numbers.tick(value)))


def _key(caption: str, alt: str, data: pd.DataFrame) -> str:
    content = "\0".join((caption, alt, data.to_csv()))
    return f"f{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _check_alt(alt: str, caption: str) -> None:
    _require_text("alt", alt)
    text = alt.strip()
    if len(text) < MIN_ALT:
        raise InputError("alt", f"{text!r} is too short; say what the figure shows")
    if _PLACEHOLDERS.search(text) or _FILE_NAME.search(text):
        raise InputError("alt", f"{text!r} is a placeholder; say what the figure shows")
    if text == caption.strip():
        raise InputError("alt", "repeats the caption; say what is seen, not what it means")


def _check_data(data: Any) -> None:
    if not hasattr(data, "columns") or not len(data):
        raise InputError("data", "must be a DataFrame with the plotted data, at least one row")


def _require_text(argument: str, text: Any) -> None:
    if not isinstance(text, str) or not text.strip():
        raise InputError(argument, "must be a text that is not empty")


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
