"""Figures on the purchase of labs: how many stay independent, and the chance of a purchase."""

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
    from analysis.methods.events import Survival

COLOURS = {"strict": palette.BLUE, "broad": palette.VERMILLION}


def survival(curves: Mapping[str, Survival | None]) -> Drawing:
    """Kaplan-Meier curves with their bands, by definition of the event.

    Raises:
        InputError: when there is no curve.
    """
    import matplotlib.pyplot as plt

    shown = {name: curve for name, curve in curves.items() if curve is not None}
    if not shown:
        raise InputError("curves", "has none")
    fig, ax = plt.subplots(figsize=WIDE)
    frames = []
    for name, curve in shown.items():
        frame = _steps(curve)
        colour = COLOURS[name]
        ax.step(frame["month"], frame["share"], where="post", color=colour, label=name)
        ax.fill_between(
            frame["month"], frame["low"], frame["high"], step="post", color=colour, alpha=0.15,
            linewidth=0,
        )  # fmt: skip
        frames.append(frame.assign(definition=name))
    units(ax.yaxis, "share")
    ax.set_ylim(0, 1.03)
    ax.set_title("Share of the labs of January 2023 not yet bought")
    ax.set_xlabel("months since 1 January 2023")
    end_labels(ax)
    parts = "; ".join(_words(name, curve) for name, curve in shown.items())
    words = f"Falling steps, one line a definition, each with a band for its interval. {parts}."
    return Drawing(fig, words, pd.concat(frames, ignore_index=True))


def chances(table: pd.DataFrame, level: float) -> Drawing:
    """The probability of an event by each end of the window, with its interval.

    Args:
        table: as ``odds.table`` gives it.
        level: coverage of its intervals.

    Raises:
        InputError: when it is empty.
    """
    words = f"A dot a definition and end, with a line for its {level:.0%} interval."
    title = "Chance of at least one event"
    return chance.chances(table, "definition", _label, title=title, words=words, height=2.6)


def _steps(curve: Survival) -> pd.DataFrame:
    """The curve from month 0 to the end of follow-up."""
    rows = curve.table().rename(columns={"times": "month", "survival": "share"})
    names = ["month", "share", "low", "high", "at_risk", "events"]
    first = pd.DataFrame([[0.0, 1.0, 1.0, 1.0, curve.n, 0]], columns=names)
    frame = pd.concat([first, rows[names]], ignore_index=True) if len(rows) else first
    last = frame.tail(1).assign(month=curve.last, events=0)
    return pd.concat([frame, last], ignore_index=True)


def _words(name: str, curve: Survival) -> str:
    left = numbers.share(float(curve.survival[-1]) if len(curve.survival) else 1.0)
    return (
        f"{name}: {int(curve.events.sum())} of {curve.n} labs, {left} not bought"
        f" after {numbers.plain(curve.last)} months"
    )


def _label(row: Mapping[Hashable, Any]) -> str:
    return f"{row['definition']}, {row['months']} months"
