"""What must be true for inflation: readings of it, and what each input would need to be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.economics.scenarios.simulation import (
    MEANINGS,
    PARTS,
    PERIOD,
    Draws,
    Model,
    chances,
    medians,
)
from analysis.errors import InputError
from analysis.methods.validate import Vector


def thresholds(model: Model, draws: Draws) -> pd.DataFrame:
    """The value of each input at which an output stops falling, the others at their medians.

    An output grows by the sum of its inputs' rates, so the threshold of input i is its rate less
    the rate of the output; the weight of the recent months enters linearly too. Scatter is 0 at its
    median. ``drawn_beyond`` is the share of draws of that input on the side of its threshold where
    the output rises; with the others not at their medians it is no probability of inflation.

    Columns: rises, input, median, needed (factors a year, and a share for the weight),
    drawn_beyond.

    Raises:
        InputError: when no reading of inflation can be simulated.
    """
    held = draws | {PERIOD: np.full_like(draws[PERIOD], 0.5)}
    rows = []
    for output in _readings(model):
        total = float(model.growth(output, medians())[0])
        for name in PARTS[output]:
            rate = float(model.rate(name, medians())[0])
            beyond = float((model.rate(name, held) > rate - total).mean())
            rows.append({"rises": output, "input": f"{name}, factor", "median": 10**rate,
                         "needed": 10 ** (rate - total), "drawn_beyond": beyond})  # fmt: skip
        rows += _weight(model, output, total, draws[PERIOD])
    return pd.DataFrame(rows)


def _weight(model: Model, output: str, total: float, drawn: Vector) -> list[dict[str, object]]:
    """The weight that is needed; no row where the recent months are the whole series."""
    ends = model.growth(output, medians(2) | {PERIOD: np.array([0.0, 1.0])})
    slope = float(ends[1] - ends[0])
    if slope == 0:
        return []
    needed = 0.5 - total / slope
    beyond = float((np.sign(slope) * (drawn - needed) > 0).mean())
    row = {"rises": output, "input": f"{PERIOD}, share", "median": 0.5, "needed": needed}
    return [row | {"drawn_beyond": beyond}]


def _readings(model: Model) -> list[str]:
    found = [name for name in MEANINGS if model.has(name)]
    if not found:
        raise InputError("inputs", "allow no reading of inflation to be simulated")
    return found


def readings(model: Model, draws: Draws, *, level: float = 0.95) -> pd.DataFrame:
    """Share of draws in which each reading of inflation holds, never without what it rests on.

    Columns: reading (in full words), all_draws, simulation_error (half of its interval, the error
    of the simulation alone), whole_series_repeats, recent_months_repeat (the share of draws under
    either), median_factor_per_year.

    Raises:
        InputError: when no reading of inflation can be simulated.
    """
    ends = by_period(model, draws, (0, 1))
    shares = chances(model, draws, level=level)
    return pd.DataFrame(
        {
            "reading": [_in_words(model, name) for name in shares["rises"]],
            "all_draws": shares["share_of_draws"],
            "simulation_error": (shares["high"] - shares["low"]) / 2,
            "whole_series_repeats": ends["weight_0"],
            "recent_months_repeat": ends["weight_1"],
            "median_factor_per_year": shares["median_factor_per_year"],
        }
    )


def _in_words(model: Model, output: str) -> str:
    series = model.series(output)
    assert series is not None
    return f"{output} is higher at the end of {model.horizon} than in {series.day:%B %Y}"


def by_period(model: Model, draws: Draws, weights: Sequence[float] = (0, 0.5, 1)) -> pd.DataFrame:
    """Probability of each reading at given weights of the recent months."""
    rows = []
    for output in _readings(model):
        row: dict[str, object] = {"rises": output}
        for weight in weights:
            held = draws | {PERIOD: np.full_like(draws[PERIOD], weight)}
            row[f"weight_{weight:g}"] = float((model.change(output, held) > 0).mean())
        rows.append(row)
    return pd.DataFrame(rows)
