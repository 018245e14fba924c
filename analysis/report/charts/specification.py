"""A specification curve: all estimates in order, and the choices behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.report import numbers, palette
from analysis.report.drawing import end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike, NDArray

    from analysis.methods.multiverse import Multiverse

AXES_SHOWN = 3
WIDTH, CURVE_HEIGHT, ROW_HEIGHT = 5.0, 2.4, 0.17


@dataclass(frozen=True, eq=False)
class Drawing:
    """A figure, what it shows in words, and the data behind it."""

    figure: Figure
    alt: str
    data: pd.DataFrame


def specification_curve(
    curve: Multiverse, *, threshold: float, unit: str, title: str, log: bool = True
) -> Drawing:
    """Sorted estimates with intervals above, the most influential choices below.

    Args:
        curve: from ``multiverse.run``.
        threshold: the value that decides, drawn as a line.
        unit: of the estimates, as in ``numbers.tick``.
        title: what is estimated.
        log: whether the estimates are factors and belong on a logarithmic axis.
    """
    import matplotlib.pyplot as plt

    rows = curve.estimates.sort_values("estimate", kind="stable").reset_index(drop=True)
    shown = [axis for axis in curve.influence.index if rows[axis].map(repr).nunique() > 1]
    choices = [(a, c) for a in shown[:AXES_SHOWN] for c in _in_order(rows[a])]
    low_height = ROW_HEIGHT * (len(choices) + 1)
    fig, (top, low) = plt.subplots(
        2,
        1,
        figsize=(WIDTH, CURVE_HEIGHT + low_height),
        sharex=True,
        gridspec_kw={"height_ratios": [CURVE_HEIGHT, low_height]},
    )
    _curve(top, rows, threshold, unit, log)
    top.set_title(title, loc="right")
    _choices(low, rows, choices)
    low.set_xlabel(f"{len(rows)} specifications, in order of their estimate", loc="right")
    return Drawing(fig, _words(curve, threshold, unit, title), _data(curve, rows))


def overview(curves: Mapping[str, tuple[Multiverse | None, float]]) -> pd.DataFrame:
    """One row a curve: size, range, share above the threshold, and the choice that moves it.

    ``curves`` maps a question to its curve and its threshold; absent curves are left out.
    """
    rows = [
        {
            "question": question,
            "specifications": curve.n,
            "smallest": curve.estimates["estimate"].min(),
            "median": curve.median,
            "largest": curve.estimates["estimate"].max(),
            "threshold": threshold,
            "share_above": curve.agree(threshold),
            "moved_most_by": curve.influence.index[0].replace("_", " "),
            "share_of_variance": curve.influence.iloc[0],
        }
        for question, (curve, threshold) in curves.items()
        if curve is not None
    ]
    return pd.DataFrame(rows)


def _curve(ax: Axes, rows: pd.DataFrame, threshold: float, unit: str, log: bool) -> None:
    places = range(len(rows))
    floor = rows["estimate"].min() / 4 if log else rows["estimate"].min() - _span(rows)
    ceiling = rows["estimate"].max() * 4 if log else rows["estimate"].max() + _span(rows)
    ends = [rows["low"].clip(lower=floor), rows["high"].clip(upper=ceiling)]
    ax.plot(*_segments(places, places, *ends), color=palette.GREY, alpha=0.35, linewidth=0.6)
    ax.plot(places, rows["estimate"], ".", color=palette.BLUE, markersize=3)
    ax.plot([0, len(rows) - 1], [threshold] * 2, color=palette.VERMILLION, linewidth=1.2,
            label=numbers.tick(threshold, unit))  # fmt: skip
    if log:
        ax.set_yscale("log")
    units(ax.yaxis, unit)
    end_labels(ax)


def _choices(ax: Axes, rows: pd.DataFrame, choices: list[tuple[str, object]]) -> None:
    labels = []
    for height, (axis, choice) in enumerate(choices):
        used = rows.index[rows[axis].map(repr) == repr(choice)].to_numpy()
        starts, stops = _runs(used)
        heights = np.full(len(starts), -height)
        ax.plot(*_segments(starts - 0.4, stops + 0.4, heights, heights), color=palette.INK,
                linewidth=4.5, solid_capstyle="butt")  # fmt: skip
        labels.append(f"{axis.replace('_', ' ')}: {choice}")
    ax.set_yticks([-height for height in range(len(choices))], labels, fontsize=9)
    ax.set_xticks([])
    ax.set_ylim(-len(choices) + 0.4, 0.6)
    ax.grid(False)


def _segments(
    left: ArrayLike, right: ArrayLike, start: ArrayLike, stop: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Segments as one line with gaps: one path in the page instead of an element each."""
    x, y = (np.asarray(pair, dtype=float) for pair in ([left, right], [start, stop]))
    gap = np.full((1, x.shape[1]), np.nan)
    return np.concatenate([x, gap]).T.ravel(), np.concatenate([y, gap]).T.ravel()


def _runs(places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last of each run of neighbouring places."""
    breaks = np.flatnonzero(np.diff(places) > 1)
    return places[np.append(0, breaks + 1)], places[np.append(breaks, len(places) - 1)]


def _in_order(column: pd.Series) -> list[object]:
    return list({repr(value): value for value in column}.values())


def _span(rows: pd.DataFrame) -> float:
    return float(rows["estimate"].max() - rows["estimate"].min())


def _words(curve: Multiverse, threshold: float, unit: str, title: str) -> str:
    low, high = curve.estimates["estimate"].min(), curve.estimates["estimate"].max()
    axis, share = curve.influence.index[0], curve.influence.iloc[0]
    return (
        f"{title}: {curve.n} specifications sorted by estimate, from"
        f" {numbers.quantity(low, unit)} to {numbers.quantity(high, unit)}, median"
        f" {numbers.quantity(curve.median, unit)};"
        f" {numbers.share(curve.agree(threshold))} lie above"
        f" {numbers.quantity(threshold, unit)}. The choice of {axis.replace('_', ' ')} moves the"
        f" estimate most, with {numbers.share(share)} of the variance."
    )


def _data(curve: Multiverse, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["estimate", "low", "high", *curve.axes]]
