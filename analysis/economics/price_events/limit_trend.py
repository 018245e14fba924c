"""Change of the free limits of the same service and model (c63).

Readings, fixed before the change was computed. The *limit* is that of requests a day; where a
model has none, that of requests a minute, of tokens a day, of tokens a minute, in this order.
Each service and model that the panel shows at two month ends half a year apart or more gives one
log change per year, from the first to the last; shorter spans, blown up to a year, say little. The
estimate is the median over services and models; the interval resamples providers. A limit that
fell to 0 has the factor 0. A model that was retired without a note is carried on as unchanged: it
has no later limit to compare, and a withdrawn model is no lower limit of the same model.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.price_events.free_limits import KEY, LIMITS
from analysis.errors import InputError
from analysis.methods import multiverse, validate
from analysis.methods.multiverse import Multiverse

LEAST_MONTHS = 6
RESAMPLES, CURVE_RESAMPLES = 4999, 499
FIRST = {
    "requests a day first": LIMITS,
    "requests a minute first": (LIMITS[1], LIMITS[0], *LIMITS[2:]),
    "tokens a minute first": (LIMITS[3], LIMITS[2], *LIMITS[:2]),
}
SUMMARIES = ("median", "median of providers", "mean")
SAMPLES = ("all", "there from the start", "without the largest")
METHOD = "median log change per year of the same service and model, bootstrap over providers"


def changes(
    panel: pd.DataFrame, *, order: tuple[str, ...] = LIMITS, least: int = LEAST_MONTHS
) -> pd.DataFrame:
    """One row a service and model: its first and last limit, the years between, the log change.

    Columns: provider, model, limit (which one), start, first, last, years, log_change (a year;
    minus infinity where the limit fell to 0).

    Raises:
        InputError: when no service and model is seen ``least`` months apart.
    """
    if panel.empty:
        raise InputError("panel", "has no month known by this day")
    frame = panel.sort_values([*KEY, "month"], kind="stable")
    groups = frame.groupby(KEY)
    ends = pd.DataFrame({"start": groups["month"].first(), "end": groups["month"].last()})
    first, last = groups[list(order)].nth(0), groups[list(order)].nth(-1)
    both = (first.to_numpy() > 0) & ~np.isnan(last.to_numpy())
    picked, rows = both.argmax(axis=1), np.arange(len(ends))
    span = _month_number(ends["end"]) - _month_number(ends["start"])
    before, after = first.to_numpy()[rows, picked], last.to_numpy()[rows, picked]
    with np.errstate(divide="ignore"):
        change = np.log(after / before)
    found = ends.assign(
        limit=np.array(order)[picked], first=before, last=after, years=span / 12
    ).reset_index()
    kept = both.any(axis=1) & (span >= least)
    if not kept.any():
        raise InputError("panel", f"shows no service and model at ends {least} months apart")
    log_change = change[kept] / (span[kept] / 12)
    return found[kept].drop(columns="end").assign(log_change=log_change).reset_index(drop=True)


def median_interval(
    values: np.ndarray,
    groups: np.ndarray,
    *,
    level: float = 0.95,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> tuple[float, float]:
    """Percentile interval of the median when whole groups are drawn again.

    Groups are drawn with replacement, all their values with them.

    Raises:
        InputError: for fewer than two groups.
    """
    names, codes = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        raise InputError("groups", "must be two or more to be drawn again")
    tail = (1 - validate.level("level", level)) / 2
    drawn = np.random.default_rng(seed).multinomial(
        len(names), np.full(len(names), 1 / len(names)), size=resamples
    )
    order = np.argsort(values, kind="stable")
    sums = drawn[:, codes[order]].cumsum(axis=1)
    half, ranked = sums[:, -1:] / 2, values[order]
    lower, upper = ranked[(sums >= half).argmax(axis=1)], ranked[(sums > half).argmax(axis=1)]
    medians = np.where(lower == upper, lower, (lower + upper) / 2)
    low, high = np.quantile(medians, [tail, 1 - tail], method="inverted_cdf")
    return float(low), float(high)


def limit_change(panel: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Median factor a year of the free limits of the same service and model (c63)."""
    rows = changes(panel)
    values = rows["log_change"].to_numpy()
    ends = median_interval(values, rows["provider"].to_numpy(), level=level, seed=seed)
    fell, rose = int((values < 0).sum()), int((values > 0).sum())
    spare = max(len(rows) - len(rows) // 2 - fell, 0)  # that would bring the median below 1
    reason = (
        f"Of {len(rows)} free limits of {rows['provider'].nunique()} providers {fell} fell, {rose}"
        f" rose and {len(rows) - fell - rose} ended as they began, models retired without a note"
        f" among them; {spare} more falls would bring the median below 1; interfaces for"
        " developers, no consumer plan among them"
    )
    return Answer(
        float(np.exp(np.median(values))), (float(np.exp(ends[0])), float(np.exp(ends[1]))),
        len(rows), METHOD, reason, "B", detail={"fell": fell, "rose": rose, "more_to_fall": spare},
    )  # fmt: skip


def by_provider(rows: pd.DataFrame) -> pd.DataFrame:
    """How many limits of ``changes`` fell, rose and stayed, and the median factor, a provider."""
    signs = rows.assign(
        fell=rows["log_change"] < 0, rose=rows["log_change"] > 0, same=rows["log_change"] == 0
    )
    found = signs.groupby("provider").agg(
        models=("model", "size"), fell=("fell", "sum"), same=("same", "sum"), rose=("rose", "sum"),
        median=("log_change", "median"),
    )  # fmt: skip
    return found.assign(median=np.exp(found["median"])).reset_index()


def limit_curve(panel: pd.DataFrame, *, seed: int = 0) -> Multiverse:
    """The change under other limits, spans, samples, ends and ways to sum up.

    Raises:
        InputError: when no specification has an estimate.
    """
    axes: dict[str, tuple[Any, ...]] = {
        "limit": tuple(FIRST),
        "sample": SAMPLES,
        "until": ("the end", "2026-03", "2025-12"),
        "least_months": (3, 6, 9, 12),
        "estimand": SUMMARIES,
    }

    @cache
    def rows(limit: str, sample: str, until: str) -> pd.DataFrame:
        seen = panel if until == "the end" else panel[panel["month"] <= until]
        return changes(_sample(seen, sample), order=FIRST[limit], least=min(axes["least_months"]))

    def one(least_months: int, estimand: str, **choices: str) -> tuple[float, ...]:
        found = rows(*choices.values())
        found = found[found["years"] * 12 >= least_months - 0.5]
        if found.empty:
            raise InputError("panel", f"shows no model at ends {least_months} months apart")
        return _summary(found, estimand, seed)

    return multiverse.run(axes, one)


def _sample(panel: pd.DataFrame, sample: str) -> pd.DataFrame:
    if sample == "there from the start":
        begun = panel.groupby(KEY)["month"].transform("min")
        return panel[begun == panel["month"].min()]
    if sample == "without the largest":
        return panel[~panel["provider"].isin(panel["provider"].value_counts().index[:1])]
    return panel


def _summary(rows: pd.DataFrame, estimand: str, seed: int) -> tuple[float, ...]:
    values, groups = rows["log_change"].to_numpy(), rows["provider"].to_numpy()
    point = float(np.exp(np.median(values)))
    if estimand == "mean":  # a limit of 0 has no mean of logs: the mean of factors stands in
        point = float(np.exp(values).mean())
    if estimand != "median":
        factors = pd.Series(np.exp(values)).groupby(groups)
        by_group = factors.mean() if estimand == "mean" else factors.median()
        groups = by_group.index.to_numpy()
        with np.errstate(divide="ignore"):
            values = np.log(by_group.to_numpy())
        point = point if estimand == "mean" else float(np.exp(np.median(values)))
    ends = median_interval(values, groups, seed=seed, resamples=CURVE_RESAMPLES)
    return point, float(np.exp(ends[0])), float(np.exp(ends[1]))


def _month_number(months: pd.Series) -> np.ndarray:
    parts = months.str.split("-", expand=True).astype(int)
    return (parts[0] * 12 + parts[1]).to_numpy()
