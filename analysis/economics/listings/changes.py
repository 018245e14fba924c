"""Raises and cuts of list prices, after what is no price move has been taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economics.columns import INPUT, LISTING, OUTPUT, listed
from analysis.economics.listings.spells import FLAWS, blended, has_flag
from analysis.methods import validate
from analysis.methods.results import Result

_FIELDS = ["host", "model", INPUT, OUTPUT, "flag", "event", "date"]
ROUTERS = ("openrouter", "vercel_ai_gateway")
_RATIO = 5e-3  # how near to a power of ten a ratio must be to count as a slipped point


@dataclass(frozen=True, repr=False, eq=False)
class PriceMoves(Result):
    """Raises and cuts among the changes kept, and how many changes each reason removed."""

    raises: int
    cuts: int
    removed: int
    reasons: pd.Series

    @property
    def share_raised(self) -> float:
        return self.raises / (self.raises + self.cuts) if self.raises + self.cuts else float("nan")

    def summary(self) -> str:
        return (
            f"{self.raises} raises and {self.cuts} cuts ({self.share_raised:.0%} raises); "
            f"{self.removed} changes removed"
        )


def price_changes(events: pd.DataFrame, *, output_share: float = 0.25) -> pd.DataFrame:
    """Every change of a price from one copy of a list to the next, nothing screened.

    Args:
        events: rows of ``api_prices`` or ``router_prices`` as loaded.
        output_share: weight of output tokens in the blended price.

    Returns:
        list, listing, host, model and model_before, date, days (since the price was set), old
        and new prices, ratio (new to old blended price), direction (raise, cut or mixed, where
        the two prices moved apart and the blend did not move), flag and flag_before.

    Raises:
        InputError: for missing columns.
    """
    frame = listed(events).sort_values([*LISTING, "date"], kind="stable")
    frame = frame.reset_index(drop=True)
    before = frame.groupby(LISTING, sort=False)[_FIELDS].shift()
    priced = frame[[INPUT, OUTPUT]].notna().all(axis=1) & before[[INPUT, OUTPUT]].notna().all(
        axis=1
    )
    moved = (frame[INPUT] != before[INPUT]) | (frame[OUTPUT] != before[OUTPUT])
    kept = priced & moved & (frame["event"] == "changed")
    frame, before = frame[kept], before[kept]
    ratio = blended(frame, output_share=output_share) / blended(before, output_share=output_share)
    changes = frame[["list", "listing", "host", "model", "date", INPUT, OUTPUT, "flag"]].assign(
        model_before=before["model"],
        flag_before=before["flag"],
        days=(frame["date"] - before["date"]).dt.days,
        input_before=before[INPUT],
        output_before=before[OUTPUT],
        ratio=ratio,
        direction=np.select([ratio > 1 + 1e-9, ratio < 1 - 1e-9], ["raise", "cut"], "mixed"),
    )
    return changes.sort_values(["date", *LISTING], kind="stable").reset_index(drop=True)


def screen_changes(
    changes: pd.DataFrame, *, bulk: int = 5, rounding: float = 0.01, memory: str = "190D"
) -> pd.DataFrame:
    """The same changes with a ``reason`` where one is likely no price move; empty where kept.

    In this order: ``flagged`` (the row before or after has one of ``FLAWS``), ``rounding`` (less
    than ``rounding`` in both prices), ``slipped_point`` (a price changes by a power of ten),
    ``alias_moved`` (the listing came to stand for another model), ``reversed`` (the old prices
    are back within ``memory``; both changes go), ``endpoint`` (a list copies a router, which
    shows the price of one endpoint at a time), ``bulk`` (a host changes ``bulk`` or more
    listings by one ratio on one day; not for routers, which sell for many), ``same_model``
    (another listing of the model at the host made the same move and counts). What happened
    later than the data at hand cannot matter.

    Raises:
        InputError: for a ``bulk`` below 2 or a ``rounding`` outside [0, 1].
    """
    least = validate.count("bulk", bulk, minimum=2)
    validate.probability("rounding", rounding)
    rules = {
        "flagged": has_flag(changes["flag"], FLAWS) | has_flag(changes["flag_before"], FLAWS),
        "rounding": (_ratios(changes) - 1).abs().max(axis=1) < rounding,
        "slipped_point": _slipped(changes),
        "alias_moved": changes["model"] != changes["model_before"],
        "reversed": _reversed(changes, pd.Timedelta(memory)),
        "endpoint": changes["host"].isin(ROUTERS) & (changes["list"] != changes["host"]),
    }
    reason = pd.Series("", index=changes.index)
    for name, hit in rules.items():
        reason = reason.mask((reason == "") & hit, name)
    reason = reason.mask((reason == "") & _bulk(changes, reason == "", least), "bulk")
    reason = reason.mask((reason == "") & _repeated(changes, reason == ""), "same_model")
    return changes.assign(reason=reason)


def raises_and_cuts(screened: pd.DataFrame) -> PriceMoves:
    """Counts of what ``screen_changes`` kept and removed."""
    kept = screened["reason"] == ""
    directions = screened.loc[kept, "direction"]
    return PriceMoves(
        raises=int((directions == "raise").sum()),
        cuts=int((directions == "cut").sum()),
        removed=int((~kept).sum()),
        reasons=screened.loc[~kept, "reason"].value_counts(),
    )


def _ratios(changes: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "input": changes[INPUT] / changes["input_before"],
            "output": changes[OUTPUT] / changes["output_before"],
        }
    )


def _slipped(changes: pd.DataFrame) -> pd.Series[bool]:
    tens = _ratios(changes).apply(np.log10)
    power = tens.round()
    return ((power != 0) & ((tens - power).abs() < _RATIO)).any(axis=1)


def _reversed(changes: pd.DataFrame, memory: pd.Timedelta) -> pd.Series[bool]:
    groups = changes.groupby(LISTING, sort=False)
    following = groups[[INPUT, OUTPUT, "date"]].shift(-1)
    back = (
        (following[INPUT] == changes["input_before"])
        & (following[OUTPUT] == changes["output_before"])
        & (following["date"] - changes["date"] <= memory)
    )
    return back | back.groupby([changes[c] for c in LISTING], sort=False).shift(fill_value=False)


def _bulk(changes: pd.DataFrame, open_: pd.Series[bool], least: int) -> pd.Series[bool]:
    rounded = _ratios(changes).round(3)
    keys = [changes["list"], changes["host"], changes["date"], rounded["input"], rounded["output"]]
    return (open_.groupby(keys).transform("sum") >= least) & ~changes["host"].isin(ROUTERS)


def _repeated(changes: pd.DataFrame, open_: pd.Series[bool]) -> pd.Series[bool]:
    keys = ["list", "host", "sold", "date", "input_before", "output_before", INPUT, OUTPUT]
    bare = changes["listing"].str.rsplit("/", n=1).str[-1].str.lower()
    rows = changes.assign(sold=changes["model"].where(changes["model"] != "", bare))[open_]
    return rows.duplicated(keys).reindex(changes.index, fill_value=False)
