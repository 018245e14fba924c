"""Simulated series whose trend is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

ERRORS = {
    "normal": "independent, normal",
    "t3": "independent, Student's t with 3 degrees of freedom",
    "spreading": "normal, spread growing eightfold from first to last row",
    "ends": "normal, spread at either end four times that of the middle",
    "AR 0.3": "first-order autoregression, coefficient 0.3",
    "AR 0.6": "first-order autoregression, coefficient 0.6",
    "AR 0.8": "first-order autoregression, coefficient 0.8",
}
_WARM_UP = 200
_CANDIDATES = 40  # to a record, at least


def errors(kind: str, n: int, generator: np.random.Generator) -> Vector:
    """n errors of a kind in ``ERRORS``."""
    if kind == "t3":
        return generator.standard_t(3, n)
    noise = generator.standard_normal(n + _WARM_UP)
    place = np.linspace(0, 1, n)
    if kind == "spreading":
        return noise[:n] * (0.3 + 2.1 * place)
    if kind == "ends":
        return noise[:n] * (0.5 + 6 * (place - 0.5) ** 2)
    if kind.startswith("AR"):
        return autoregression(noise, float(kind.split()[1]))[_WARM_UP:]
    return noise[:n]


def autoregression(noise: Vector, coefficient: float) -> Vector:
    """e_i = coefficient × e_{i-1} + noise_i."""
    values = noise.copy()
    for i in range(1, values.size):
        values[i] += coefficient * values[i - 1]
    return values


def records(n: int, slope: float, generator: np.random.Generator) -> tuple[Vector, Vector]:
    """Times and values of the first n records of a trend with independent normal errors."""
    candidates = np.arange(_CANDIDATES * n, dtype=float)
    values = slope * candidates + generator.standard_normal(candidates.size)
    best = np.maximum.accumulate(values)
    first = np.flatnonzero(np.append(True, best[1:] > best[:-1]))[:n]
    return candidates[first], values[first]
