"""Figures on who holds the computing, who trains, and how far open weights trail."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, WIDE, end_labels, units

TWO_PANELS = (5.0, 5.2)
FIRMS = {"amazon": "Amazon", "microsoft": "Microsoft", "google": "Google"}


def clouds(wide: pd.DataFrame, index: pd.Series) -> Drawing:
    """Shares of three clouds above, their Herfindahl index below, by quarter.

    Args:
        wide: shares in percent, one column a firm, by quarter end.
        index: the index at the same quarters.
    """
    import matplotlib.pyplot as plt

    fig, (top, low) = plt.subplots(2, 1, figsize=TWO_PANELS, sharex=True)
    for (name, label), colour in zip(FIRMS.items(), palette.SERIES, strict=False):
        top.plot(wide.index, wide[name] / 100, color=colour, marker="o", label=label)
    units(top.yaxis, "share")
    top.set_ylim(0, None)
    top.set_title("Share of spending on cloud infrastructure")
    end_labels(top)
    low.plot(index.index, index, color=palette.INK, marker="o")
    low.set_ylim(0, 1.1 * index.max())
    low.set_title("Herfindahl index of the three, points")
    parts = "; ".join(
        f"{label} from {wide[name].iloc[0]:.0f} to {wide[name].iloc[-1]:.0f} percent"
        for name, label in FIRMS.items()
    )
    words = (
        f"Shares by quarter from {index.index[0]:%B %Y} to {index.index[-1]:%B %Y}: {parts}. The"
        f" Herfindahl index goes from {index.iloc[0]:,.0f} to {index.iloc[-1]:,.0f}."
    )
    data = wide.assign(herfindahl=index).rename_axis("quarter_end").reset_index()
    return Drawing(fig, words, data)


def trainers(counts: pd.DataFrame, stated: tuple[int, int]) -> Drawing:
    """Organisations within ten times of the largest run, by quarter, with their interval.

    Args:
        counts: as ``trainers.by_date`` gives it.
        stated: the range that the article states, drawn as a band.
    """
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=WIDE)
    ax.axhspan(*stated, color=palette.VERMILLION, alpha=0.18, linewidth=0)
    ax.vlines(counts["date"], counts["low"], counts["high"], color=palette.GREY, alpha=0.5)
    ax.plot(counts["date"], counts["organisations"], "o-", color=palette.BLUE)
    ax.set_ylim(0, None)
    ax.set_title("Organisations within ten times of the largest run")
    last = counts.iloc[-1]
    most = counts.iloc[int(counts["organisations"].to_numpy().argmax())]
    words = (
        "A dot a quarter end, counting the runs of the twelve months before, with a line for the"
        f" interval and a band from {stated[0]} to {stated[1]}. Most: {most['organisations']} in"
        f" {most['date']:%B %Y}. Last: {last['organisations']} in {last['date']:%B %Y}, from"
        f" {last['low']:.0f} to {last['high']:.0f}, the largest run being {last['largest']}."
    )
    return Drawing(fig, words, counts)


def newcomers(table: pd.DataFrame, floor: str = "1e24") -> Drawing:
    """Developers by the year of their first run above a floor, one bar a year.

    Raises:
        InputError: when no year has one.
    """
    import matplotlib.pyplot as plt

    if not table[floor].any():
        raise InputError("table", "has no newcomer")
    fig, ax = plt.subplots(figsize=WIDE)
    ax.bar(table["year"].astype(str), table[floor], color=palette.BLUE, width=0.7)
    for place, count in enumerate(table[floor]):
        ax.annotate(str(count), (place, count), (0, 3), textcoords="offset points", ha="center")
    power = str(round(math.log10(float(floor)))).translate(numbers.SUPERSCRIPT)
    ax.set_title(f"Developers with a first run of 10{power} FLOP or more")
    parts = "; ".join(f"{year}: {n}" for year, n in zip(table["year"], table[floor], strict=True))
    return Drawing(fig, f"A bar a year, the last of them not over. {parts}.", table)


def lags(series: Mapping[str, pd.DataFrame | None]) -> Drawing:
    """Months behind the closed models, by month, one line a group of models.

    Raises:
        InputError: when there is no series.
    """
    import matplotlib.pyplot as plt

    shown = {name: frame for name, frame in series.items() if frame is not None and len(frame)}
    if not shown:
        raise InputError("series", "has none")
    fig, ax = plt.subplots(figsize=TALL)
    words, parts = ["Months by which each group trails the closed models."], []
    for (name, frame), colour in zip(shown.items(), palette.SERIES, strict=False):
        ax.plot(frame["month"], frame["months_behind"], color=colour, label=name, linewidth=1.6)
        last = frame.iloc[-1]
        words.append(
            f"{name}: {numbers.plain(last['months_behind'])} in {last['month']:%B %Y}, on average"
            f" {numbers.plain(frame['months_behind'].mean())}."
        )
        parts.append(frame[["month", "model", "months_behind"]].assign(group=name))
    ax.set_ylim(0, None)
    ax.set_title("Months behind the best closed models")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=1, handlelength=1.4)
    return Drawing(fig, " ".join(words), pd.concat(parts, ignore_index=True))


def tokens(shares: pd.DataFrame) -> Drawing:
    """Share of the largest developer and of open weights in a router's tokens, by month."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=WIDE)
    lines = {"largest": "largest developer", "open_weights": "open weights"}
    for (name, label), colour in zip(lines.items(), palette.SERIES, strict=False):
        ax.plot(shares["month"], shares[name], color=colour, marker="o", label=label)
    units(ax.yaxis, "share")
    ax.set_ylim(0, None)
    ax.set_title("Share of the tokens of the fifteen most used models")
    end_labels(ax)
    first, last = shares.iloc[0], shares.iloc[-1]
    parts = "; ".join(
        f"{label} {numbers.share(first[name])} in {first['month']:%B %Y},"
        f" {numbers.share(last[name])} in {last['month']:%B %Y}"
        for name, label in lines.items()
    )
    return Drawing(fig, f"Two lines by month. {parts}.", shares)
