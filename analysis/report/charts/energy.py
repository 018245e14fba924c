"""Figures on the energy of AI: prompts, the share of the world, its terms, acts on labels."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.economics.energy.labels import ARTICLE, WINDOW_START
from analysis.economics.energy.share import Shares
from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, WIDE, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = {"AI models": palette.VERMILLION, "data centres": palette.BLUE}
BINS = 60


def prompts(published: pd.DataFrame, built: pd.DataFrame | None) -> Drawing:
    """Energy of a prompt: published figures, and ranges over batches built from timings.

    Args:
        published: as ``energy.published.prompts``.
        built: as ``energy.tokens.summary``, or None.
    """
    import matplotlib.pyplot as plt

    rows = [*_published(published), *([] if built is None else _built(built))]
    fig, ax = plt.subplots(figsize=(TALL[0], 0.36 * len(rows) + 1.1))
    for place, row in zip(range(len(rows), 0, -1), rows, strict=True):
        colour = palette.VERMILLION if row["basis"] == "published" else palette.BLUE
        ax.plot([row["low_wh"], row["high_wh"]], [place] * 2, color=colour, linewidth=3)
        ax.plot([row["low_wh"], row["high_wh"]], [place] * 2, "o", color=colour)
    ax.set_xscale("log")
    ax.set_yticks(range(len(rows), 0, -1), [row["what"] for row in rows], fontsize=9)
    ax.set_ylim(0.4, len(rows) + 0.6)
    _across(ax)
    ax.set_title("Watt-hours a query, log scale", x=0)
    frame = pd.DataFrame(rows)
    parts = [
        f"{row['what']} {numbers.interval(row['low_wh'], row['high_wh'])}"
        if row["low_wh"] < row["high_wh"] else f"{row['what']} {numbers.plain(row['low_wh'])}"
        for row in rows
    ]  # fmt: skip
    return Drawing(fig, f"Watt-hours a query on a log scale: {'; '.join(parts)}.", frame)


def distribution(shares: Shares, threshold: float) -> Drawing:
    """The draws of the share, with their interval and the threshold."""
    import matplotlib.pyplot as plt

    heights, edges = np.histogram(shares.draws, bins=BINS)
    part = heights / len(shares.draws)
    fig, ax = plt.subplots(figsize=WIDE)
    ax.fill_between(edges[:-1], part, step="post", color=palette.BLUE, alpha=0.35, linewidth=0)
    low, high = shares.interval
    top = float(part.max())
    ax.plot([low, high], [-0.06 * top] * 2, color=palette.BLUE, linewidth=3)
    ax.plot(shares.median, -0.06 * top, "o", color=palette.BLUE)
    ax.axvline(threshold, color=palette.VERMILLION, linewidth=1.2)
    ax.annotate(numbers.share(threshold), (threshold, top), (4, 0), textcoords="offset points",
                color=palette.VERMILLION)  # fmt: skip
    ax.set_yticks([])
    units(ax.xaxis, "share")
    ax.set_title("Inference in world electricity, 2030")
    above = numbers.share(float((shares.draws >= threshold).mean()))
    words = (
        f"A hump of {len(shares.draws):,} draws with its median at {numbers.share(shares.median)}"
        f" and its {shares.level:.0%} interval from {numbers.share(low)} to {numbers.share(high)};"
        f" {above} of the draws reach {numbers.share(threshold)}."
    )
    data = pd.DataFrame({"from_share": edges[:-1], "to_share": edges[1:], "part_of_draws": part})
    return Drawing(fig, words, data)


def one_at_a_time(table: pd.DataFrame, middle: float) -> Drawing:
    """The share when one term moves over its range, as ``energy.share.one_at_a_time``."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=(WIDE[0], 0.5 * len(table) + 1.2))
    for place, row in zip(range(len(table), 0, -1), table.to_dict("records"), strict=True):
        low, high = sorted((row["share_at_low"], row["share_at_high"]))
        ax.plot([low, high], [place] * 2, color=palette.BLUE, linewidth=7, solid_capstyle="butt")
    ax.axvline(middle, color=palette.INK, linewidth=0.8)
    ax.set_yticks(range(len(table), 0, -1), list(table["term"]))
    ax.set_ylim(0.4, len(table) + 0.6)
    units(ax.xaxis, "share")
    _across(ax)
    ax.set_title("Share when one term moves over its range")
    parts = [
        f"{row['term']} from {numbers.share(row['share_at_low'])} to"
        f" {numbers.share(row['share_at_high'])}"
        for row in table.to_dict("records")
    ]
    words = f"Bars around {numbers.share(middle)}, the widest first: {'; '.join(parts)}."
    return Drawing(fig, words, table)


def acts(timeline: pd.DataFrame) -> Drawing:
    """Official acts by day, with the start of the window and the article's last possible day.

    Raises:
        InputError: when there is none.
    """
    import matplotlib.pyplot as plt
    from matplotlib.dates import date2num

    if timeline.empty:
        raise InputError("acts", "has none known by this day")
    fig, ax = plt.subplots(figsize=(TALL[0], 0.3 * len(timeline) + 1.2))
    ax.xaxis_date()
    days = date2num(pd.to_datetime(timeline["day"]))
    for place, day, row in zip(
        range(len(timeline), 0, -1), days, timeline.to_dict("records"), strict=True
    ):
        label = row["names_a_label"] == "yes"
        ax.plot(day, place, "s" if label else "o", color=KINDS[str(row["subject"])],
                markersize=7 if label else 5)  # fmt: skip
    band = date2num(WINDOW_START), date2num(ARTICLE)
    ax.axvspan(*band, color=palette.GREY, alpha=0.25, linewidth=0)
    ax.set_yticks(range(len(timeline), 0, -1), [_short(r) for r in timeline.to_dict("records")],
                  fontsize=9)  # fmt: skip
    ax.set_ylim(0.4, len(timeline) + 0.6)
    ax.set_xlim(min(days.min(), band[0]) - 60, band[1] + 120)
    _across(ax)
    ax.set_title("Acts by day (square: label)")
    before = int((timeline["when"] != "after the article").sum())
    named = int((timeline["names_a_label"] == "yes").sum())
    words = (
        f"{len(timeline)} acts by day, {named} of them naming a label, {before} from before the end"
        f" of April 2026, which ends a grey band of one month, the first of the window."
    )
    return Drawing(fig, words, timeline)


def _published(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return [
        {"what": f"{_name(row)} ({row['publisher']})", "basis": "published",
         "low_wh": row["wh"], "high_wh": row["wh"]}
        for row in frame.to_dict("records")
    ]  # fmt: skip


def _built(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return [
        {"what": f"{row['query']}, {row['model']}", "basis": "from timings",
         "low_wh": row["wh_low"], "high_wh": row["wh_high"]}
        for row in frame.to_dict("records")
    ]  # fmt: skip


def _name(row: Mapping[Hashable, Any]) -> str:
    model = str(row["what"]).split(", ")[-1]
    extra = str(row["what"]).removeprefix("text prompt").removesuffix(f", {model}").strip(", ")
    return f"{model}, {extra}" if extra else model


def _short(row: Mapping[Hashable, Any]) -> str:
    name = str(row["act"]).split(" (")[0]
    return name if len(name) <= 34 else f"{name[:33]}…"


def _across(ax: Axes) -> None:
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
