"""Verdicts by date of the data: how many of each, what changed, as tables and one figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.claims import history
from analysis.claims.verdicts import VERDICTS
from analysis.errors import InputError
from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {
    "supported": palette.BLUE,
    "contradicted": palette.VERMILLION,
    "mixed": palette.PURPLE,
    "undecided": palette.GOLD,
    "untestable": palette.GREY,
    "not yet tested": palette.MUTED,
}
_MARK = " *"
PSEUDO = "claims (* rests in part on rows dated back)"


def joined(past: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The history with today's verdicts as its last date, which no earlier entry may share."""
    columns = [name for name in past.columns if name in now.columns]
    today = now[columns]
    before = past[~past["as_of"].isin(today["as_of"])]
    return pd.concat([before, today], ignore_index=True) if len(before) else today.copy()


def counts(rows: pd.DataFrame) -> pd.DataFrame:
    """How many claims had each verdict (columns) on each date (rows), and which are pseudo.

    Column ``pseudo_vintage`` counts the verdicts that rest on rows dated back.
    """
    order = [name for name in VERDICTS if name in set(rows["verdict"])]
    table = pd.crosstab(rows["as_of"], rows["verdict"])[order]
    table.columns.name = None
    pseudo = rows.groupby("as_of")["pseudo_vintage"].sum().astype(int)
    return table.assign(pseudo_vintage=pseudo).reset_index()


def changes(rows: pd.DataFrame, claims: Sequence[str] | None = None) -> pd.DataFrame:
    """Every change of a verdict from one date to the next, newest first."""
    known = rows.astype(object).where(rows.notna(), None).to_dict("records")
    chosen = [row for row in known if claims is None or row["id"] in claims]
    moved = history.changes(chosen)  # type: ignore[arg-type]
    units = dict(zip(rows["id"], rows["unit"], strict=True))
    table = [
        {
            "as of": change["as_of"],
            "claim": change["id"],
            "was": change["was"],
            "is": change["is"],
            "estimate before": _written(change["was_estimate"], units[change["id"]]),
            "estimate": _written(change["is_estimate"], units[change["id"]]),
        }
        for change in reversed(moved)
    ]
    names = ["as of", "claim", "was", "is", "estimate before", "estimate"]
    return pd.DataFrame(table, columns=names)


def figure(table: pd.DataFrame) -> Drawing:
    """Stacked bars, one a date: claims by verdict.

    Args:
        table: as ``counts`` gives it.

    Raises:
        InputError: when there is only one date.
    """
    import matplotlib.pyplot as plt

    if len(table) < 2:
        raise InputError("table", "has one date; call `reckon history` for those before")
    verdicts = [name for name in COLOURS if name in table]
    fig, ax = plt.subplots(figsize=(TALL[0], 1.4 + 0.28 * len(table)))
    places, left = range(len(table), 0, -1), pd.Series(0, index=table.index)
    for name in verdicts:
        ax.barh(list(places), table[name], left=left, height=0.72, color=COLOURS[name], label=name)
        _write(ax, list(places), table[name], left)
        left = left + table[name]
    marks = [_MARK if pseudo else "" for pseudo in table["pseudo_vintage"]]
    days = [f"{day}{mark}" for day, mark in zip(table["as_of"], marks, strict=True)]
    ax.set_yticks(list(places), days)
    ax.set_title("Claims by verdict, as the data stood on each day")
    ax.set_xlabel(PSEUDO if any(marks) else "claims")
    ax.grid(visible=False)
    ax.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.42, -0.16), handlelength=1)
    first, last = table.iloc[0], table.iloc[-1]
    parts = [f"{name} {first[name]} to {last[name]}" for name in verdicts]
    words = f"A bar a date from {first['as_of']} to {last['as_of']}, split by verdict: "
    return Drawing(fig, words + ", ".join(parts) + ".", table)


def _write(ax: Axes, places: list[int], width: pd.Series, left: pd.Series) -> None:
    for place, size, start in zip(places, width, left, strict=True):
        if size >= 4:  # narrower parts have no room for a number
            ax.text(
                start + size / 2, place, str(size), ha="center", va="center", fontsize=9,
                color=palette.PAPER,
            )  # fmt: skip


def _written(value: float | None, unit: str | None) -> str:
    return "—" if value is None else numbers.estimate(value, None, None, unit or "")
