"""Small multiples of a sweep: each estimate against each parameter that varies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.report import drawing, figures, numbers, palette

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup
    from matplotlib.axes import Axes

POINTS = 400
"""Runs drawn in one figure; of more, that many are taken evenly."""
PANELS = 6
_KINDS = {
    "supported": (palette.BLUE, "o"),
    "contradicted": (palette.VERMILLION, "s"),
    None: (palette.GREY, "D"),
}
_TICKS = 5
_LABEL = 14  # letters of a category under an axis


@dataclass(frozen=True)
class Measure:
    """One quantity over all runs; ``rows`` has ``run``, the varied parameters, ``value``, ``low``,
    ``high`` and ``points_to``."""

    title: str
    name: str
    unit: str
    rows: pd.DataFrame


def figure(measure: Measure, parameters: Sequence[str]) -> Markup | None:
    """The figure of one quantity; ``None`` where no run has a value to draw."""
    from matplotlib.figure import Figure

    rows = measure.rows[measure.rows["value"].notna()]
    shown = list(parameters[:PANELS])
    if rows.empty or not shown:
        return None
    drawn = rows.iloc[:: -(-len(rows) // POINTS)]
    columns = min(2, len(shown))
    lines = -(-len(shown) // columns)
    fig = Figure(figsize=(drawing.WIDE[0], 0.6 + 2.1 * lines))
    for place, name in enumerate(shown, start=1):
        _panel(fig.add_subplot(lines, columns, place), drawn, name, measure.unit)
    return figures.figure_html(
        fig, caption=_caption(measure, rows, drawn), alt=_alt(measure, rows, shown), data=drawn
    )


def _panel(ax: Axes, rows: pd.DataFrame, name: str, unit: str) -> None:
    places = _places(ax, rows[name])
    for kind, (colour, marker) in _KINDS.items():
        mine = rows["points_to"].isna() if kind is None else rows["points_to"] == kind
        if mine.any():
            chosen, x = rows[mine], places[mine]
            known = chosen["low"].notna() & chosen["high"].notna()
            ends = chosen.loc[known, ["low", "high"]]
            ax.vlines(x[known], ends["low"], ends["high"], color=colour, alpha=0.35, linewidth=1)
            ax.plot(x, chosen["value"], marker, color=colour, markersize=3.5)
    ax.set_xlabel(name.replace("_", " "))
    ax.locator_params(axis="y", nbins=5)
    drawing.units(ax.yaxis, unit)


def _places(ax: Axes, values: pd.Series[Any]) -> pd.Series[Any]:
    """Where the values stand: numbers and dates at themselves, texts side by side."""
    import pandas as pd

    if values.dtype.kind in "iuf":
        few = sorted(set(values))
        if len(few) <= _TICKS:
            ax.set_xticks(few)
        else:
            ax.locator_params(axis="x", nbins=_TICKS - 1)
        return values
    texts = values.map(str)
    days = pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
    if days.notna().all():
        return days
    names = list(dict.fromkeys(texts))
    step = -(-len(names) // _TICKS)
    short = [n if len(n) <= _LABEL else f"{n[: _LABEL - 1]}…" for n in names]
    ax.set_xticks(range(0, len(names), step), short[::step], rotation=20)
    ax.set_xlim(-0.5, len(names) - 0.5)
    return texts.map({name: place for place, name in enumerate(names)})


def _caption(measure: Measure, rows: pd.DataFrame, drawn: pd.DataFrame) -> str:
    counts = rows["points_to"].value_counts()
    told = [
        f"{counts[kind]} point to {kind} ({sign})"
        for kind, sign in (("supported", "blue circles"), ("contradicted", "orange squares"))
        if kind in counts
    ]
    some = f" {len(drawn):,} of them are drawn." if len(drawn) < len(rows) else ""
    words = f" Of {len(rows):,} runs {' and '.join(told)}." if told else f" {len(rows):,} runs."
    return f"{measure.name}: {measure.title.rstrip('.')}.{words}{some}"


def _alt(measure: Measure, rows: pd.DataFrame, shown: Sequence[str]) -> str:
    low, high = rows["value"].min(), rows["value"].max()
    span = numbers.interval(low, high, measure.unit, near=low)
    against = ", ".join(name.replace("_", " ") for name in shown)
    return f"Dots for {len(rows):,} runs against {against}; values from {span}."
