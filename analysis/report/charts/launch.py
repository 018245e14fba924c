"""Figures on able models: what they cost today, and what leading ones cost at their launch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.list_price import COLOURS, NAMES
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, WIDE, end_labels, units

if TYPE_CHECKING:
    from analysis.methods.trend import LogLinear

USD = "USD"


def launch_prices(
    launches: Mapping[str, pd.DataFrame], fits: Mapping[str, LogLinear | None]
) -> Drawing:
    """First prices of leading models with their trends.

    ``launches`` is from ``leading_launches.leading``, by source.

    Raises:
        InputError: when there is no launch.
    """
    import matplotlib.pyplot as plt

    shown = {source: frame for source, frame in launches.items() if len(frame)}
    if not shown:
        raise InputError("launches", "has none")
    fig, ax = plt.subplots(figsize=TALL)
    parts = []
    for source, frame in shown.items():
        ax.plot(frame["date"], frame["price"], "o", color=COLOURS[source], alpha=0.5)
        fit = fits.get(source)
        if fit is None:
            continue
        days = pd.to_datetime([frame["date"].min(), frame["date"].max()])
        ax.plot(days, fit.predict(days).level, color=COLOURS[source], label=NAMES[source])
        growth = numbers.estimate(fit.growth_per_year, *fit.interval, "factor per year")
        parts.append(f"{NAMES[source]}: {len(frame)} launches, {growth}")
    ax.set_yscale("log")
    units(ax.yaxis, USD)
    ax.set_title("First price of leading models, USD per million tokens, log scale")
    end_labels(ax)
    words = f"One dot a model by day of its first price, with trend lines. {'; '.join(parts)}."
    columns = ["date", "model", "developer", "host", "ability", "threshold", "price"]
    frames = [frame[columns].assign(source=source) for source, frame in shown.items()]
    return Drawing(fig, words, pd.concat(frames, ignore_index=True))


def able_models(models: Mapping[str, pd.DataFrame], limit: float) -> Drawing:
    """Prices of able models in order, and the limit below which they count as cheap.

    ``models`` is from ``able_models.able_models``, by source.

    Raises:
        InputError: when there is no model.
    """
    import matplotlib.pyplot as plt

    shown = {source: frame for source, frame in models.items() if len(frame)}
    if not shown:
        raise InputError("models", "has none")
    fig, ax = plt.subplots(figsize=WIDE)
    parts = []
    for source, frame in shown.items():
        prices = np.sort(frame["price"].to_numpy())
        shares = np.arange(1, len(prices) + 1) / len(prices)
        ax.step(prices, shares, where="post", color=COLOURS[source], label=NAMES[source])
        below = float((prices < limit).mean())
        parts.append(f"{NAMES[source]}: {numbers.share(below)} of {len(prices)} lie below")
    ax.axvline(limit, color=palette.INK, linewidth=0.8)
    ax.set_xscale("log")
    units(ax.xaxis, USD)
    units(ax.yaxis, "share")
    ax.set_ylim(0, 1)
    ax.set_title("Share of able models that cost less than a price")
    ax.set_xlabel(f"per million tokens; the line marks {numbers.quantity(limit, USD)}")
    ax.legend(loc="upper left")
    words = (
        f"Rising steps, one line a source, of the share of able models below each price; a line"
        f" marks {numbers.quantity(limit, USD)}. {'; '.join(parts)}."
    )
    frames = [frame.assign(source=source) for source, frame in shown.items()]
    return Drawing(fig, words, pd.concat(frames, ignore_index=True))
