"""Figures and tables that early dates may leave without data: shown, or a sentence instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from analysis.errors import InputError
from analysis.report import figures

if TYPE_CHECKING:
    import pandas as pd

    from analysis.report.charts.specification import Drawing

NOTHING = "The data known on this day allow no such estimate."
Result = TypeVar("Result")


def available(function: Callable[..., Result], *args: Any, **options: Any) -> Result | None:
    """What ``function`` returns, or None where the data known by then allow none.

    None too where an argument is None: what it was to be made from is not available.
    """
    if any(argument is None for argument in args):
        return None
    try:
        return function(*args, **options)
    except InputError:
        return None


def figure(drawing: Drawing | None, *, caption: str, sources: str | Sequence[str] = "") -> None:
    """Displays a drawing as ``figures.show`` does, or ``NOTHING``."""
    if drawing is None:
        _say_nothing(caption)
        return
    figures.show(
        drawing.figure, caption=caption, alt=drawing.alt, data=drawing.data, sources=sources
    )


def table(frame: pd.DataFrame | None, *, caption: str) -> None:
    """Displays a table as ``figures.table`` does, or ``NOTHING``."""
    if frame is None or frame.empty:
        _say_nothing(caption)
        return
    figures.table(frame, caption=caption)


def _say_nothing(caption: str) -> None:
    from html import escape

    from IPython.display import display

    text = f"{caption} {NOTHING}"
    display({"text/html": f"<p>{escape(text)}</p>", "text/plain": text}, raw=True)
