"""Figures of launches at equal ability and of the best cheap model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.price import COLOURS, NAMES, USD, long
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

if TYPE_CHECKING:
    from analysis.methods.regression import Effect


def launches(
    samples: Mapping[str, pd.DataFrame | None], fits: Mapping[str, Effect | None]
) -> Drawing:
    """Launch prices put to one ability, with the fitted line, a panel a source.

    ``samples`` is from ``equal_ability.adjusted``; sources without one are left out.

    Raises:
        InputError: when no source has a sample.
    """
    import matplotlib.pyplot as plt

    shown = {source: rows for source, rows in samples.items() if rows is not None}
    if not shown:
        raise InputError("samples", "no source has launches enough")
    fig, axes = plt.subplots(1, len(shown), figsize=TALL, sharey=True, squeeze=False)
    words = []
    for ax, (source, rows) in zip(axes[0], shown.items(), strict=True):
        for weights, colour in ((False, palette.VERMILLION), (True, palette.BLUE)):
            part = rows[rows["open_weights"] == weights]
            ax.plot(part["date"], part["adjusted"], "o", color=colour, alpha=0.5, markersize=3)
        ordered = rows.sort_values("date")
        ax.plot(ordered["date"], ordered["fitted"], color=palette.INK)
        ax.set_yscale("log")
        units(ax.yaxis, USD)
        ax.set_xlabel(NAMES[source])
        ax.tick_params(axis="x", labelsize=9)
        found = fits.get(source)
        if found is not None:
            growth = numbers.estimate(found.factor, *found.factor_interval, "factor per year")
            words.append(f"{NAMES[source]}: {len(rows)} models, {growth}")
    axes[0][0].set_title("Launch price put to the mean ability, USD per million\n"
                         "tokens, log scale; blue open weights, red closed")  # fmt: skip
    return Drawing(
        fig, f"Falling clouds of dots with a line. {'; '.join(words)}.", _launch_data(shown)
    )


def best_cheap(series: dict[str, pd.DataFrame]) -> Drawing:
    """Ability of the best model for a dollar by month."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    words = []
    for source, rows in series.items():
        ax.plot(rows["month"], rows["ability"], drawstyle="steps-post", color=COLOURS[source],
                label=NAMES[source])  # fmt: skip
        if len(rows):
            first, last = rows.iloc[0], rows.iloc[-1]
            words.append(
                f"{NAMES[source]}: {first['ability']:.2f} ({first['model']}) in"
                f" {first['month']:%B %Y}, {last['ability']:.2f} ({last['model']}) in"
                f" {last['month']:%B %Y}"
            )
    ax.set_title("Best model for 1 USD per million tokens, ability score")
    end_labels(ax)
    return Drawing(fig, f"Rising steps. {'; '.join(words)}.", long(series))


def _launch_data(samples: dict[str, pd.DataFrame]) -> pd.DataFrame:
    parts = [rows.assign(source=source) for source, rows in samples.items()]
    names = ["source", "date", "model", "developer", "ability", "price", "adjusted"]
    return pd.concat(parts)[names].reset_index(drop=True)
