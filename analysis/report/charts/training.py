"""Figures of the notebook on training cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.economics.training.samples import COMPUTE, COST
from analysis.methods.trend import decimal_year
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.methods.regression import Effect, JoinedSlopes
    from analysis.methods.trend import LogLinear

USD = "USD"
KNOWN = ("GPT-3 175B (davinci)", "GPT-4 (Mar 2023)", "DeepSeek-V4-Pro")


def cost_trends(
    paper: pd.DataFrame,
    export: pd.DataFrame,
    fits: dict[str, LogLinear | None],
    band: pd.DataFrame | None,
) -> Drawing:
    """Cost of frontier runs in two data sets, their trends, and the forecast of the second.

    ``fits`` has the keys paper and export; ``band`` is from ``training.forecast``.
    """
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=TALL)
    sets = {"paper": (paper, palette.GREEN, "2024 paper"), "export": (export, palette.BLUE, "2026")}
    for key, (frame, colour, name) in sets.items():
        ax.plot(frame["refers_to"], frame[COST], "o", color=colour, alpha=0.55)
        fit = fits.get(key)
        if fit is not None:
            days = pd.to_datetime([frame["refers_to"].min(), frame["refers_to"].max()])
            ax.plot(days, fit.predict(days).level, color=colour, label=name)
    if band is not None:
        ax.fill_between(band["date"], band["low"], band["high"], color=palette.BLUE, alpha=0.15,
                        linewidth=0)  # fmt: skip
        ax.plot(band["date"], band["expected"], color=palette.BLUE, linestyle="--",
                label="if it goes on")  # fmt: skip
    _dollars(ax, "Cost of the final training run, dollars of 2023, log scale")
    end_labels(ax)
    return Drawing(fig, _trend_words(fits, export, band), _runs(paper, export))


def compute_bend(sample: pd.DataFrame, found: JoinedSlopes | None) -> Drawing:
    """Training compute of frontier runs, the bent line and the former trend."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=TALL)
    ax.plot(sample["refers_to"], sample[COMPUTE], "o", color=palette.BLUE, alpha=0.55)
    words = f"{len(sample)} frontier runs by training compute, on a logarithmic axis."
    if found is not None:
        first, last = sample["refers_to"].min(), sample["refers_to"].max()
        days = pd.date_range(first, last, freq="14D").append(pd.DatetimeIndex([last]))
        later = days[decimal_year(days) >= found.at]
        former = found.level_at * found.before.factor ** (decimal_year(later) - found.at)
        ax.plot(days, found.line(days), color=palette.BLUE, label="two slopes")
        ax.plot(later, former, color=palette.GREY, linestyle="--", label="former trend")
        words += (
            f" Two joined slopes: {found.before.factor:.3g}x a year before and"
            f" {found.after.factor:.3g}x a year from the break on."
        )
    _name(ax, sample, COMPUTE)
    _logarithmic(ax, "Training compute, FLOP, log scale")
    end_labels(ax)
    return Drawing(fig, words, sample[["model", "developer", "refers_to", COMPUTE]])


def gpt4_accounts(table: pd.DataFrame) -> Drawing:
    """Estimates of one run's cost as bars, one an account and data set."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(5.0, 0.5 * len(table) + 1.2))
    places = np.arange(len(table))[::-1]
    colours = dict(zip(table["method"].unique(), palette.SERIES, strict=False))
    ax.barh(places, table["usd_2023_12"], color=table["method"].map(colours), height=0.45)
    for place, (_, row) in zip(places, table.iterrows(), strict=True):
        label = f"{row['method']}, {row['dataset']}: {numbers.quantity(row['usd_2023_12'], USD)}"
        ax.text(0, place + 0.3, f" {label}", va="bottom", fontsize=9)
    ax.set_xlim(0, float(table["usd_2023_12"].max()) * 1.15)
    ax.set_ylim(-0.5, len(table) - 0.1)
    ax.set_yticks([])
    ax.grid(axis="x")
    units(ax.xaxis, USD)
    ax.set_title("Cost of training GPT-4, dollars of December 2023")
    low, high = numbers.quantity(table["usd_2023_12"].min(), USD), table["usd_2023_12"].max()
    words = (
        f"{len(table)} bars, one an account of what training GPT-4 cost, from {low} to"
        f" {numbers.quantity(high, USD)}."
    )
    return Drawing(fig, words, table)


def open_and_closed(groups: pd.DataFrame, fit: Effect | None = None) -> Drawing:
    """Compute of leading open-weight and leading closed models by release date."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    for mark, colour, name in ((0.0, palette.VERMILLION, "closed"), (1.0, palette.BLUE, "open")):
        part = groups[groups["open"] == mark]
        ax.plot(part["refers_to"], part[COMPUTE], "o", color=colour, alpha=0.7)
        medians = part.set_index("refers_to")[COMPUTE].rolling("365D", min_periods=3).median()
        ax.plot(medians.index, medians, color=colour, linewidth=1.2, label=name)
    _name(ax, groups, COMPUTE)
    _logarithmic(ax, "Training compute of leading models, FLOP, log scale")
    end_labels(ax)
    counts = groups["open"].map({1.0: "open", 0.0: "closed"}).value_counts()
    words = (
        f"{counts.get('open', 0)} leading open-weight and {counts.get('closed', 0)} leading closed"
        " models by release date and training compute, with the median of the past year of each"
        " group as a line."
    )
    if fit is not None:
        words += f" Open over closed: {fit.factor:.2g}."
    return Drawing(fig, words, groups[["model", "developer", "refers_to", "open_weights", COMPUTE]])


def newcomers(firsts: pd.DataFrame, since: Any, through: Any) -> Drawing:
    """Developers with their first large run, by year; a last year that is cut short says so."""
    import matplotlib.pyplot as plt

    years, last = firsts["refers_to"].dt.year, pd.Timestamp(through)
    counted = years[years >= pd.Timestamp(since).year].value_counts()
    counts = counted.reindex(range(pd.Timestamp(since).year, last.year + 1), fill_value=0)
    counts.index = counts.index.astype(str)
    if last + pd.Timedelta(days=1) != pd.Timestamp(last.year + 1, 1, 1):
        counts = counts.rename({str(last.year): f"{last.year}\nto {last:%b}"})
    fig, ax = plt.subplots(figsize=(5.0, 2.6))
    bars = ax.bar(counts.index, counts, color=palette.BLUE, width=0.6)
    ax.bar_label(bars)
    ax.set_title("Developers with their first run of 1e23 FLOP or more")
    ax.set_yticks([])
    named = ((str(year).replace("\n", " "), n) for year, n in counts.items())
    words = "Bars by year: " + ", ".join(f"{year}: {n}" for year, n in named) + "."
    return Drawing(fig, words, firsts[years >= pd.Timestamp(since).year])


def _name(ax: Axes, models: pd.DataFrame, column: str) -> None:
    """Names of the largest run and of a few that every reader knows."""
    known = models["model"].isin(KNOWN) | (models[column] == models[column].max())
    for _, row in models[known].iterrows():
        ax.annotate(
            row["model"].split(" (")[0], (row["refers_to"], row[column]), (-5, 1), fontsize=9,
            textcoords="offset points", ha="right", va="center",
        )  # fmt: skip


def _dollars(ax: Axes, title: str) -> None:
    _logarithmic(ax, title)
    units(ax.yaxis, USD)


def _logarithmic(ax: Axes, title: str) -> None:
    ax.set_yscale("log")
    ax.set_title(title)


def _trend_words(
    fits: dict[str, LogLinear | None], export: pd.DataFrame, band: pd.DataFrame | None
) -> str:
    parts = [f"Frontier runs by release date and cost, {len(export)} of them in the 2026 data."]
    for key, name in (("paper", "The paper's models"), ("export", "The 2026 data")):
        fit = fits.get(key)
        if fit is not None:
            parts.append(f"{name} grow {fit.growth_per_year:.3g}x a year.")
    if band is not None:
        last = band.iloc[-1]
        low, middle, high = (
            numbers.quantity(last[name], USD) for name in ("low", "expected", "high")
        )
        parts.append(
            f"A shaded forecast for one further run widens to {low} to {high} around {middle} at"
            f" the end of {last['date']:%Y}."
        )
    return " ".join(parts)


def _runs(paper: pd.DataFrame, export: pd.DataFrame) -> pd.DataFrame:
    columns = ["model", "refers_to", COST]
    parts = [
        frame[columns].assign(data=name)
        for name, frame in (("paper 2024", paper), ("export 2026", export))
        if len(frame)
    ]
    return pd.concat(parts, ignore_index=True)
