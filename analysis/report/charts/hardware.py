"""Figures of the notebook on hardware."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.economics.hardware import chips
from analysis.economics.hardware.chips import VALUE
from analysis.economics.training.samples import ABILITY, COMPUTE
from analysis.errors import InputError
from analysis.methods import trend
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TWO_PANELS = (5.0, 5.4)


def price_performance(accelerators: pd.DataFrame, start: Any) -> Drawing | None:
    """16-bit rate and memory bandwidth per dollar of release price, with their trends."""
    import matplotlib.pyplot as plt

    names = {chips.HALF: "16-bit FLOP/s", chips.BANDWIDTH: "Memory bytes/s"}
    sets = {
        name: chips.sample(accelerators, column, chips.DOLLAR, start=start)
        for column, name in names.items()
    }
    if any(found.empty for found in sets.values()):
        return None
    fig, axes = plt.subplots(2, 1, figsize=TWO_PANELS, sharex=True)
    words = []
    for ax, (name, found), colour in zip(axes, sets.items(), palette.SERIES, strict=False):
        words.append(f"{name} per dollar of {len(found)} chips{_line(ax, found, colour)}.")
        ax.set_title(f"{name} per dollar, log scale")
    parts = [f[["accelerator", "refers_to", VALUE]].assign(quantity=n) for n, f in sets.items()]
    return Drawing(fig, " ".join(words), pd.concat(parts))


def efficiency(found: pd.DataFrame, at: Any) -> Drawing | None:
    """16-bit FLOP/s per watt by release date, with a line before and one from ``at`` on."""
    import matplotlib.pyplot as plt

    if found.empty:
        return None
    fig, ax = plt.subplots(figsize=TALL)
    late = found["refers_to"] >= pd.Timestamp(at)
    sides = {"before": (found[~late], palette.BLUE), "later": (found[late], palette.VERMILLION)}
    words = [f"16-bit FLOP/s per watt of {len(found)} data-centre chips, on a logarithmic axis."]
    for name, (part, colour) in sides.items():
        words.append(f"{len(part)} chips {name}{_line(ax, part, colour, label=name)}.")
    ax.set_title("16-bit FLOP/s per watt, log scale")
    end_labels(ax)
    return Drawing(fig, " ".join(words), found[["accelerator", "refers_to", VALUE]])


def rents(series: Mapping[str, pd.Series]) -> Drawing | None:
    """Rent of an hour of a fixed chip by month, one line a series."""
    import matplotlib.pyplot as plt

    known = {name: values for name, values in series.items() if len(values)}
    if not known:
        return None
    fig, ax = plt.subplots(figsize=TALL)
    words = ["Rent of one GPU-hour by month."]
    for (name, values), colour in zip(known.items(), palette.SERIES, strict=False):
        ax.plot(values.index, values, color=colour, label=name)
        first, last = values.iloc[0], values.iloc[-1]
        words.append(
            f"{name}: {numbers.quantity(first, 'USD')} in {values.index[0]:%B %Y},"
            f" {numbers.quantity(last, 'USD')} in {values.index[-1]:%B %Y}."
        )
    ax.set_yscale("log")
    units(ax.yaxis, "USD")
    ax.set_title("Rent of one GPU-hour on demand, log scale")
    end_labels(ax)
    return Drawing(fig, " ".join(words), pd.DataFrame(known).rename_axis("month").reset_index())


def returns(models: pd.DataFrame, at: Any) -> Drawing | None:
    """Ability of frontier models by training compute, with a line before ``at`` and one after."""
    import matplotlib.pyplot as plt

    if models.empty:
        return None
    fig, ax = plt.subplots(figsize=TALL)
    late = models["refers_to"] >= pd.Timestamp(at)
    for name, part, colour in (
        ("before", models[~late], palette.BLUE),
        ("later", models[late], palette.VERMILLION),
    ):
        ax.plot(part[COMPUTE], part[ABILITY], "o", color=colour, alpha=0.55)
        if part[COMPUTE].nunique() > 2:
            logs = np.log10(part[COMPUTE])
            slope, level = np.polyfit(logs, part[ABILITY], 1)
            ends = np.array([logs.min(), logs.max()])
            ax.plot(10**ends, level + slope * ends, color=colour, label=name)
    ax.set_xscale("log")
    units(ax.xaxis, "")
    ax.set_xlabel("Training compute, FLOP, log scale")
    ax.set_title("Ability score")
    end_labels(ax)
    words = (
        f"Ability score of {len(models)} frontier models by training compute,"
        f" {int((~late).sum())} before and {int(late.sum())} later, with a line for each group."
    )
    return Drawing(fig, words, models[["model", "refers_to", COMPUTE, ABILITY]])


def pace(table: pd.DataFrame) -> Drawing | None:
    """Growth per year of supply and of demand, with intervals, on one axis."""
    import matplotlib.pyplot as plt

    if table.empty:
        return None
    rows = table.iloc[::-1].reset_index(drop=True)
    fig, ax = plt.subplots(figsize=(5.0, 0.8 + 0.42 * len(rows)))
    colours = [palette.BLUE if side == "supply" else palette.VERMILLION for side in rows["side"]]
    ax.hlines(rows.index, rows["low"], rows["high"], colors=colours)
    ax.scatter(rows["growth_per_year"], rows.index, c=colours, s=22)
    ax.set_yticks(rows.index, rows["quantity"])
    ax.set_xscale("log")
    units(ax.xaxis, "factor")
    ax.grid(axis="x")
    ax.set_title("Growth per year, log scale")
    words = "Growth per year: " + "; ".join(
        f"{name} {numbers.quantity(growth, 'factor')}"
        for name, growth in zip(table["quantity"], table["growth_per_year"], strict=True)
    )
    return Drawing(fig, f"{words}.", table)


def _line(ax: Axes, found: pd.DataFrame, colour: str, label: str | None = None) -> str:
    """Draws chips and their trend; returns the growth in words, or nothing without a trend."""
    ax.plot(found["refers_to"], found[VALUE], "o", color=colour, alpha=0.55)
    ax.set_yscale("log")
    units(ax.yaxis, "")
    try:
        fit = trend.log_linear(found["refers_to"], found[VALUE], covariance="classical")
    except InputError:
        return ""
    days = pd.to_datetime([found["refers_to"].min(), found["refers_to"].max()])
    ax.plot(days, fit.predict(days).level, color=colour, label=label or "_trend")
    return f", growing {fit.growth_per_year:.3g}x a year"
