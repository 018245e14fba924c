"""What must be true for inflation, input by input; and how far each input moves an output."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.economics.scenarios.simulation import (
    BEST_TASK,
    MEANINGS,
    PARTS,
    PERIOD,
    TRAINING,
    Draws,
    Model,
    medians,
)
from analysis.errors import InputError
from analysis.methods import sobol
from analysis.methods.validate import Vector

OUTPUTS = (*MEANINGS, TRAINING)
SWING = (0.05, 0.95)


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


def swings(model: Model, outputs: Sequence[str] = OUTPUTS) -> pd.DataFrame:
    """log10 change of each output at 5 and at 95 percent of one input, the others at their medians.

    Columns: output, input, low, median, high, width; the widest first.

    Raises:
        InputError: when nothing can be simulated.
    """
    rows = []
    for output in [name for name in outputs if model.has(name)]:
        middle = float(model.change(output, medians())[0])
        for name in model.inputs_of(output):
            low, high = model.change(output, medians(2) | {name: np.array(SWING)})
            rows.append({"output": output, "input": name, "low": float(low), "median": middle,
                         "high": float(high), "width": abs(float(high - low))})  # fmt: skip
    if not rows:
        raise InputError("inputs", "allow no output to be simulated")
    frame = pd.DataFrame(rows)
    order = frame["output"].map({name: place for place, name in enumerate(outputs)})
    ranked = frame.assign(order=order).sort_values(["order", "width"], ascending=[True, False])
    return ranked.drop(columns="order").reset_index(drop=True)


def variance_shares(
    model: Model, output: str = BEST_TASK, *, base: int = 2048, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Sobol indices of the log10 change of an output to the horizon.

    Raises:
        InputError: when the output cannot be simulated.
    """
    if not model.has(output):
        raise InputError("inputs", f"do not allow {output} to be simulated")
    names = model.inputs_of(output)

    def value(points: np.ndarray) -> Vector:
        return model.change(output, medians(len(points)) | dict(zip(names, points.T, strict=True)))

    return sobol.indices(value, names, base=base, level=level, seed=seed).assign(output=output)


def all_shares(model: Model, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """``variance_shares`` of every output that can be simulated, one under the other."""
    parts = [
        variance_shares(model, name, level=level, seed=seed) for name in OUTPUTS if model.has(name)
    ]
    if not parts:
        raise InputError("inputs", "allow no output to be simulated")
    return pd.concat(parts, ignore_index=True)


def sums(shares: pd.DataFrame) -> pd.DataFrame:
    """Sum of the first shares and of the total shares of each output: 1 where inputs only add."""
    found = shares.groupby("output", sort=False)[["first", "total"]].sum()
    return found.reset_index().rename(columns={"first": "sum_of_first", "total": "sum_of_total"})
