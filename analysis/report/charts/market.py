"""Figures of the notebook on market growth."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.economics.market import series as series_of
from analysis.economics.market.series import Series
from analysis.errors import InputError
from analysis.methods.trend import LogLinear
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

PERCENT, USD = "percent", "USD"


def growth_rates(candidates: Sequence[Series | None]) -> Drawing:
    """Growth over a year of each series, one line each.

    Raises:
        InputError: when no series has two figures a year apart.
    """
    import matplotlib.pyplot as plt

    found = {
        s.name: rates for s in candidates if s is not None and (rates := _rates(s)) is not None
    }
    if not found:
        raise InputError("series", "none has two figures a year apart")
    fig, ax = plt.subplots(figsize=TALL)
    for (name, rates), colour in zip(found.items(), palette.SERIES, strict=False):
        ax.plot(rates["refers_to"], rates["growth_percent"], "o-", color=colour, label=name)
    ax.set_yscale("log")
    units(ax.yaxis, PERCENT)
    ax.set_title("Growth over a year, log scale")
    end_labels(ax)
    words = "; ".join(f"{name} {_path(rates)}" for name, rates in found.items())
    data = pd.concat([rates.assign(series=name) for name, rates in found.items()])
    return Drawing(fig, f"Growth over a year, one line a series: {words}.", data)


def projected(scores: pd.DataFrame) -> Drawing:
    """Stated projection and published outcome of each segment, joined by a line."""
    import matplotlib.pyplot as plt

    if scores.empty:
        raise InputError("scores", "no projection has an outcome")
    fig, ax = plt.subplots(figsize=(5.0, 0.8 * len(scores) + 1.0))
    for place, (_, row) in enumerate(scores[::-1].iterrows()):
        ends = row["projected_percent"], row["published_percent"]
        ax.plot(ends, [place] * 2, color=palette.GREY, linewidth=1.2)
        ax.plot(ends[0], place, "o", color=palette.VERMILLION, markersize=7)
        ax.plot(ends[1], place, "s", color=palette.BLUE, markersize=7)
        stated, seen = (numbers.quantity(end, PERCENT) for end in ends)
        ax.annotate(f"{row['segment']}: stated {stated}, published {seen}", (0, place), (2, 12),
                    xycoords=("axes fraction", "data"), textcoords="offset points",
                    fontsize=9)  # fmt: skip
    ax.set_xscale("log")
    ax.set_ylim(-0.5, len(scores) - 0.3)
    ax.set_yticks([])
    units(ax.xaxis, PERCENT)
    ax.set_title("Growth a year, 2024 and 2025: stated (dot), published (square)")
    words = "; ".join(
        f"{row['segment']} {numbers.quantity(row['projected_percent'], PERCENT)} against"
        f" {numbers.quantity(row['published_percent'], PERCENT)}"
        for _, row in scores.iterrows()
    )
    return Drawing(fig, f"Stated against published growth a year, 2024 and 2025: {words}.", scores)


def money(periods: pd.DataFrame, fit: LogLinear | None) -> Drawing:
    """New equity of labs by quarter, with the trend up to the article."""
    import matplotlib.pyplot as plt

    if periods.empty:
        raise InputError("funding rounds", "fill no quarter")
    fig, ax = plt.subplots()
    days = periods["refers_to"]
    ax.plot(days, periods["equity_usd"], "o", color=palette.BLUE)
    words = f"New equity of foundation model labs in {len(periods)} quarters"
    if fit is not None:
        ends = pd.to_datetime([days.min(), days.max()])
        ax.plot(ends, fit.predict(ends).level, color=palette.BLUE)
        growth = numbers.estimate(fit.growth_per_year, *fit.interval, "factor per year")
        words += f", with a trend of {growth}"
    ax.set_yscale("log")
    units(ax.yaxis, USD)
    ax.set_title("New equity of foundation model labs by quarter, log scale")
    return Drawing(fig, f"{words}.", periods)


def _rates(series: Series) -> pd.DataFrame | None:
    try:
        return series_of.growth(series)
    except InputError:
        return None


def _path(rates: pd.DataFrame) -> str:
    first, last = rates.iloc[0], rates.iloc[-1]
    return (
        f"from {numbers.quantity(first['growth_percent'], PERCENT)} in {first['refers_to']:%B %Y}"
        f" to {numbers.quantity(last['growth_percent'], PERCENT)} in {last['refers_to']:%B %Y}"
    )
