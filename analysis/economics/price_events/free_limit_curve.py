"""How far the ratio of cuts hangs on choices, and what new models are given (c12)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.price_events.free_limits import (
    KEY,
    LIMITS,
    QUOTAS,
    SPLITS,
    UNITS,
    daily,
    later_over_earlier,
    monthly,
    service_months,
)
from analysis.errors import InputError
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

ESTIMANDS = ("months with a cut", "models cut")
SETS = ("there from the start", "every one")
SAMPLES = ("all", "without the longest list", "those that ever cut")


def ratio_curve(panel: pd.DataFrame, changes: pd.DataFrame) -> Multiverse:
    """The ratio under other units, limits, sizes of a cut, splits, samples and sources.

    Raises:
        InputError: when no specification has an estimate.
    """
    months = monthly(panel)
    sources = {"month ends": months, "observed days": daily(changes, months)}
    samples = _samples(months)
    axes = {
        "source": tuple(sources),
        "estimand": ESTIMANDS,
        "unit": tuple(UNITS),
        "limits": tuple(QUOTAS),
        "least_cut": (0.0, 0.5),
        "set": SETS,
        "sample": SAMPLES,
        "split": SPLITS,
    }

    @cache
    def counted(
        source: str, estimand: str, unit: str, limits: str, least: float, set_: str, sample: str
    ) -> pd.DataFrame:
        rows = sources[source]
        rows = rows[rows["provider"].isin(samples[sample])]
        fixed, each = set_ == SETS[0], estimand == ESTIMANDS[1]
        return service_months(rows, unit=unit, limits=limits, least=least, fixed=fixed, each=each)

    def one(split: str, **choices: Any) -> tuple[float, ...]:
        ratio, _ = later_over_earlier(counted(*choices.values()), split=split)
        return ratio.ratio, *ratio.interval

    return multiverse.run(axes, one)


def _samples(months: pd.DataFrame) -> dict[str, list[str]]:
    """Which providers each sample keeps."""
    sizes = months["provider"].value_counts()
    fell = months[(months[list(LIMITS)] < 1).any(axis=1)]
    names = (list(sizes.index), list(sizes.index[1:]), list(fell["provider"].unique()))
    return dict(zip(SAMPLES, names, strict=True))


def newcomers(panel: pd.DataFrame) -> pd.DataFrame:
    """Daily requests that models are first listed with, by provider and quarter of arrival.

    A new model that gets less than the one before is no cut of a limit; here it can be seen. The
    models of the first month are those that the watch began with. Columns: provider, arrived,
    models, median_requests_per_day.

    Raises:
        InputError: when no model has a daily limit.
    """
    first = panel.sort_values("month", kind="stable").drop_duplicates(KEY)
    first = first[first["requests_per_day"].notna()]
    if first.empty:
        raise InputError("panel", "has no model with a daily limit")
    quarter = pd.PeriodIndex(first["month"], freq="M").asfreq("Q").strftime("%YQ%q")
    began = first["month"] == panel["month"].min()
    arrived = pd.Series(quarter, index=first.index).where(~began, "there at the start")
    groups = first.assign(arrived=arrived).groupby(["provider", "arrived"])["requests_per_day"]
    found = groups.agg(models="size", median_requests_per_day="median").reset_index()
    order = found["arrived"].where(found["arrived"] != "there at the start", "")
    return found.iloc[np.lexsort([order, found["provider"]])].reset_index(drop=True)
