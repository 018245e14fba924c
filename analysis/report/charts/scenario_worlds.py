"""The three worlds against what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.economics.scenarios.hold_out import Held
from analysis.economics.scenarios.worlds import WORLDS
from analysis.errors import InputError
from analysis.methods.trend import decimal_year
from analysis.report import numbers, palette
from analysis.report.charts.scenario_panels import TIMES, WIDTH, capital
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NARROW = 2.0
COLOURS = dict(zip(WORLDS, (palette.VERMILLION, palette.GREEN, palette.PURPLE), strict=True))


def worlds(held: Sequence[Held], parameters: pd.DataFrame) -> Drawing:
    """Monthly series after the day of training, and where each world's growth would have led.

    Args:
        held: as ``worlds.held_out`` gives it.
        parameters: as ``worlds.parameters`` gives it.

    Raises:
        InputError: when no monthly series was held out.
    """
    import matplotlib.pyplot as plt

    shown = [one for one in held if one.is_monthly]
    if not shown:
        raise InputError("held", "has no monthly series")
    fig, axes = plt.subplots(
        len(shown), 1, figsize=(WIDTH, 2.1 * len(shown) + 0.3), sharex=True, squeeze=False
    )
    factors, frames = parameters.set_index("series"), []
    for ax, one in zip(axes[:, 0], shown, strict=True):
        frame = _led(one, {world: float(factors[world][one.name]) for world in WORLDS})
        _lines(ax, frame)
        ax.set_title(f"{capital(one.name)}{', log scale' if ax.get_yscale() == 'log' else ''}")
        frames.append(frame.assign(series=one.name))
    ends = "; ".join(f"{one.name}: {_end(frame)}" for one, frame in zip(shown, frames, strict=True))
    text = "Lines by month after the day of training: the price as it was, and one line a world."
    words = f"{text} In the last month, against the first: {ends}."
    return Drawing(fig, words, pd.concat(frames, ignore_index=True))


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
