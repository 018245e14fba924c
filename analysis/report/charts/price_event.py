"""Figures on raises, cuts and free limits, and on the chance of a controversy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import WIDE, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from analysis.methods.trend import LogLinear

NAMES = {"price_lists": "price lists", "router": "router"}
COLOURS = {"strict": palette.BLUE, "lenient": palette.VERMILLION}
SIDES = (("rose", "rose", palette.VERMILLION, 0.13),
         ("fell", "fell", palette.BLUE, -0.13))  # fmt: skip


def steep_shares(table: pd.DataFrame, level: float) -> Drawing:
    """Shares of listings that rose and fell steeply, a row a source and year.

    Args:
        table: as ``rises_over_a_year.by_window`` gives it.
        level: coverage of its intervals.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    _require(table)
    fig, ax = plt.subplots(figsize=(WIDE[0], 1.3 + 0.42 * len(table)))
    rows, labels, parts = table.to_dict("records"), [], []
    for place, row in enumerate(rows):
        for side, _, colour, shift in SIDES:
            ends = [row[f"{side}_low"], row[f"{side}_high"]]
            ax.plot(ends, [shift - place] * 2, color=colour, linewidth=1.5)
            ax.plot(row[f"share_{side}"], shift - place, "o", color=colour, markersize=4.5)
        labels.append(f"{NAMES[str(row['source'])]}, to {str(row['end'])[:7]}")
        parts.append(
            f"{labels[-1]}: of {row['listings']} listings {numbers.share(row['share_rose'])} rose"
            f" and {numbers.share(row['share_fell'])} fell"
        )
    ax.set_yticks([-place for place in range(len(rows))], labels)
    units(ax.xaxis, "share")
    ax.set_xlim(left=0)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    _title(fig, "Share of listings with a steep move in a year")
    _key(ax)
    words = f"Two dots a source and year, for rises and for falls, with {level:.0%} intervals."
    return Drawing(fig, f"{words} {'; '.join(parts)}.", table)


def free_limit_months(frame: pd.DataFrame) -> Drawing:
    """Each provider in each month: a full dot where a limit fell, a small one where none did.

    Args:
        frame: as ``free_limits.service_months`` gives it.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    _require(frame)
    providers = list(frame.groupby("provider")["cut"].sum().sort_values(kind="stable").index)
    months = sorted(frame["month"].unique())
    across = frame["month"].map({month: place for place, month in enumerate(months)})
    up = frame["provider"].map({name: place for place, name in enumerate(providers)})
    fell = frame["cut"] > 0
    fig, ax = plt.subplots(figsize=(WIDE[0], 2.4))
    ax.plot(across[~fell], up[~fell], "o", color=palette.GREY, markersize=2.5)
    ax.plot(across[fell], up[fell], "o", color=palette.VERMILLION, markersize=8)
    shown = list(range(0, len(months), max(1, len(months) // 4)))
    ax.set_xticks(shown, [months[place] for place in shown])
    ax.set_yticks(range(len(providers)), providers)
    ax.set_ylim(-0.5, len(providers) - 0.5)
    _title(fig, "Months with a free limit lowered (large dots)")
    counts = frame.groupby("provider")["cut"].agg(["sum", "size"])
    told = "; ".join(
        f"{name}: {int(row['sum'])} of {int(row['size'])}" for name, row in counts.iterrows()
    )
    words = f"A dot a provider and month, {months[0]} to {months[-1]}, large where a limit fell."
    return Drawing(fig, f"{words} Months with a cut: {told}.", frame)


def limit_changes(rows: pd.DataFrame) -> Drawing:
    """First and last free limit of each service and model, as a factor, by provider.

    Args:
        rows: as ``limit_trend.changes`` gives it.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    _require(rows)
    factors = np.exp(rows["log_change"])
    fig, ax = plt.subplots(figsize=(WIDE[0], 2.6))
    names = sorted(rows["provider"].unique(), reverse=True)
    parts = []
    for place, name in enumerate(names):
        own = np.sort(factors[rows["provider"] == name].to_numpy())
        spread = np.linspace(-0.28, 0.28, len(own)) if len(own) > 1 else np.zeros(1)
        ax.plot(own, place + spread, "o", color=palette.BLUE, markersize=3.5, alpha=0.7)
        parts.append(f"{name}: {len(own)} models, {int((own < 1).sum())} with less than at first")
    ax.axvline(1, color=palette.VERMILLION, linewidth=1.2)
    ax.set_yticks(range(len(names)), names)
    ax.set_xlim(left=-0.03)
    units(ax.xaxis, "factor per year")
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    _title(fig, "Change of each free limit, factor a year")
    words = "A dot a model, by provider, at the yearly factor of its free limit; a line at 1."
    return Drawing(fig, f"{words} {'; '.join(parts)}.", rows)


def relative_price(frame: pd.DataFrame, line: LogLinear) -> Drawing:
    """Software over all consumer prices by month, with its trend.

    Args:
        frame: as ``consumer_prices.relative`` gives it.
        line: the trend through it.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    from analysis.methods.trend import decimal_year

    _require(frame)
    years = np.asarray(decimal_year(frame["date"]))
    fitted = 10 ** (line.intercept + line.slope_log10 * years)
    fig, ax = plt.subplots(figsize=WIDE)
    ax.plot(frame["date"], frame["ratio"], color=palette.BLUE, label="as published")
    ax.plot(frame["date"], fitted, color=palette.VERMILLION, linestyle="--", label="trend")
    ax.plot(frame["date"].iloc[[0, -1]], [1, 1], color=palette.GREY, linewidth=0.8)
    ax.set_title("Software over all consumer prices (first month = 1)")
    end_labels(ax)
    low, high = line.interval
    growth = numbers.estimate(line.growth_per_year, low, high, "factor per year")
    first, last = frame["month"].iloc[0], frame["month"].iloc[-1]
    words = (
        f"Monthly line from {first} to {last}, between {numbers.plain(frame['ratio'].min())} and"
        f" {numbers.plain(frame['ratio'].max())}, with a trend of {growth}."
    )
    return Drawing(fig, words, frame.assign(trend=fitted))


def chances_by_share(table: pd.DataFrame, level: float) -> Drawing:
    """The probability of each reading by the share of events that the list holds.

    Args:
        table: as ``odds.by_share_found`` gives it.
        level: coverage of its bands.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    _require(table)
    fig, ax = plt.subplots(figsize=WIDE)
    parts = []
    for name, rows in table.groupby("definition", sort=False):
        colour, share = COLOURS[str(name)], rows["share_found"]
        ax.fill_between(share, rows["low"], rows["high"], color=colour, alpha=0.13, linewidth=0)
        ax.plot(share, rows["probability"], color=colour, label=str(name))
        ends = rows.sort_values("share_found")["probability"]
        parts.append(
            f"{name}: {numbers.share(ends.iloc[-1])} if the list has all events,"
            f" {numbers.share(ends.iloc[0])} if it has {numbers.share(share.min())}"
        )
    units(ax.xaxis, "share")
    units(ax.yaxis, "share")
    ax.set_ylim(0, 1)
    ax.set_xlabel("share of all such events that the list holds")
    ax.set_title("Chance of at least one event by 31 October 2027")
    end_labels(ax)
    words = f"A line a reading, with a band for its {level:.0%} interval, falling to the right."
    return Drawing(fig, f"{words} {'; '.join(parts)}.", table)


def _key(ax: Axes) -> None:
    from matplotlib.lines import Line2D

    marks = [Line2D([], [], color=colour, marker="o", label=words) for _, words, colour, _ in SIDES]
    ax.legend(handles=marks, loc="upper left", bbox_to_anchor=(0, -0.16), ncols=2)


def _title(fig: Figure, words: str) -> None:
    """A title that begins at the left of the figure, where long labels leave the axes narrow."""
    fig.suptitle(words, x=0.01, ha="left", fontsize=10, color=palette.INK)


def _require(frame: pd.DataFrame) -> None:
    if frame.empty:
        raise InputError("table", "has no row")
