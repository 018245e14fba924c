"""Figures and tables of a notebook: one style, a caption, a description and the data behind it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analysis.errors import InputError
from analysis.report import drawing, html_table, palette, svg
from analysis.report.drawing import TALL, WIDE, end_labels, style, units

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = [
    "TALL",
    "WIDE",
    "check_alt",
    "end_labels",
    "figure_html",
    "palette",
    "show",
    "style",
    "table",
    "units",
]
MIN_ALT = 20
MAX_WIDTH = 5.6
_PLACEHOLDERS = re.compile(
    r"no description|placeholder|alt(ernative)? text|lorem ipsum|\btodo\b"
    r"|^(figure|image|plot|chart)\W*\d*$",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.(png|svg|jpe?g|gif|webp|pdf|ipynb|py)\b", re.IGNORECASE)


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
        InputError: no caption, no data, too wide a figure, or an ``alt`` that is short, a
            placeholder, a file name or the caption again.
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
    page = html_table.render(frame, caption=caption, limit=limit, digits=html_table.SHOWN)
    text = frame.head(limit).to_string()
    display({"text/html": f'<div class="reckon">{page}</div>', "text/plain": text}, raw=True)


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
    check_alt(alt, caption)
    _check_data(data)
    figure = getattr(fig, "figure", fig)
    _check_width(figure)
    drawing.write_plainly(figure)
    key = _key(caption, alt, data)
    picture = svg.inline(figure, key=key, title=caption, description=alt)
    names = [sources] if isinstance(sources, str) else list(sources)
    credit = "; ".join(name for name in names if name)
    line = Markup('<p class="sources">Source: {}</p>').format(credit) if credit else Markup("")
    return Markup(
        '<figure class="reckon" id="{}">\n{}\n<figcaption><p>{}</p>{}</figcaption>\n'
        "<details><summary>Data behind this figure ({} rows)</summary>{}</details>\n</figure>"
    ).format(
        key,
        Markup(picture),
        caption,
        line,
        f"{len(data):,}",
        html_table.render(data, caption=f"Data: {caption}"),
    )


def _key(caption: str, alt: str, data: pd.DataFrame) -> str:
    content = "\0".join((caption, alt, data.to_csv()))
    return f"f{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def check_alt(alt: str, caption: str = "") -> None:
    """InputError for a description that tells nobody what a figure shows."""
    _require_text("alt", alt)
    text = alt.strip()
    if len(text) < MIN_ALT:
        raise InputError("alt", f"{text!r} is too short; say what the figure shows")
    if _PLACEHOLDERS.search(text) or _FILE_NAME.search(text):
        raise InputError("alt", f"{text!r} is a placeholder; say what the figure shows")
    if text == caption.strip():
        raise InputError("alt", "repeats the caption; say what is seen, not what it means")


def _check_width(fig: Figure) -> None:
    width = fig.get_figwidth()
    if width > MAX_WIDTH:
        rule = f"is {width:.1f} inches wide, too wide to read on a phone; at most {MAX_WIDTH}"
        raise InputError("fig", f"{rule} (figures.WIDE is {WIDE})")


def _check_data(data: Any) -> None:
    if not hasattr(data, "columns") or not len(data):
        raise InputError("data", "must be a DataFrame with the plotted data, at least one row")


def _require_text(argument: str, text: Any) -> None:
    if not isinstance(text, str) or not text.strip():
        raise InputError(argument, "must be a text that is not empty")
