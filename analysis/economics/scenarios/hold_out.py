"""Four series as they were known on a day, and what came after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.list_prices import lists, matched_index
from analysis.economics.prices import panels as price_panels
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import LISTS
from analysis.economics.scenarios.inputs import Known, monthly
from analysis.economics.scenarios.paths import LEAST
from analysis.economics.training import cost, samples
from analysis.errors import InputError
from analysis.methods import trend

ABLE, BEST, SAME, TRAINING = (
    "price at fixed ability", "price of the best model", "price of unchanged products",
    "cost of frontier runs",
)  # fmt: skip
MONTHLY = (ABLE, BEST, SAME)


@dataclass(frozen=True, eq=False)
class Held:
    """One series: what was known by the day of training, and what came; ``day`` and ``value``."""

    name: str
    known: pd.DataFrame
    later: pd.DataFrame

    @property
    def is_monthly(self) -> bool:
        return self.name in MONTHLY

    @property
    def line(self) -> trend.LogLinear:
        """The trend of what was known."""
        return cost.line(self.known.rename(columns={"day": "refers_to"}), "value")

    @property
    def spread(self) -> tuple[float, float]:
        """Scale in log10 and degrees of freedom: of the steps of months, or around the line."""
        if self.is_monthly:
            ordered = self.known.sort_values("day")
            steps = np.diff(np.log10(ordered["value"].to_numpy(dtype=float)))
            return float(steps.std(ddof=1)), float(len(steps) - 1)
        line = self.line
        return float(np.sqrt(line.residuals @ line.residuals / (line.n - 2))), float(line.n - 2)


def series(known: Known, reference: str) -> dict[str, pd.DataFrame]:
    """The four series from the tables as loaded; those that the data do not allow are left out.

    Raises:
        InputError: when the reference model has no score by that day.
    """
    names = ("api_prices", "router_prices", "model_quality", "model_crosswalk")
    panels = price_panels.panels(*(known[name] for name in names))
    ability = price_panels.ability_of(known["model_quality"], reference)
    frontier = samples.frontier_runs(known["training_runs"], known["run_links"])
    priced = samples.with_cost(frontier, known["training_costs"])
    runs = pd.DataFrame({"day": priced["refers_to"], "value": priced[samples.COST]})
    found = {
        ABLE: monthly(price_series.cheapest(panels[LISTS], ability)),
        BEST: monthly(price_series.best(panels[LISTS])),
        SAME: _unchanged(panels, known),
        TRAINING: runs,
    }
    return {name: frame for name, frame in found.items() if len(frame)}


def held_out(
    then: Mapping[str, pd.DataFrame], now: Mapping[str, pd.DataFrame], until: Any
) -> list[Held]:
    """Each series as known then, and its values after ``until`` as known now.

    Of a monthly series the last month up to ``until`` comes first in ``later``, so that the first
    step is scored too.

    Raises:
        InputError: when no series has a value after ``until``.
    """
    found = []
    for name in (*MONTHLY, TRAINING):
        if name not in then or name not in now or len(then[name]) < LEAST:
            continue
        frame = now[name].sort_values("day", ignore_index=True)
        first = int((frame["day"] <= pd.Timestamp(until)).sum())
        if first == len(frame) or first == 0:
            continue
        later = frame.iloc[first - (name in MONTHLY) :].reset_index(drop=True)
        found.append(Held(name, then[name], later))
    if not found:
        raise InputError("train_until", f"no series has a value after {until} that was known")
    return found


def _unchanged(panels: Mapping[str, price_panels.Panel], known: Known) -> pd.DataFrame:
    """The chained index of unchanged products from its first month that can be linked."""
    events = {LISTS: known["api_prices"]}
    found = lists.list_prices({LISTS: panels[LISTS]}, events, known["model_crosswalk"])[LISTS]
    first, last = (pd.Period(day, "M") for day in (found.copies["date"].min(), found.end))
    try:
        index = matched_index.matched_index(found, months=(last - first).n, resamples=1).series
    except InputError:
        return pd.DataFrame({"day": [], "value": []})
    return pd.DataFrame({"day": index.index, "value": index.to_numpy()})
