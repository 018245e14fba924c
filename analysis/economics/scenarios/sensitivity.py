"""How far each input moves an output: one at a time, and as shares of the variance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.economics.scenarios.simulation import (
    BEST_TASK,
    MEANINGS,
    TRAINING,
    Model,
    medians,
)
from analysis.errors import InputError
from analysis.methods import sobol
from analysis.methods.validate import Vector

OUTPUTS = (*MEANINGS, TRAINING)
SWING = (0.05, 0.95)


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
