"""Figures on list prices: steep changes, raises and cuts by year, the matched index, tiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, WIDE, end_labels, units

if TYPE_CHECKING:
    from analysis.economics.list_prices.matched_index import MatchedIndex

NAMES = {"price_lists": "price lists", "router": "router"}
COLOURS = {"price_lists": palette.BLUE, "router": palette.VERMILLION}
FACTOR = "factor"


def steep_changes(moved: Mapping[str, pd.DataFrame]) -> Drawing:
    """Listings that moved steeply, as ratios of new to old price, one panel a source.

    ``moved`` is from ``steep_changes.steep_changes``, by source; empty ones are left out.

    Raises:
        InputError: when nothing moved steeply.
    """
    import matplotlib.pyplot as plt

    shown = {source: frame for source, frame in moved.items() if len(frame)}
    if not shown:
        raise InputError("moved", "has no steep change")
    fig, axes = plt.subplots(len(shown), 1, figsize=TALL, squeeze=False)
    parts = []
    for ax, (source, frame) in zip(axes[:, 0], shown.items(), strict=True):
        raised = frame["ratio"] > 1
        colours = np.where(raised, palette.VERMILLION, palette.BLUE)
        places = np.arange(len(frame))
        ax.vlines(places, 1, frame["ratio"], color=colours, linewidth=2.5)
        ax.axhline(1, color=palette.INK, linewidth=0.8)
        ax.set_yscale("log")
        units(ax.yaxis, FACTOR)
        ax.set_xticks([])
        raises, cuts = int(raised.sum()), int((~raised).sum())
        ax.set_title(f"{NAMES[source]}: {raises} up, {cuts} down, new over old price")
        parts.append(
            f"{NAMES[source]}: {raises} rose, up to {numbers.quantity(frame['ratio'].max())}"
            f" times, and {cuts} fell, down to {numbers.quantity(frame['ratio'].min())} times"
        )
    words = f"One line a listing, on a logarithmic axis around no change. {'; '.join(parts)}."
    frames = [frame.assign(source=source) for source, frame in shown.items()]
    return Drawing(fig, words, pd.concat(frames, ignore_index=True))


def moves_by_year(counts: pd.DataFrame) -> Drawing:
    """Raises upwards and cuts downwards by year, one panel a source.

    ``counts`` has the rows of ``move_counts.by_year`` of both sources.
    """
    import matplotlib.pyplot as plt

    sources = list(dict.fromkeys(counts["source"]))
    fig, axes = plt.subplots(1, len(sources), figsize=WIDE, squeeze=False)
    parts = []
    for ax, source in zip(axes[0], sources, strict=True):
        rows = counts[counts["source"] == source]
        years = rows["year"].astype(str)
        up = ax.bar(years, rows["raises"], color=palette.VERMILLION, width=0.6)
        down = ax.bar(years, -rows["cuts"], color=palette.BLUE, width=0.6)
        ax.bar_label(up, labels=rows["raises"].astype(str), padding=2, fontsize=9)
        ax.bar_label(down, labels=rows["cuts"].astype(str), padding=2, fontsize=9)
        ax.axhline(0, color=palette.INK, linewidth=0.8)
        ax.set_yticks([])
        ax.margins(y=0.12)
        ax.set_title(f"{NAMES[source]}: raises and cuts")
        told = ", ".join(f"{r.year}: {r.raises} and {r.cuts}" for r in rows.itertuples())
        parts.append(f"{NAMES[source]}, raises and cuts: {told}")
    return Drawing(
        fig, f"Bars up for raises and down for cuts, by year. {'; '.join(parts)}.", counts
    )


def matched_indices(indices: Mapping[str, MatchedIndex]) -> Drawing:
    """Index of unchanged products with its band, one line a source.

    Raises:
        InputError: when there is no index.
    """
    import matplotlib.pyplot as plt

    if not indices:
        raise InputError("indices", "has none")
    fig, ax = plt.subplots(figsize=WIDE)
    parts, rows = [], []
    for source, found in indices.items():
        series, colour = found.series, COLOURS[source]
        ax.fill_between(series.index, found.low, found.high, color=colour, alpha=0.15, linewidth=0)
        ax.plot(series.index, series, color=colour, label=NAMES[source])
        low, high = found.interval
        growth = numbers.estimate(found.growth_per_year, low, high, "factor per year")
        parts.append(f"{NAMES[source]}: {growth}, {series.iloc[-1]:.3g} at the end")
        frame = pd.DataFrame({"index": series, "low": found.low, "high": found.high})
        rows.append(frame.assign(source=source, matched=found.matched))
    ax.axhline(1, color=palette.INK, linewidth=0.8)
    ax.set_title("List price of unchanged products, first month = 1")
    end_labels(ax)
    data = pd.concat(rows).rename_axis("day").reset_index()
    return Drawing(fig, f"Lines with bands, one a source. {'; '.join(parts)}.", data)


def tier_shares(shares: pd.DataFrame) -> Drawing:
    """Share of listings with each kind of tier on the first and on the last day.

    ``shares`` is from ``tiers.tier_shares``.
    """
    import matplotlib.pyplot as plt

    kinds = list(dict.fromkeys(shares["tier"]))
    first, last = shares["day"].min(), shares["day"].max()
    fig, ax = plt.subplots(figsize=(5.0, 0.45 * len(kinds) + 1.3))
    parts: list[str] = []
    for place, kind in enumerate(reversed(kinds)):
        rows = shares[shares["tier"] == kind].set_index("day")["share"]
        ax.plot(rows[[first, last]], [place, place], color=palette.GREY, linewidth=1.2)
        ax.plot(rows[first], place, "o", color=palette.GREY)
        ax.plot(rows[last], place, "o", color=palette.BLUE)
        parts.insert(0, f"{kind} {numbers.share(rows[first])} and {numbers.share(rows[last])}")
    ax.set_yticks(range(len(kinds)), list(reversed(kinds)))
    ax.set_xlim(left=0)
    ax.grid(axis="x")
    units(ax.xaxis, "share")
    ax.set_title("Share of vendors' own listings with a price tier")
    ax.set_xlabel(f"grey: {first:%B %Y}, blue: {last:%B %Y}")
    words = f"Two dots a kind of tier, on {first:%Y-%m-%d} and {last:%Y-%m-%d}: {'; '.join(parts)}."
    return Drawing(fig, words, shares)
