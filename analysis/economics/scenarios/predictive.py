"""Log densities that the worlds gave to what came after the day of training.

From one month to the next log10 price is Student's t around the growth of the world, with the
standard deviation of the steps of the training months; a run is Student's t around the line to the
day of training, continued at the growth of the world. The spread is the same in all worlds: they
differ in direction and not in calm.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.economics.scenarios.hold_out import Held
from analysis.economics.scenarios.inputs import Known
from analysis.economics.scenarios.worlds import WORLDS, growth
from analysis.methods import trend
from analysis.methods.validate import Vector


def densities(known: Known, held: list[Held], until: Any) -> pd.DataFrame:
    """Log density of every held-out value in every world: series, day, a world each."""
    parts = []
    for one in held:
        errors, days = {}, one.later["day"].iloc[int(one.is_monthly) :]
        spread, freedom = one.spread
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
    if one.is_monthly:
        return np.asarray(np.diff(logs) - rate * np.diff(years))
    last = float(trend.decimal_year([pd.Timestamp(until)])[0])
    line = one.line
    return np.asarray(logs - (line.intercept + line.slope_log10 * last + rate * (years - last)))
