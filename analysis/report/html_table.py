"""A data frame as a table that a screen reader can walk: caption, header cells, units kept."""

from __future__ import annotations

import numbers as number_types
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analysis.report import numbers

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 6  # of data to take away
SHOWN = 4  # of a table to read
LIMIT = 400


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
        Markup('<th scope="col"{}>{}</th>').format(_align(right), title)
        for title, right in zip(map(_title, flat.columns), wide, strict=True)
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
        Markup("<td{}>{}</td>").format(_align(right), cell(value, digits)) for value, right in rest
    )
    return Markup('<tr><th scope="row"{}>{}</th>{}</tr>').format(
        _align(head[1]), cell(head[0], digits), cells
    )


def _title(name: Any) -> str:
    return " ".join(map(str, name)) if isinstance(name, tuple) else str(name).replace("_", " ")


def _align(right: bool) -> Markup:
    return Markup(' class="num"') if right else Markup("")


def _is_numeric(column: pd.Series) -> bool:
    return column.dtype.kind in "iuf"
