"""Three worlds, each a growth rate for every series, stated before the held-out data were scored.

    inflation    every price rises by a fifth a year; training keeps its trend
    deflation    prices at fixed ability and of unchanged products keep their trends, the best model
                 gets cheaper as chips do, and the cost of training stands still
    bifurcation  the price at fixed ability keeps its trend, the best model gets dearer by a fifth a
                 year, unchanged products keep their price, and training keeps its trend

A fifth a year is what the ledger counts as a steep raise (claim on list prices). Trends and spreads
are fitted on rows known by the day of training. From one month to the next log10 price is Student's
t around the growth of the world, with the standard deviation of the steps of the training months;
a run is Student's t around the line to the day of training, continued at the growth of the world.
The spread is the same in all worlds: they differ in direction and not in calm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.economics.hardware import chips
from analysis.economics.list_prices import lists, matched_index
from analysis.economics.prices import panels as price_panels
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import LISTS
from analysis.economics.scenarios.inputs import Known, monthly, trend_of_chips
from analysis.economics.scenarios.paths import LEAST
from analysis.economics.training import cost, samples
from analysis.errors import InputError
from analysis.methods import trend
from analysis.methods.validate import Vector

RISING, FLAT = 1.2, 1.0
TREND, CHIPS = "its trend", "as chips do"
ABLE, BEST, SAME, TRAINING = (
    "price at fixed ability", "price of the best model", "price of unchanged products",
    "cost of frontier runs",
)  # fmt: skip
WORLDS: dict[str, dict[str, float | str]] = {
    "inflation": {ABLE: RISING, BEST: RISING, SAME: RISING, TRAINING: TREND},
    "deflation": {ABLE: TREND, BEST: CHIPS, SAME: TREND, TRAINING: FLAT},
    "bifurcation": {ABLE: TREND, BEST: RISING, SAME: FLAT, TRAINING: TREND},
}
MONTHLY = (ABLE, BEST, SAME)


@dataclass(frozen=True, eq=False)
class Held:
    """One series: what was known by the day of training, and what came; ``day`` and ``value``."""

    name: str
    known: pd.DataFrame
    later: pd.DataFrame


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


def growth(known: Known, frame: pd.DataFrame, rule: float | str) -> float:
    """log10 per year that a world gives a series.

    Raises:
        InputError: when a trend that is needed has too few values.
    """
    if isinstance(rule, float):
        return float(np.log10(rule))
    if rule == CHIPS:
        found = chips.sample(known["accelerators"], chips.HALF, chips.DOLLAR)
        return -trend_of_chips(found).slope_log10
    return trend.log_linear(frame["day"], frame["value"], covariance="classical").slope_log10


def parameters(known: Known, held: list[Held]) -> pd.DataFrame:
    """Growth of every series in every world, a factor per year, with the spread of a step.

    Columns: series, a world each, spread_log10, values (known by the day of training).
    """
    rows = []
    for one in held:
        factors = {
            world: 10 ** growth(known, one.known, rules[one.name])
            for world, rules in WORLDS.items()
        }
        spread, _ = _spread(one)
        rows.append(
            {"series": one.name} | factors | {"spread_log10": spread, "values": len(one.known)}
        )
    return pd.DataFrame(rows)


def densities(known: Known, held: list[Held], until: Any) -> pd.DataFrame:
    """Log density of every held-out value in every world: series, day, a world each."""
    parts = []
    for one in held:
        errors, days = {}, one.later["day"].iloc[int(one.name in MONTHLY) :]
        spread, freedom = _spread(one)
        for world, rules in WORLDS.items():
            rate = growth(known, one.known, rules[one.name])
            errors[world] = student_log_density(_errors(one, rate, until) / spread, freedom)
            errors[world] = errors[world] - np.log(spread)
        parts.append(pd.DataFrame({"series": one.name, "day": days.to_numpy()} | errors))
    return pd.concat(parts, ignore_index=True)


def student_log_density(z: Vector, freedom: float) -> Vector:
    """log of the density of Student's t."""
    halves = special.gammaln((freedom + 1) / 2) - special.gammaln(freedom / 2)
    return np.asarray(
        halves - 0.5 * np.log(np.pi * freedom) - (freedom + 1) / 2 * np.log1p(z**2 / freedom)
    )


def _errors(one: Held, rate: float, until: Any) -> Vector:
    years = np.asarray(trend.decimal_year(one.later["day"]))
    logs = np.log10(one.later["value"].to_numpy(dtype=float))
    if one.name in MONTHLY:
        return np.asarray(np.diff(logs) - rate * np.diff(years))
    last = float(trend.decimal_year([pd.Timestamp(until)])[0])
    line = _line(one)
    return np.asarray(logs - (line.intercept + line.slope_log10 * last + rate * (years - last)))


def _spread(one: Held) -> tuple[float, float]:
    """Scale and degrees of freedom of the predictive distribution."""
    if one.name in MONTHLY:
        ordered = one.known.sort_values("day")
        steps = np.diff(np.log10(ordered["value"].to_numpy(dtype=float)))
        return float(steps.std(ddof=1)), float(len(steps) - 1)
    line = _line(one)
    return float(np.sqrt(line.residuals @ line.residuals / (line.n - 2))), float(line.n - 2)


def _line(one: Held) -> trend.LogLinear:
    return cost.line(one.known.rename(columns={"day": "refers_to"}), "value")


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
