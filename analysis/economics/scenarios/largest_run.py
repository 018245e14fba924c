"""The cost of the largest run under other judgements than those that are drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.economics.scenarios.inputs import GOOD_TO, Run
from analysis.economics.scenarios.simulation import (
    COMPUTE,
    LEVEL,
    TRAINING,
    UNIT_COST,
    Draws,
    Model,
    level_error,
)
from analysis.errors import InputError
from analysis.methods.trend import LogLinear
from analysis.methods.validate import Vector

WIDER = 10.0
PUBLISHED = 2.4
"""Growth of training cost per year, Cottier et al. 2024, arXiv:2405.21015."""
Parts = Sequence[tuple[LogLinear, int]]


def choices(model: Model, draws: Draws) -> pd.DataFrame:
    """Cost at the end of the horizon as drawn, and with one judgement changed at a time.

    Columns: choice, from_run, median, 5_percent, 95_percent in billions of USD of 2023.

    Raises:
        InputError: when the cost of the largest run cannot be simulated.
    """
    if not model.has(TRAINING):
        raise InputError("inputs", f"do not allow the {TRAINING} to be simulated")
    k = model.known
    assert k.run is not None and k.compute is not None and k.unit_cost is not None
    parts: Parts = [(k.compute, 1), (k.unit_cost, 1)]
    drawn = _rate(parts, draws)
    ways = [
        ("as drawn", k.run, drawn, GOOD_TO),
        (f"cost of a run good to a factor of {WIDER:.0f}", k.run, drawn, WIDER),
        (f"published growth, {PUBLISHED} a year", k.run, np.log10([PUBLISHED]), GOOD_TO),
    ]
    if k.surer is not None and k.surer.model != k.run.model:
        ways.append(("dearest run whose compute is no speculation", k.surer, drawn, GOOD_TO))
    if k.cost is not None:
        ways.append(("growth of cost itself", k.run, _rate([(k.cost, 1)], draws), GOOD_TO))
    if k.chips is not None:
        chips = _rate([(k.compute, 1), (k.chips, -1)], draws)
        ways.append(("compute over the price of chips", k.run, chips, GOOD_TO))
    return pd.DataFrame([_row(model.horizon, draws, *way) for way in ways])


def _rate(parts: Parts, draws: Draws) -> Vector:
    quantiles = (draws[COMPUTE], draws[UNIT_COST])
    pairs = zip(parts, quantiles, strict=False)
    return np.sum([sign * fit.slope_quantile(at) for (fit, sign), at in pairs], axis=0)


def _row(
    horizon: int, draws: Draws, choice: str, run: Run, rate: Vector, good_to: float
) -> dict[str, object]:
    change = rate * (horizon + 1 - run.now) + level_error(draws[LEVEL], good_to)
    low, middle, high = run.usd / 1e9 * 10 ** np.quantile(change, [0.05, 0.5, 0.95])
    return {"choice": choice, "from_run": run.model, "median": middle,
            "5_percent": low, "95_percent": high}  # fmt: skip
