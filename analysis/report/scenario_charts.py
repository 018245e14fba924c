"""Figures of the notebook on scenarios: fans, swings, variance shares, and three worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.economics.scenarios.simulation import SHARES, UNITS
from analysis.economics.scenarios.worlds import MONTHLY, WORLDS, Held
from analysis.errors import InputError
from analysis.methods.trend import decimal_year
from analysis.report import numbers, palette
from analysis.report.drawing import end_labels, units
from analysis.report.specification_chart import Drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 5.0
TIMES = "times"
SHORT_UNITS = {TIMES: "now = 1", "USD per million tokens": "USD per million"}
NARROW = 2.0
COLOURS = dict(zip(WORLDS, (palette.VERMILLION, palette.GREEN, palette.PURPLE), strict=True))


def fans(table: pd.DataFrame, outputs: Sequence[str]) -> Drawing:
    """Median, middle half and 5 to 95 percent of each output by year, on logarithmic axes.

    Args:
        table: as ``simulation.fans`` gives it.
        outputs: those to draw, one panel each; absent ones are left out.

    Raises:
        InputError: when none of them is there.
    """
    import matplotlib.pyplot as plt

    names = _present(table, outputs)
    fig, axes = plt.subplots(
        len(names), 1, figsize=(WIDTH, 0.4 + 2.0 * len(names)), sharex=True, squeeze=False
    )
    words = []
    for ax, name in zip(axes[:, 0], names, strict=True):
        rows = table[table["output"] == name]
        _fan(ax, rows)
        unit = UNITS[name].replace("times now", TIMES)
        units(ax.yaxis, unit)
        ax.set_title(f"{_capital(name)}, {SHORT_UNITS.get(unit, unit)}, log scale")
        last = rows.iloc[-1]
        words.append(
            f"{name} at the end of {last['year']}: median {numbers.quantity(last['median'], unit)},"
            f" from {numbers.quantity(last['q5'], unit)} to {numbers.quantity(last['q95'], unit)}"
        )
    axes[-1, 0].set_xticks(sorted(table["year"].unique()))
    text = "Fans that widen year by year, a panel an output, 5 to 95 percent of the draws."
    shown = table[table["output"].isin(names)].reset_index(drop=True)
    return Drawing(fig, f"{text} {'; '.join(words)}.", shown)


def swings(table: pd.DataFrame, outputs: Sequence[str]) -> Drawing:
    """How far each input moves each output from its 5 to its 95 percent point.

    Args:
        table: as ``needs.swings`` gives it.
        outputs: those to draw, one panel each; absent ones are left out.

    Raises:
        InputError: when none of them is there.
    """
    import matplotlib.pyplot as plt

    names = _present(table, outputs)
    counts = [int((table["output"] == name).sum()) for name in names]
    fig, axes = plt.subplots(
        len(names), 1, figsize=(WIDTH, 0.45 * sum(counts) + 0.6 * len(names)), squeeze=False,
        sharex=True, gridspec_kw={"height_ratios": counts},
    )  # fmt: skip
    for ax, name in zip(axes[:, 0], names, strict=True):
        _bars(ax, table[table["output"] == name], name)
    axes[-1, 0].set_xlabel("orders of magnitude to the horizon")
    words = [
        f"{name}: {row['input']}, from {numbers.plain(row['low'])} to {numbers.plain(row['high'])}"
        for name in names
        for row in table[table["output"] == name].head(1).to_dict("records")
    ]
    text = "Bars, the widest on top, of the change in powers of ten; a line at no change."
    shown = table[table["output"].isin(names)].reset_index(drop=True)
    return Drawing(fig, f"{text} The widest of each: {'; '.join(words)}.", shown)


def shares(table: pd.DataFrame, outputs: Sequence[str], level: float) -> Drawing:
    """First-order and total variance shares of each input, with intervals.

    Args:
        table: as ``needs.all_shares`` gives it.
        outputs: those to draw, one panel each; absent ones are left out.
        level: coverage of the intervals.

    Raises:
        InputError: when none of them is there.
    """
    import matplotlib.pyplot as plt

    names = _present(table, outputs)
    counts = [int((table["output"] == name).sum()) for name in names]
    fig, axes = plt.subplots(
        len(names), 1, figsize=(WIDTH, 0.5 * sum(counts) + 0.6 * len(names)), squeeze=False,
        sharex=True, gridspec_kw={"height_ratios": counts},
    )  # fmt: skip
    words = []
    for ax, name in zip(axes[:, 0], names, strict=True):
        rows = table[table["output"] == name]
        _dots(ax, rows, name)
        top = rows.iloc[0]
        words.append(f"{name}: {top['input']} with {numbers.share(top['total'])}")
    axes[-1, 0].set_xlim(-0.05, 1.05)
    units(axes[-1, 0].xaxis, "share")
    axes[-1, 0].set_xlabel("share of variance; filled: alone, hollow: total")
    text = f"A filled and a hollow dot an input with lines for the {level:.0%} intervals."
    shown = table[table["output"].isin(names)].reset_index(drop=True)
    return Drawing(fig, f"{text} The largest total share of each: {'; '.join(words)}.", shown)


def worlds(held: Sequence[Held], parameters: pd.DataFrame) -> Drawing:
    """Monthly series after the day of training, and where each world's growth would have led.

    Args:
        held: as ``worlds.held_out`` gives it.
        parameters: as ``worlds.parameters`` gives it.

    Raises:
        InputError: when no monthly series was held out.
    """
    import matplotlib.pyplot as plt

    shown = [one for one in held if one.name in MONTHLY]
    if not shown:
        raise InputError("held", "has no monthly series")
    fig, axes = plt.subplots(
        len(shown), 1, figsize=(WIDTH, 2.1 * len(shown) + 0.3), sharex=True, squeeze=False
    )
    factors, frames = parameters.set_index("series"), []
    for ax, one in zip(axes[:, 0], shown, strict=True):
        frame = _led(one, {world: float(factors[world][one.name]) for world in WORLDS})
        _lines(ax, frame)
        ax.set_title(f"{_capital(one.name)}{', log scale' if ax.get_yscale() == 'log' else ''}")
        frames.append(frame.assign(series=one.name))
    ends = "; ".join(f"{one.name}: {_end(frame)}" for one, frame in zip(shown, frames, strict=True))
    text = "Lines by month after the day of training: the price as it was, and one line a world."
    words = f"{text} In the last month, against the first: {ends}."
    return Drawing(fig, words, pd.concat(frames, ignore_index=True))


def _present(table: pd.DataFrame, outputs: Sequence[str]) -> list[str]:
    names = [name for name in outputs if (table["output"] == name).any()]
    if not names:
        raise InputError("outputs", "none of them could be simulated")
    return names


def _fan(ax: Axes, rows: pd.DataFrame) -> None:
    assert set(SHARES) <= set(rows.columns)
    for (low, high), shade in (("q5", "q95"), 0.15), (("q25", "q75"), 0.3):
        ax.fill_between(
            rows["year"], rows[low], rows[high], color=palette.BLUE, alpha=shade, linewidth=0
        )
    ax.plot(rows["year"], rows["median"], color=palette.BLUE, marker="o", markersize=3.5)
    ax.set_yscale("log")


def _bars(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    places = -np.arange(len(rows))
    ax.barh(
        places, rows["high"] - rows["low"], left=rows["low"], height=0.55, color=palette.BLUE,
        alpha=0.75,
    )  # fmt: skip
    ax.plot(rows["median"], places, "|", color=palette.INK, markersize=12)
    ax.axvline(0, color=palette.VERMILLION, linewidth=1)
    _rows(ax, places, rows, name)


def _dots(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    places = -np.arange(len(rows))
    for share, colour, shift, face in (
        ("first", palette.BLUE, 0.14, palette.BLUE), ("total", palette.VERMILLION, -0.14, "none"),
    ):  # fmt: skip
        ax.hlines(
            places + shift, rows[f"{share}_low"], rows[f"{share}_high"], color=colour, linewidth=1.4
        )
        ax.plot(
            rows[share], places + shift, "o", color=colour, markersize=4.5, markerfacecolor=face
        )
    _rows(ax, places, rows, name)


def _rows(ax: Axes, places: Any, rows: pd.DataFrame, name: str) -> None:
    ax.set_yticks(places, [_short(text) for text in rows["input"]], fontsize=8)
    ax.set_ylim(places[-1] - 0.6, 0.6)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    ax.set_title(_capital(name))


def _short(text: str) -> str:
    return "scatter" if text.startswith("scatter") else text.removeprefix("weight of the ")


def _led(one: Held, factors: dict[str, float]) -> pd.DataFrame:
    """Price over that of the first month, and each world's growth from there."""
    years = np.asarray(decimal_year(one.later["day"]))
    since = years - years[0]
    columns = {world: factor**since for world, factor in factors.items()}
    seen = one.later["value"] / one.later["value"].iloc[0]
    return pd.DataFrame({"month": one.later["day"], "as it was": seen} | columns)


def _lines(ax: Axes, frame: pd.DataFrame) -> None:
    ax.plot(frame["month"], frame["as it was"], color=palette.INK, label="as it was")
    for world, colour in COLOURS.items():
        ax.plot(frame["month"], frame[world], color=colour, linestyle="--", label=world)
    values = frame.drop(columns="month").to_numpy(dtype=float)
    if values.max() > NARROW * values.min():
        ax.set_yscale("log")
    units(ax.yaxis, TIMES)
    end_labels(ax)


def _end(frame: pd.DataFrame) -> str:
    last = frame.iloc[-1]
    found = {name: numbers.quantity(float(last[name]), TIMES) for name in ("as it was", *WORLDS)}
    return ", ".join(f"{name} {value}" for name, value in found.items())


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
