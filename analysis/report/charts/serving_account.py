"""Figures on sessions of agents, cached input, the accounts of the labs and mixtures of experts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.economics.serving.accounts import lab_years, latest
from analysis.economics.serving.experts import MIXTURE
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HALF = 0.5


def agent_hours(
    per_trace: pd.DataFrame, stated: pd.DataFrame, stated_range: float
) -> Drawing | None:
    """Cost of an hour by trace: from first to last event, at work, and as the sources state it."""
    import matplotlib.pyplot as plt

    parts = [
        per_trace[["trace", "grade", column]]
        .set_axis(["name", "grade", "usd"], axis=1)
        .assign(kind=kind)
        for column, kind in (
            ("usd_per_hour", "first to last event"),
            ("usd_per_hour_at_work", "at work"),
        )
    ]
    own = stated[["budget", "grade", "usd_per_hour"]].set_axis(["name", "grade", "usd"], axis=1)
    rows = pd.concat([*parts, own.assign(kind="as stated")]).dropna(subset=["usd"])
    if rows.empty:
        return None
    names = list(dict.fromkeys(rows.sort_values("usd")["name"]))
    fig, ax = plt.subplots(figsize=(5.0, 1.2 + 0.32 * len(names)))
    for (kind, part), mark, colour in zip(
        rows.groupby("kind", sort=False), "osD", palette.SERIES, strict=False
    ):
        places = [names.index(name) for name in part["name"]]
        ax.plot(part["usd"], places, mark, color=colour, label=kind)
    ax.axvline(stated_range, color=palette.GREY, linewidth=1)
    ax.set_yticks(range(len(names)), [name.replace("_", " ") for name in names], fontsize=9)
    ax.set_xscale("log")
    units(ax.xaxis, "USD")
    ax.set_title("USD for an hour of an agent, log scale")
    ax.legend(loc="upper center", bbox_to_anchor=(0.35, -0.12), ncols=3, fontsize=9)
    low, high = rows["usd"].min(), rows["usd"].max()
    words = (
        f"Cost of an hour of an agent by {len(names)} published budgets, from"
        f" {numbers.quantity(low, 'USD')} to {numbers.quantity(high, 'USD')}; a line marks"
        f" {numbers.quantity(stated_range, 'USD')}, the lower end that the article gives."
    )
    return Drawing(fig, words, rows)


def cached_ratios(hosts: pd.DataFrame) -> Drawing | None:
    """Median ratio of cached to fresh input by host, with the range over its listings."""
    import matplotlib.pyplot as plt

    if hosts.empty:
        return None
    fig, ax = plt.subplots(figsize=TALL)
    places = np.arange(len(hosts))
    ax.vlines(places, hosts["least"], hosts["largest"], color=palette.GREY, alpha=0.5, linewidth=1)
    ax.plot(places, hosts["median"], ".", color=palette.BLUE, label="host")
    ax.plot([0, len(hosts) - 1], [HALF, HALF], color=palette.VERMILLION, label="half")
    ax.set_xticks([])
    ax.set_xlabel(f"{len(hosts)} hosts, in order of their median")
    units(ax.yaxis, "share")
    ax.set_title("Price of cached over fresh input")
    end_labels(ax)
    below = int((hosts["median"] < HALF).sum())
    words = (
        f"Price of cached over fresh input of {len(hosts)} hosts; the median of {below} of them"
        f" lies below one half, the middle host at {numbers.share(hosts['median'].median())}."
    )
    return Drawing(fig, words, hosts)


def lab_shares(accounts: pd.DataFrame, labs: pd.DataFrame, quantities: dict[str, float]) -> Drawing:
    """Each quantity by lab in its latest year, with the threshold of its claim."""
    import matplotlib.pyplot as plt

    years = lab_years(accounts, labs)
    found = {q: latest(years, q) for q in quantities if years[q].notna().any()}
    heights = [0.6 + 0.3 * len(rows) for rows in found.values()]
    fig, axes = plt.subplots(
        len(found), 1, figsize=(5.0, 0.4 + sum(heights)), squeeze=False,
        gridspec_kw={"height_ratios": heights},
    )  # fmt: skip
    for ax, (quantity, rows) in zip(axes[:, 0], found.items(), strict=True):
        _labs(ax, rows, quantity, quantities[quantity])
    words = [
        f"{quantity.replace('_', ' ')}: "
        + ", ".join(
            f"{lab} {year} {numbers.plain(value)}"
            for lab, year, value in zip(rows["lab"], rows["year"], rows[quantity], strict=True)
        )
        for quantity, rows in found.items()
    ]
    parts = [
        rows[["lab", "year", "basis", "grade"]].assign(quantity=q, value=rows[q])
        for q, rows in found.items()
    ]
    return Drawing(fig, "Figures of independent labs. " + "; ".join(words) + ".", pd.concat(parts))


def prices_by_ability(found: pd.DataFrame, title: str) -> Drawing:
    """Cheapest price by ability, mixtures of experts and dense models apart."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=TALL)
    words = [f"{title}: cheapest price of {len(found)} open-weight models by ability."]
    for flag, name, mark, colour in (
        (0.0, "dense", "s", palette.VERMILLION),
        (1.0, "mixture", "o", palette.BLUE),
    ):
        part = found[found[MIXTURE] == flag]
        ax.plot(part["ability"], part["price"], mark, color=colour, alpha=0.6, label=name)
        words.append(
            f"{len(part)} {name}, middle ability {numbers.plain(part['ability'].median())}, middle"
            f" price {numbers.quantity(part['price'].median(), 'USD')}."
        )
    ax.set_yscale("log")
    units(ax.yaxis, "USD")
    ax.set_title("USD per million tokens, log scale")
    ax.set_xlabel("Ability score")
    ax.legend(loc="upper left")
    shown = found[["model", "developer", "ability", "released", "price", MIXTURE]]
    return Drawing(fig, " ".join(words), shown)


def _labs(ax: Axes, rows: pd.DataFrame, quantity: str, threshold: float) -> None:
    rows = rows.sort_values(quantity).reset_index(drop=True)
    stated = (rows["basis"] == "stated") | (quantity in ("gross_margin",))
    for place, (value, firm) in enumerate(zip(rows[quantity], stated, strict=True)):
        face = palette.BLUE if firm else "none"
        ax.plot(value, place, "o", color=palette.BLUE, markerfacecolor=face)
    ax.axvline(threshold, color=palette.VERMILLION, linewidth=1.2)
    labels = [f"{lab} {year}" for lab, year in zip(rows["lab"], rows["year"], strict=True)]
    ax.set_yticks(range(len(rows)), labels, fontsize=9)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.set_title(quantity.replace("_", " ").capitalize())
    units(ax.xaxis, "" if quantity.startswith("compute") else "share")
