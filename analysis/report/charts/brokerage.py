"""Figures on brokers: how far apart sellers of one good ask, and the chance of a large broker."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts import chance
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import WIDE, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CARDS = ("A100", "H100", "H200", "B200")
ROOM = 1.12  # space to the right for the labels at the lines' ends


def dispersion(months: pd.DataFrame) -> Drawing:
    """Middle and quartiles of the dispersion over the open models of each month.

    Args:
        months: as ``spread.by_month`` gives it.

    Raises:
        InputError: for fewer than two months.
    """
    import matplotlib.pyplot as plt

    if len(months) < 2:
        raise InputError("months", "needs two or more")
    fig, ax = plt.subplots(figsize=WIDE)
    ax.fill_between(
        months["month"], months["lower_quartile"], months["upper_quartile"],
        color=palette.BLUE, alpha=0.2, linewidth=0,
    )  # fmt: skip
    ax.plot(months["month"], months["median"], color=palette.BLUE, label="dearest host")
    ax.plot(months["month"], 1 / (1 - months["saving"]), color=palette.GREEN, label="middle host")
    _factors(ax, [1, 2, 3, 5, 8])
    ax.set_title("Price over that of the cheapest host")
    end_labels(ax)
    first, last = months.iloc[0], months.iloc[-1]
    words = (
        "Two lines over the months, the upper one with a band for the middle half of the models:"
        f" the dearest host of the middle model asks {_times(first['median'])} the cheapest in"
        f" {first['month']:%B %Y} ({int(first['models'])} models) and {_times(last['median'])} in"
        f" {last['month']:%B %Y} ({int(last['models'])} models); the lower line is the middle host,"
        f" at {_times(1 / (1 - first['saving']))} and {_times(1 / (1 - last['saving']))}."
    )
    return Drawing(fig, words, months)


def cards(months: pd.DataFrame) -> Drawing:
    """Dearest over cheapest cloud of each card by month.

    Args:
        months: as ``cards.by_month`` gives it.

    Raises:
        InputError: when there is no card with two months.
    """
    import matplotlib.pyplot as plt

    parts = {gpu: months[months["gpu"] == gpu] for gpu in CARDS}
    shown = {gpu: part for gpu, part in parts.items() if len(part) > 1}
    if not shown:
        raise InputError("months", "has no card with two months")
    fig, ax = plt.subplots(figsize=WIDE)
    for (gpu, part), colour in zip(shown.items(), palette.SERIES, strict=False):
        ax.plot(part["month"], part["dispersion"], color=colour, label=gpu)
    _factors(ax, [1, 1.5, 2, 3, 4])
    ax.set_title("Dearest over cheapest cloud for one card")
    end_labels(ax)
    parts_of = [
        f"{gpu} from {_times(part['dispersion'].iloc[0])} in {part['month'].iloc[0]:%B %Y} to"
        f" {_times(part['dispersion'].iloc[-1])} in {part['month'].iloc[-1]:%B %Y}"
        for gpu, part in shown.items()
    ]
    words = f"One line a card over the months with three clouds or more: {'; '.join(parts_of)}."
    return Drawing(fig, words, months)


def router(halves: pd.DataFrame) -> Drawing:
    """The router's price over that of the cheapest and the middle host, by half-year.

    Args:
        halves: as ``gateways.by_half_year`` gives it.

    Raises:
        InputError: when it is empty.
    """
    import matplotlib.pyplot as plt

    if halves.empty:
        raise InputError("halves", "has no row")
    fig, ax = plt.subplots(figsize=WIDE)
    places = range(len(halves))
    ax.vlines(
        places, halves["over_cheapest_lower_quartile"], halves["over_cheapest_upper_quartile"],
        color=palette.BLUE, linewidth=1.6,
    )  # fmt: skip
    ax.plot(places, halves["over_cheapest"], "o", color=palette.BLUE, label="cheapest host")
    ax.plot(places, halves["over_middle"], "s", color=palette.VERMILLION, label="middle host")
    ax.axhline(1, color=palette.INK, linewidth=0.8)
    ax.set_xticks(list(places), [half.replace(" ", "\n") for half in halves["half_year"]])
    ax.set_yscale("log")
    ax.set_yticks([0.3, 0.5, 1, 2])
    units(ax.yaxis, "factor")
    ax.set_xlim(-0.4, len(halves) * ROOM + 0.4)
    ax.set_title("The router's price, as a factor of that of the …")
    end_labels(ax)
    last = halves.iloc[-1]
    words = (
        "Two marks a half-year, the first with a line for its middle half, beside a line at one:"
        f" in {last['half_year']} the router asks {_times(last['over_cheapest'])} the cheapest host"
        f" of the price lists and {_times(last['over_middle'])} the middle one, in the median over"
        f" {int(last['model_months'])} pairs of model and month."
    )
    return Drawing(fig, words, halves)


def chances(table: pd.DataFrame, level: float) -> Drawing:
    """The probability of each rule under each reference class, with its interval.

    Args:
        table: as ``odds.table`` gives it.
        level: coverage of its intervals.

    Raises:
        InputError: when it is empty.
    """
    words = f"A dot a rule and reference class, with a line for its {level:.0%} interval."
    return chance.chances(
        table, "rule", _label, title="Chance by April 2029", words=words, height=3.4, size=9
    )


def _factors(ax: Axes, ticks: list[float]) -> None:
    ax.set_yscale("log")
    ax.set_yticks(ticks)
    units(ax.yaxis, "factor")


def _label(row: Mapping[Hashable, Any]) -> str:
    if row["rule"] == "strict":
        return f"strict:\n{row['reference_class']}"
    return f"lenient, {row['architectures']}:\n{row['reference_class']}"


def _times(factor: float) -> str:
    return f"{numbers.plain(factor, 2)}×"
