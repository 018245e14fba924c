"""Who sells tokens: shares of a router's use, and how many sell near the lowest price."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics.concentration import openness
from analysis.economics.prices import series
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError

NEAR = 2.0
LABELS = {"price_lists": "price lists", "router": "router"}


def token_shares(usage: pd.DataFrame) -> pd.DataFrame:
    """Concentration of the tokens of a router's fifteen most used models, by month.

    Columns: month (its day of observation), developers, largest (share), herfindahl (of
    developers, 0 to 10,000), open_weights (share; models of unknown weights count as closed).

    Raises:
        InputError: when no month is known.
    """
    if usage.empty:
        raise InputError("usage", "has no month known by this day")
    total = usage.groupby("refers_to")["tokens"].sum()
    held = usage.groupby(["refers_to", "developer"])["tokens"].sum()
    share = held / total.reindex(held.index, level="refers_to")
    free = usage[usage["open_weights"] == "yes"].groupby("refers_to")["tokens"].sum()
    months = share.groupby(level="refers_to")
    found = pd.DataFrame(
        {
            "developers": months.size(),
            "largest": months.max(),
            "herfindahl": (100 * share).pow(2).groupby(level="refers_to").sum(),
            "open_weights": (free / total).fillna(0.0),
        }
    )
    return found.rename_axis("month").reset_index()


def near_the_lowest(offers: pd.DataFrame, ability: float, near: float = NEAR) -> pd.DataFrame:
    """How many developers and hosts sell an ability at up to ``near`` times its lowest price.

    ``offers`` are those of a panel; columns: month, lowest (USD per million tokens), developers,
    hosts.

    Raises:
        InputError: when nothing so able is on sale.
    """
    able = offers[(offers["ability"] >= ability) & (offers["price"] > 0)]
    if able.empty:
        raise InputError("ability", "no model so able is on sale by this day")
    lowest = able.groupby("month")["price"].transform("min")
    close = able[able["price"] <= near * lowest].groupby("month")
    found = close.agg(
        lowest=("price", "min"), developers=("developer", "nunique"), hosts=("host", "nunique")
    )
    return found.reset_index()


def near_by_panel(panels: dict[str, Panel], ability: float) -> pd.DataFrame:
    """``near_the_lowest`` of each panel at the last month of each half-year.

    Raises:
        InputError: when nothing so able is on sale in any panel.
    """
    parts = []
    for source, panel in panels.items():
        found = near_the_lowest(panel.offers(), ability)
        halves = found[found["month"].dt.month.isin([6, 12])]
        parts.append(halves.assign(source=LABELS[source]))
    every = pd.concat(parts, ignore_index=True)
    months = every["month"].dt.strftime("%Y-%m")
    return every.assign(month=months)[["source", "month", "lowest", "developers", "hosts"]]


def cheap_lag(
    panels: dict[str, Panel], closed: pd.DataFrame, cap: float, through: Any
) -> dict[str, pd.DataFrame]:
    """Months by which the best model on sale for at most ``cap`` trails, by panel.

    Args:
        closed: closed models, as in ``openness.behind``.
        cap: highest blended price, USD per million tokens.
        through: last day up to which abilities are known.

    Raises:
        InputError: when no panel has a month.
    """
    found = {}
    for source, panel in panels.items():
        best = series.best_under(panel, cap, end=through)
        if len(best):
            name = f"on sale up to {cap:g} USD, {LABELS[source]}"
            found[name] = openness.behind(best[["month", "model", "ability"]], closed)
    if not found:
        raise InputError("panels", "none has a scored model at that price")
    return found
