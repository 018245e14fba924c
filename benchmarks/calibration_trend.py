"""Coverage of the intervals of a trend's growth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from analysis.methods import trend
from benchmarks.simulated import ERRORS, Vector, errors, records

INTERVALS = (*trend.COVARIANCES, "Theil-Sen")
RECORDS = "records"
KINDS = (*ERRORS, RECORDS)
SLOPE = 0.1  # log10 per year; per candidate, of which about one in six is a record
RESAMPLES = 399
Row = dict[str, Any]


def coverage(kind: str, n: int, simulations: int, intervals: tuple[str, ...] = INTERVALS) -> Row:
    """Share of nominal 95 % intervals that hold the true growth, one column an interval."""
    hits = dict.fromkeys(intervals, 0)
    for seed, (t, y) in enumerate(_series(kind, n, simulations)):
        for name in intervals:
            low, high = _interval(name, t, y, seed)
            hits[name] += low <= 10**SLOPE <= high
    shares = {name: count / simulations for name, count in hits.items()}
    return {"errors": kind, "n": n, "simulations": simulations, **shares}


def _series(kind: str, n: int, simulations: int) -> Iterator[tuple[Vector, Vector]]:
    generator = np.random.default_rng([KINDS.index(kind), n])
    for _ in range(simulations):
        if kind == RECORDS:
            t, logs = records(n, SLOPE, generator)
        else:
            t = np.arange(n, dtype=float)
            logs = SLOPE * t + errors(kind, n, generator)
        yield t, 10**logs


def _interval(name: str, t: Vector, y: Vector, seed: int) -> tuple[float, float]:
    if name == "Theil-Sen":
        return trend.theil_sen(t, y).interval
    return trend.log_linear(t, y, covariance=name, seed=seed, resamples=RESAMPLES).interval
