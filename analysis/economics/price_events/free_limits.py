"""Cuts of free limits on a panel that records zeros (c12).

Readings, fixed before the ratio was computed. A *service* is a provider, as in the rule of c63
("the same service and model"): limits of several models that fall together are one decision, and
an exact interval needs events that are independent. The *fixed set* are the providers of the
panel's first month. A service-month has a *cut* when the limit of a model at the month's end is
lower than a month before, for any of the four limits; models that come or go are not compared.
The *second half* are the later months; of an odd number the middle one belongs to the first half.
A model as the unit, single limits, larger cuts and changes by day are varied.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods.events import RateRatio, rate_ratio

KEY = ["provider", "model"]
LIMITS = ("requests_per_day", "requests_per_minute", "tokens_per_day", "tokens_per_minute")
UNITS = {"service": ["provider"], "service and model": KEY}
QUOTAS = {"any limit": LIMITS, "requests": LIMITS[:2], "requests a day": LIMITS[:1]}
SPLITS = (
    "halves",
    "outer thirds",
    "2025 and 2026",
    "six months and the rest",
    "nine months and the rest",
)
METHOD = "cuts per service-month, later over earlier half, exact conditional interval"


def monthly(panel: pd.DataFrame) -> pd.DataFrame:
    """Each service and model in each month after its first, with what became of its limits.

    Columns: provider, model, month, and for each limit the ratio to the month before (missing
    where either month has none; a limit of 0 has the ratio 0).

    Raises:
        InputError: for a panel of fewer than two months.
    """
    if panel["month"].nunique() < 2:
        raise InputError("panel", "has fewer than two months, so no change can be seen")
    frame = panel.sort_values([*KEY, "month"], kind="stable").reset_index(drop=True)
    before = frame.groupby(KEY, sort=False)[list(LIMITS)].shift()
    ratios = frame[list(LIMITS)] / before.where(before > 0)
    found = pd.concat([frame[[*KEY, "month"]], ratios], axis=1)
    return found[frame.duplicated(KEY)].reset_index(drop=True)


def daily(changes: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """As ``monthly``, from the observed days of ``free_tier_limits``.

    A change taken back within the month counts here; the exposure is that of ``months``.
    """
    stated = changes[changes["event"] != "gone"].sort_values([*KEY, "refers_to"], kind="stable")
    before = stated.groupby(KEY, sort=False)[list(LIMITS)].shift()
    ratios = stated[list(LIMITS)] / before.where(before > 0)
    rows = stated[KEY].assign(month=stated["refers_to"].dt.strftime("%Y-%m"))
    least = pd.concat([rows, ratios], axis=1).groupby([*KEY, "month"])[list(LIMITS)].min()
    return months[[*KEY, "month"]].merge(least.reset_index(), on=[*KEY, "month"], how="left")


def service_months(
    rows: pd.DataFrame,
    *,
    unit: str = "service",
    limits: str = "any limit",
    least: float = 0.0,
    fixed: bool = True,
    each: bool = False,
) -> pd.DataFrame:
    """One row a unit and month: ``cut``, whether a limit fell by more than the share ``least``.

    With ``fixed`` only units that were there in the first month; with ``each`` every model with a
    cut counts, instead of one cut a month at most.
    """
    names = UNITS[unit]
    fallen = (rows[list(QUOTAS[limits])] < 1 - least - 1e-9).any(axis=1)
    groups = rows.assign(cut=fallen.astype(int)).groupby([*names, "month"])["cut"]
    frame = (groups.sum() if each else groups.max()).reset_index()
    if not fixed:
        return frame
    first = frame["month"] == frame["month"].min()
    return frame.merge(frame.loc[first, names].drop_duplicates(), on=names)


def later_over_earlier(
    frame: pd.DataFrame, *, split: str = "halves", level: float = 0.95
) -> tuple[RateRatio, pd.DataFrame]:
    """Rate of cuts in the later months over that in the earlier, and the counts.

    Raises:
        InputError: for too few months, or when the earlier ones have no cut to divide by.
    """
    early, late = _parts(np.sort(frame["month"].unique()), split)
    if not len(early) or not len(late):
        raise InputError("panel", "has too few months to be split")
    rows = [_counts(frame, name, part) for name, part in (("earlier", early), ("later", late))]
    before, after = rows
    if before["cuts"] == 0:
        raise InputError("panel", "has no cut in the earlier part, so there is no ratio")
    ratio = rate_ratio(
        after["cuts"], after["service_months"], before["cuts"], before["service_months"],
        level=level,
    )  # fmt: skip
    return ratio, pd.DataFrame(rows)


def _parts(every: np.ndarray, split: str) -> tuple[np.ndarray, np.ndarray]:
    if split == "halves":
        size = len(every) // 2
        return every[: len(every) - size], every[len(every) - size :]
    if split == "outer thirds":
        size = len(every) // 3
        return every[:size], every[len(every) - size :]
    if split == "2025 and 2026":
        return every[every < "2026"], every[every >= "2026"]
    size = 6 if split.startswith("six") else 9
    return every[:size], every[size:]


def _counts(frame: pd.DataFrame, name: str, months: np.ndarray) -> dict[str, Any]:
    first, last, month = months[0], months[-1], frame["month"].to_numpy()
    inside = (month >= first) & (month <= last)
    return {
        "part": name,
        "first": first,
        "last": last,
        "cuts": int(frame["cut"].to_numpy()[inside].sum()),
        "service_months": int(inside.sum()),
    }


def cut_ratio(panel: pd.DataFrame, *, level: float = 0.95) -> Answer:
    """Rate of cuts, later over earlier half (c12), with the p-value of a ratio of 1."""
    frame = service_months(monthly(panel))
    ratio, parts = later_over_earlier(frame, level=level)
    early, late = parts.to_dict("records")
    reason = (
        f"{early['cuts']} cuts in {early['service_months']} service-months, then {late['cuts']} in"
        f" {late['service_months']}, of {frame['provider'].nunique()} providers of interfaces for"
        " developers; no such panel of consumer products exists"
    )
    return Answer(
        ratio.ratio, ratio.interval, len(frame), METHOD, reason, "B", ratio.p_value,
        detail={"parts": parts.to_dict("records")},
    )  # fmt: skip
