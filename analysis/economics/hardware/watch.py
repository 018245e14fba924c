"""Dated indicators of the open questions: today's reading, and what would close the question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.hardware import chips
from analysis.errors import InputError
from analysis.methods import trend

NONE = "no public series"
HALF_YEAR = 6


@dataclass(frozen=True)
class Indicator:
    """One line of the list: ``reading`` is None where the data allow none."""

    question: str
    indicator: str
    reading: float | str | None
    closed_by: str
    datum_of: Any


def indicators(
    hybrids: pd.DataFrame | None,
    gain: Answer,
    returns: Answer,
    rent: pd.Series,
    efficiency: pd.DataFrame,
    at: Any,
) -> pd.DataFrame:
    """The open questions of this notebook, one row an indicator.

    ``hybrids`` is from ``questions.hybrids``, ``rent`` a monthly series, ``efficiency`` chips with
    FLOP/s per watt, ``at`` the day from which they may differ.
    """
    rows = [
        *_state_space(hybrids),
        Indicator("new kinds of chip", "vendors over 100 million dollars a year", NONE,
                  "one such vendor, April 2029 to April 2031", ""),
        Indicator("algorithms against cost", "yearly gain over yearly growth of cost",
                  gain.estimate, "an interval wholly above 1, or below", ""),
        Indicator("limit of scaling", "return to compute, later over earlier", returns.estimate,
                  "an interval wholly below 0.8, or above", ""),
        *_rent(rent),
        *_efficiency(efficiency, at),
    ]  # fmt: skip
    return pd.DataFrame([vars(row) for row in rows])


def _state_space(hybrids: pd.DataFrame | None) -> list[Indicator]:
    if hybrids is None:
        return []
    shares = hybrids[["over_largest", "counted_over_largest"]].max(axis=1)
    if shares.isna().all():
        return []
    top = hybrids.loc[shares == shares.max()].iloc[0]
    name = f"{top['model']}, over the largest run"
    day = f"{top['refers_to']:%Y-%m}"
    return [Indicator("state-space models at scale", name, shares.max(), "a third or more", day)]


def _rent(rent: pd.Series) -> list[Indicator]:
    if len(rent) <= HALF_YEAR:
        return []
    change = rent.iloc[-1] / rent.iloc[-1 - HALF_YEAR]
    day = f"{rent.index[-1]:%Y-%m}"
    what = "rent of an H100 over six months before"
    return [Indicator("efficiency against demand", what, change, "below 1", day)]


def _efficiency(efficiency: pd.DataFrame, at: Any) -> list[Indicator]:
    """The best chip of the last 12 months over what the trend before ``at`` gives for its day."""
    early = efficiency[efficiency["refers_to"] < pd.Timestamp(at)]
    if efficiency.empty:
        return []
    last = efficiency["refers_to"].max()
    recent = efficiency[efficiency["refers_to"] > last - pd.DateOffset(years=1)]
    best = recent.nlargest(1, chips.VALUE).iloc[0]
    try:
        former = trend.log_linear(early["refers_to"], early[chips.VALUE], covariance="classical")
    except InputError:
        return []
    expected = float(former.predict(best["refers_to"]).level[0])
    name = f"FLOP per joule of {best['accelerator']} over the former trend"
    day = f"{best['refers_to']:%Y-%m}"
    over = best[chips.VALUE] / expected
    return [Indicator("efficiency of new chips", name, over, "a run of chips off the trend", day)]
