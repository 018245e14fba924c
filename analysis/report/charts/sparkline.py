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


def draw(days: pd.Series[str], values: pd.Series[float], name: str) -> Markup:
    """The median of ``values`` in each of at most 24 equal stretches of ``days``, as SVG.

    Where positive values span more than two decades the scale is logarithmic. A stretch without
    values leaves a gap; nothing is drawn for fewer than two stretches with values.

    Args:
        days: ISO dates, one a row.
        values: numbers, missing ones included, in the order of ``days``.
        name: the column, for those who do not see the line.
    """
    medians = _medians(days, values)
    if len(medians) < 2:
        return Markup("")
    logs = _is_wide(medians)
    heights = [math.log10(value) if logs else float(value) for value in medians]
    drawn = Markup("").join(_stroke(run) for run in _runs(_points(list(medians.index), heights)))
    first, last = numbers.plain(medians.iloc[0]), numbers.plain(medians.iloc[-1])
    told = f"{name}: median over time, first {first}, last {last}"
    told += ", logarithmic scale" if logs else ""
    return Markup(
        '<svg class="spark" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">{}</svg>'
    ).format(told, WIDTH, HEIGHT, WIDTH, drawn)


def _medians(days: pd.Series[str], values: pd.Series[float]) -> pd.Series[float]:
    """Medians by number of the stretch."""
    when = pd.to_datetime(days, format="ISO8601", errors="coerce")
    known = values.notna() & np.isfinite(values) & when.notna()
    at = when[known].astype("int64")
    if at.empty or at.min() == at.max():
        return pd.Series(dtype="float64")
    stretch = ((at - at.min()) / (at.max() - at.min()) * (STEPS - 1)).round().astype(int)
    return values[known].groupby(stretch).median()


def _is_wide(medians: pd.Series[float]) -> bool:
    low, high = float(medians.min()), float(medians.max())
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
