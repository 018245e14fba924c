"""Fans: where draws of an output lie, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.economics.scenarios.simulation import SHARES, UNITS
from analysis.report import numbers, palette
from analysis.report.charts.scenario_panels import TIMES, WIDTH, capital, present
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHORT_UNITS = {TIMES: "now = 1", "USD per million tokens": "USD per million"}


def fans(table: pd.DataFrame, outputs: Sequence[str]) -> Drawing:
    """Median, middle half and 5 to 95 percent of each output by year, on logarithmic axes.

    Args:
        table: as ``simulation.fans`` gives it.
        outputs: those to draw, one panel each; absent ones are left out.

    Raises:
        InputError: when none of them is there.
    """
    import matplotlib.pyplot as plt

    names = present(table, outputs)
    fig, axes = plt.subplots(
        len(names), 1, figsize=(WIDTH, 0.4 + 2.0 * len(names)), sharex=True, squeeze=False
    )
    words = []
    for ax, name in zip(axes[:, 0], names, strict=True):
        rows = table[table["output"] == name]
        _fan(ax, rows)
        unit = UNITS[name].replace("times now", TIMES)
        units(ax.yaxis, unit)
        ax.set_title(f"{capital(name)}, {SHORT_UNITS.get(unit, unit)}, log scale")
        last = rows.iloc[-1]
        words.append(
            f"{name} at the end of {last['year']}: median {numbers.quantity(last['median'], unit)},"
            f" from {numbers.quantity(last['q5'], unit)} to {numbers.quantity(last['q95'], unit)}"
        )
    axes[-1, 0].set_xticks(sorted(table["year"].unique()))
    text = "Fans that widen year by year, a panel an output, 5 to 95 percent of the draws."
    shown = table[table["output"].isin(names)].reset_index(drop=True)
    return Drawing(fig, f"{text} {'; '.join(words)}.", shown)


def _fan(ax: Axes, rows: pd.DataFrame) -> None:
    assert set(SHARES) <= set(rows.columns)
    for (low, high), shade in (("q5", "q95"), 0.15), (("q25", "q75"), 0.3):
        ax.fill_between(
            rows["year"], rows[low], rows[high], color=palette.BLUE, alpha=shade, linewidth=0
        )
    ax.plot(rows["year"], rows["median"], color=palette.BLUE, marker="o", markersize=3.5)
    ax.set_yscale("log")
