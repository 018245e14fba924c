"""Efficiencies of a chip, fitted to measured timings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economics.serving.chips import Chip, Efficiencies
from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result

PHASES = ("decode", "prefill", "diffusion")
START = np.log([0.8, 0.6, 3e-5])  # memory, compute, overhead
LOWEST, HIGHEST = np.log([0.01, 0.01, 1e-9]), np.log([1.0, 1.0, 1e-2])


@dataclass(frozen=True, repr=False, eq=False)
class EfficiencyFit(Result):
    """Fitted efficiencies and how far the roofline with them is from each timing.

    Errors are |predicted / measured - 1|; ``out_of_sample_error`` is their median when each
    model's timings are predicted from those of the others (None when the others do not
    identify the efficiencies). ``rows`` has the table: measured and predicted ms, ratio, bound.
    """

    efficiencies: Efficiencies
    median_error: float
    worst_error: float
    out_of_sample_error: float | None
    n: int
    rows: pd.DataFrame

    def summary(self) -> str:
        fitted = self.efficiencies
        return (
            f"memory {fitted.memory:.1%}, compute {fitted.compute:.1%} of peak, "
            f"{fitted.overhead_seconds_per_layer * 1e6:.3g} µs a layer; "
            f"median error {self.median_error:.1%}, worst {self.worst_error:.1%}, n = {self.n}"
        )

    def table(self) -> pd.DataFrame:
        return self.rows


@dataclass(frozen=True, eq=False)
class _Timings:
    """Columns of the measured table, as seconds, bytes at peak and FLOP at peak."""

    seconds: np.ndarray
    memory: np.ndarray
    compute: np.ndarray
    layers: np.ndarray

    def at(self, rows: np.ndarray) -> _Timings:
        return _Timings(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def predicted(self, efficiencies: Efficiencies) -> np.ndarray:
        slower = np.maximum(self.memory / efficiencies.memory, self.compute / efficiencies.compute)
        return slower + self.layers * efficiencies.overhead_seconds_per_layer

    def memory_bound(self, efficiencies: Efficiencies) -> np.ndarray:
        return self.memory / efficiencies.memory > self.compute / efficiencies.compute


def fit_efficiencies(table: pd.DataFrame, chip: Chip) -> EfficiencyFit:
    """Efficiencies with which the roofline comes nearest to measured forward passes.

    Least squares of ln(predicted / measured) over the shares of peak memory bandwidth and peak
    FLOP/s, each at most 1, and the overhead a layer.

    Args:
        table: one row a timing, as in the table h100_inference: phase, model, step_ms,
            moved_bytes, work_flop, layers. Phases other than decode, prefill and diffusion are
            left out.
        chip: peaks of the chip that was measured.

    Raises:
        InputError: for bad columns, or when no timing is bound by memory, or none by compute.
    """
    absent = {"phase", "model", "step_ms", "moved_bytes", "work_flop", "layers"} - set(
        table.columns
    )
    if absent:
        raise InputError("table", f"lacks the column(s) {', '.join(sorted(absent))}")
    measured = table[table["phase"].isin(PHASES)]
    timings = _Timings(
        seconds=validate.vector("step_ms", measured["step_ms"], minimum=4, positive=True) / 1e3,
        memory=validate.vector("moved_bytes", measured["moved_bytes"], positive=True)
        / chip.memory_bandwidth_bytes_per_s,
        compute=validate.vector("work_flop", measured["work_flop"], positive=True)
        / chip.flop_per_s,
        layers=validate.vector("layers", measured["layers"], positive=True),
    )
    efficiencies = _fit(timings)
    ratio = timings.predicted(efficiencies) / timings.seconds
    rows = measured[["phase", "model"]].assign(
        measured_ms=timings.seconds * 1e3,
        predicted_ms=ratio * timings.seconds * 1e3,
        ratio=ratio,
        bound=np.where(timings.memory_bound(efficiencies), "memory", "compute"),
    )
    errors = np.abs(ratio - 1)
    return EfficiencyFit(
        efficiencies=efficiencies,
        median_error=float(np.median(errors)),
        worst_error=float(errors.max()),
        out_of_sample_error=_out_of_sample(timings, measured["model"].to_numpy()),
        n=len(ratio),
        rows=rows.reset_index(drop=True),
    )


def _fit(timings: _Timings) -> Efficiencies:
    from scipy.optimize import least_squares

    def gap(logs: np.ndarray) -> np.ndarray:
        return np.log(timings.predicted(Efficiencies(*np.exp(logs))) / timings.seconds)

    fitted = least_squares(gap, START, bounds=(LOWEST, HIGHEST))
    efficiencies = Efficiencies(*map(float, np.exp(fitted.x)))
    by_memory = timings.memory_bound(efficiencies)
    if by_memory.all() or not by_memory.any():
        free = "compute" if by_memory.all() else "memory"
        raise InputError("table", f"no timing is {free}-bound: that efficiency is not identified")
    return efficiencies


def _out_of_sample(timings: _Timings, models: np.ndarray) -> float | None:
    errors = []
    for model in pd.unique(models):
        held_out = models == model
        try:
            efficiencies = _fit(timings.at(~held_out))
        except ValueError:  # also InputError: not identified without this model
            return None
        part = timings.at(held_out)
        errors.append(np.abs(part.predicted(efficiencies) / part.seconds - 1))
    return float(np.median(np.concatenate(errors)))
