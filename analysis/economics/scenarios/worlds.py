"""Three worlds, each a growth rate for every series, stated before the held-out data were scored.

    inflation    every price rises by a fifth a year; training keeps its trend
    deflation    prices at fixed ability and of unchanged products keep their trends, the best model
                 gets cheaper as chips do, and the cost of training stands still
    bifurcation  the price at fixed ability keeps its trend, the best model gets dearer by a fifth a
                 year, unchanged products keep their price, and training keeps its trend

A fifth a year is what the ledger counts as a steep raise (claim on list prices). Trends and spreads
are fitted on rows known by the day of training.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.economics.hardware import chips
from analysis.economics.scenarios.hold_out import ABLE, BEST, SAME, TRAINING, Held
from analysis.economics.scenarios.inputs import Known, trend_of_chips
from analysis.methods import trend

RISING, FLAT = 1.2, 1.0
TREND, CHIPS = "its trend", "as chips do"
WORLDS: dict[str, dict[str, float | str]] = {
    "inflation": {ABLE: RISING, BEST: RISING, SAME: RISING, TRAINING: TREND},
    "deflation": {ABLE: TREND, BEST: CHIPS, SAME: TREND, TRAINING: FLAT},
    "bifurcation": {ABLE: TREND, BEST: RISING, SAME: FLAT, TRAINING: TREND},
}


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
        spread, _ = one.spread
        rows.append(
            {"series": one.name} | factors | {"spread_log10": spread, "values": len(one.known)}
        )
    return pd.DataFrame(rows)
