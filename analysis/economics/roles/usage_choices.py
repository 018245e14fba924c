"""How far the share of open or small models hangs on the choices behind it (c60)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.roles import usage as shares_of
from analysis.economics.roles.usage import KINDS, UNCHECKED
from analysis.errors import InputError
from analysis.methods import multiverse
from analysis.methods.average import average
from analysis.methods.multiverse import Multiverse

AXES: Mapping[str, tuple[Any, ...]] = {
    "counts_as_tier": KINDS,
    "not_looked_up": UNCHECKED,
    "last_week": ("with the live one", "whole months"),
    "weights": ("months alike", "tokens alike"),
    "ranking": (15, 10),
}
"""One publisher alone gives shares by model, so there is no axis of sources; the rule fixes the
months, so there is none of windows."""


def curve(usage: pd.DataFrame, prices: pd.DataFrame, level: float) -> Multiverse:
    """The share under every choice: estimand, sample, weights and depth of the ranking.

    Months count alike with a Newey-West interval, or tokens alike with the jackknife over months.

    Raises:
        InputError: when no specification has an estimate.
    """
    cheap = shares_of.is_cheap(usage, prices)

    @cache
    def monthly(kind: str, unchecked: str, top: int) -> pd.DataFrame:
        return shares_of.monthly(usage, kind=kind, unchecked=unchecked, top=top, cheap=cheap)

    def one(**choices: Any) -> tuple[float, float, float]:
        frame = monthly(choices["counts_as_tier"], choices["not_looked_up"], choices["ranking"])
        whole = choices["last_week"] == "whole months"
        recent = shares_of.latest(frame, whole=whole)
        values = recent["share"].to_numpy()
        if choices["weights"] == "tokens alike":
            values = pseudo_values(recent["to"].to_numpy(), recent["tokens"].to_numpy())
            found = average(values, covariance="classical", level=level)
            pooled = float(recent["to"].sum() / recent["tokens"].sum())
            return pooled, *_inside(found.interval)
        found = average(values, covariance="HAC", level=level)
        return found.mean, *_inside(found.interval)

    return multiverse.run(AXES, one)


def by_choice(found: Multiverse, line: float) -> pd.DataFrame:
    """Share of the distinct specifications above ``line``, by each choice of each axis."""
    rows = found.estimates
    parts = [
        {
            "axis": axis.replace("_", " "),
            "choice": str(choice),
            "specifications": len(part),
            "share_above": float((part["estimate"] > line).mean()),
        }
        for axis in found.axes
        for choice, part in rows.groupby(axis, sort=False)
    ]
    return pd.DataFrame(parts)


def pseudo_values(to: np.ndarray, tokens: np.ndarray) -> np.ndarray:
    """Jackknife values n R - (n - 1) R₋ᵢ of the ratio R = Σ to / Σ tokens, one a month.

    Source: Tukey (1958), Annals of Mathematical Statistics 29:614.
    """
    n, whole = len(to), to.sum() / tokens.sum()
    without = (to.sum() - to) / (tokens.sum() - tokens) if n > 1 else np.array([whole])
    return np.asarray(n * whole - (n - 1) * without)


def extremes(usage: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Mean share of the latest twelve months by what counts, and by the models not looked up."""
    cheap = shares_of.is_cheap(usage, prices)
    rows = []
    for kind in KINDS:
        row: dict[str, Any] = {"counts_as_tier": kind}
        for unchecked in UNCHECKED:
            frame = shares_of.monthly(usage, kind=kind, unchecked=unchecked, cheap=cheap)
            recent = shares_of.latest(frame)
            row[f"share_if_{unchecked.replace(' ', '_')}"] = recent["share"].mean()
        rows.append(row)
    return pd.DataFrame(rows)


def published(facts: pd.DataFrame, usage: pd.DataFrame) -> pd.DataFrame:
    """Published shares of open models, and ours over the same year of months.

    Raises:
        InputError: when none is known.
    """
    rows = facts[facts["topic"] == "token_share"].sort_values("refers_to", kind="stable")
    if rows.empty:
        raise InputError("facts", "has no published share by this day")
    ours = shares_of.bounds(usage, "open")
    periods = pd.PeriodIndex(ours["month"], freq="M")
    found = []
    for row in rows.to_dict("records"):
        end = pd.Period(row["refers_to"], "M")
        same = ours[(periods <= end) & (periods > end - shares_of.MONTHS)]
        found.append(
            {
                "published": row["statement"],
                "percent": row["value"],
                "grade": row["grade"],
                "our_months": len(same),
                "ours_percent": 100 * same["share"].mean(),
                "ours_low_percent": 100 * same["low"].mean(),
                "ours_high_percent": 100 * same["high"].mean(),
            }
        )
    return pd.DataFrame(found)


def _inside(interval: tuple[float, float]) -> tuple[float, float]:
    return max(0.0, interval[0]), min(1.0, interval[1])
