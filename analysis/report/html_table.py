"""A data frame as a table that a screen reader can walk: caption, header cells, units kept."""

from __future__ import annotations

import numbers as number_types
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analysis.report import numbers

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 6  # of data to take away
SHOWN = 4  # of a table to read
LIMIT = 400
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
LONG = 60  # characters that make a column of texts wider than a word


def render(
    frame: pd.DataFrame, *, caption: str, limit: int = LIMIT, digits: int = DIGITS
) -> Markup:
    """``frame`` as HTML; the first column (or a named index) heads the rows.

    Args:
        frame: what to show; every text is escaped.
        caption: what the table holds.
        limit: rows shown at most; a note says how many there are.
        digits: significant digits of numbers that are not whole.
    """
    flat = frame.reset_index() if frame.index.name or frame.index.nlevels > 1 else frame
    wide = [_is_numeric(flat.iloc[:, place]) for place in range(flat.shape[1])]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_class(_kind(flat.iloc[:limit, place])), title)
        for place, title in enumerate(map(_title, flat.columns))
    )
    rows = flat.head(limit).itertuples(index=False, name=None)
    body = Markup("\n").join(_row(values, wide, digits) for values in rows)
    note = Markup("")
    if len(flat) > limit:
        note = Markup('<p class="note">The first {} of {} rows.</p>').format(
            limit, f"{len(flat):,}"
        )
    return Markup(
        '<div class="scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="data"><caption>{0}</caption><thead><tr>{1}</tr></thead>'
        "<tbody>\n{2}\n</tbody></table></div>{3}"
    ).format(caption, head, body, note)


def cell(value: Any, digits: int = DIGITS) -> str:
    """One value as text: ``digits``, ISO dates, a dash where there is none."""
    if value is None or value != value:  # NaN and NaT differ from themselves
        return numbers.NO_VALUE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, number_types.Integral):
        return f"{value:,}" if abs(int(value)) >= 10_000 else str(value)
    if isinstance(value, number_types.Real):
        text = numbers.plain(float(value), _digits(float(value), digits))
        return text.replace(",", "") if abs(float(value)) < 10_000 else text
    return str(value)


def _digits(value: float, digits: int) -> int:
    """Years with a fraction keep it, and whole numbers stay whole."""
    return DIGITS if 1_000 <= abs(value) < 1e6 else digits


def _row(values: tuple[Any, ...], wide: list[bool], digits: int) -> Markup:
    head, *rest = zip(values, wide, strict=True)
    cells = Markup("").join(
        Markup("<td{}>{}</td>").format(_class("num" if right else ""), cell(value, digits))
        for value, right in rest
    )
    return Markup('<tr><th scope="row"{}>{}</th>{}</tr>').format(
        _class("num" if head[1] else ""), cell(head[0], digits), cells
    )


def _title(name: Any) -> str:
    return " ".join(map(str, name)) if isinstance(name, tuple) else str(name).replace("_", " ")


def _kind(column: pd.Series[Any]) -> str:
    """What the head of a column says about its width: numbers, dates, long texts or neither."""
    if _is_numeric(column):
        return "num"
    texts = [cell(value) for value in column]
    if any(map(_DATE.fullmatch, texts)):
        return "date"
    return "long" if max(map(len, texts), default=0) > LONG else ""


def _class(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup("")


def _is_numeric(column: pd.Series[Any]) -> bool:
    return column.dtype.kind in "iuf"
