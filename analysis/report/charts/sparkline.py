"""A column of numbers as a line of a word's size: its median over time."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np
import pandas as pd
from markupsafe import Markup

from analysis.report import numbers

WIDTH, HEIGHT, EDGE = 120, 28, 3
STEPS = 24
FEW_DECADES = 2
_Point = tuple[float, float]


def draw(days: pd.Series[pd.Timestamp], values: pd.Series[float], name: str) -> Markup:
    """The median of ``values`` in each of at most 24 equal stretches of ``days``, as SVG.

    Where positive values span more than two decades the scale is logarithmic. A stretch without
    values leaves a gap; nothing is drawn for fewer than two stretches with values.

    Args:
        days: dates, one a row.
        values: numbers, missing ones included, in the order of ``days``.
        name: the column, for those who do not see the line.
    """
    medians = _medians(days, values)
    if len(medians) < 2:
        return Markup("")
    steps, middles = [step for step, _ in medians], [middle for _, middle in medians]
    logs = _is_wide(middles)
    heights = [math.log10(value) if logs else value for value in middles]
    drawn = Markup("").join(_stroke(run) for run in _runs(_points(steps, heights)))
    first, last = numbers.plain(middles[0]), numbers.plain(middles[-1])
    told = f"{name}: median over time, first {first}, last {last}"
    told += ", logarithmic scale" if logs else ""
    return Markup(
        '<svg class="spark" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">{}</svg>'
    ).format(told, WIDTH, HEIGHT, WIDTH, drawn)


def _medians(days: pd.Series[pd.Timestamp], values: pd.Series[float]) -> list[tuple[int, float]]:
    """Numbers of the stretches and their medians."""
    heights = values.to_numpy("float64")
    known = np.isfinite(heights) & days.notna().to_numpy()
    at = days.to_numpy("datetime64[D]")[known].astype("int64")
    if not at.size or at.min() == at.max():
        return []
    stretch = np.round((at - at.min()) / (at.max() - at.min()) * (STEPS - 1)).astype(int)
    there = heights[known]
    return [(int(step), float(np.median(there[stretch == step]))) for step in np.unique(stretch)]


def _is_wide(medians: list[float]) -> bool:
    low, high = min(medians), max(medians)
    return low > 0 and math.log10(high / low) > FEW_DECADES


def _points(steps: list[int], heights: list[float]) -> list[tuple[int, _Point]]:
    low, span = min(heights), max(heights) - min(heights)
    across, up = (WIDTH - 2 * EDGE) / (STEPS - 1), HEIGHT - 2 * EDGE
    return [
        (step, (EDGE + across * step, HEIGHT - EDGE - up * _part(height - low, span)))
        for step, height in zip(steps, heights, strict=True)
    ]


def _part(value: float, whole: float) -> float:
    return value / whole if whole else 0.5


def _runs(points: list[tuple[int, _Point]]) -> list[list[_Point]]:
    """Points of neighbouring stretches together."""
    numbered = enumerate(points)
    groups = groupby(numbered, key=lambda pair: pair[1][0] - pair[0])
    return [[point for _, (_, point) in group] for _, group in groups]


def _stroke(run: list[_Point]) -> Markup:
    if len(run) == 1:
        return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="1.5"/>').format(*run[0])
    return Markup('<polyline points="{}"/>').format(" ".join(f"{x:.1f},{y:.1f}" for x, y in run))
