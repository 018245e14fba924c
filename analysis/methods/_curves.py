"""Growth curves, as logarithms of their value.

Parameters that must be positive enter as logarithms ("free" parameters), so that a fit needs no
bounds. All functions also take complex parameters: an imaginary step gives exact derivatives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.methods._ols import Matrix
from analysis.methods.validate import Vector

_STEP = 1e-30

Ceilings = Sequence[float]
Starts = list[tuple[float, ...]]


@dataclass(frozen=True)
class Curve:
    """``log_value(t, free)``; ``positive`` marks parameters that enter as logarithms.

    ``starts(t, y, ceilings)`` proposes parameters, for ceilings of ``shares`` of the largest y
    when a fit starts; ``ceiling`` says whether the first parameter is one. ``origin`` names the
    parameter that depends on where time starts, the rate, and the sign with which that enters.
    """

    names: tuple[str, ...]
    positive: tuple[bool, ...]
    log_value: Callable[[Vector, Any], Any]
    starts: Callable[[Vector, Vector, Ceilings], Starts]
    shares: tuple[float, ...] = (1.05, 1.5, 4.0, 30.0)
    ceiling: bool = True
    origin: tuple[int, int, int] | None = (1, 2, 1)

    def shifted(self, free: Any, by: float) -> Vector:
        """The parameters of the same curve when times are ``by`` larger."""
        moved = np.array(free, dtype=float)
        if self.origin is not None:
            index, rate, sign = self.origin
            moved[index] += sign * moved[rate] * by
        return moved

    def to_free(self, parameters: Any) -> Vector:
        return np.array(
            [np.log(p) if up else p for p, up in zip(parameters, self.positive, strict=True)]
        )

    def from_free(self, free: Any) -> Vector:
        with np.errstate(over="ignore"):
            return np.array(
                [np.exp(f) if up else f for f, up in zip(free, self.positive, strict=True)]
            )

    def value(self, t: Vector, free: Any) -> Any:
        return np.exp(np.clip(self.log_value(t, free), -700, 700))

    def log_gradient(self, t: Vector, free: Vector) -> Matrix:
        """Derivatives of ``log_value`` by the free parameters, shape (n, k)."""
        steps = np.asarray(free) + 1j * _STEP * np.eye(len(self.names))
        return np.column_stack([self.log_value(t, step).imag / _STEP for step in steps])


def _log_sigmoid(z: Any) -> Any:
    """ln 1/(1 + e^-z), without overflow, for complex z too."""
    below = np.real(z) < 0
    small = np.exp(np.where(below, z, -z))
    return np.where(below, z, 0) - np.log1p(small)


def _exponential(t: Vector, free: Any) -> Any:
    return free[0] + free[1] * t


def _logistic(t: Vector, free: Any) -> Any:
    return free[0] + _log_sigmoid(free[2] * t - free[1])


def _gompertz(t: Vector, free: Any) -> Any:
    exponent = free[1] - free[2] * t
    return free[0] - np.exp(np.where(np.real(exponent) > 300, 300, exponent))


def _richards(t: Vector, free: Any) -> Any:
    return free[0] + _log_sigmoid(free[2] * t - free[1]) * np.exp(-free[3])


def _bass(t: Vector, free: Any) -> Any:
    """ln of m (s²/q) e^-z / (1 + e^-z)², s = p + q, z = s t - ln(q/p)."""
    total = np.exp(free[1]) + np.exp(free[2])
    z = total * t - free[2] + free[1]
    return free[0] + 2 * np.log(total) - free[2] + _log_sigmoid(z) + _log_sigmoid(-z)


def _line(t: Vector, z: Vector) -> tuple[float, float]:
    slope, intercept = np.polyfit(t - t.mean(), z, 1)
    return float(intercept - slope * t.mean()), float(slope)


def _start_exponential(t: Vector, y: Vector, ceilings: Ceilings) -> Starts:
    known = y > 0
    return [_line(t[known], np.log(y[known]))]


def _start_logistic(t: Vector, y: Vector, ceilings: Ceilings) -> Starts:
    return [(c, *_sigmoid_line(t, y / c)) for c in ceilings]


def _start_gompertz(t: Vector, y: Vector, ceilings: Ceilings) -> Starts:
    lines = [(c, *_line(t, np.log(-np.log(_inside(y / c))))) for c in ceilings]
    return [(c, intercept, -slope) for c, intercept, slope in lines]


def _start_richards(t: Vector, y: Vector, ceilings: Ceilings) -> Starts:
    return [
        (c, *_sigmoid_line(t, _inside(y / c) ** shape), shape)
        for c in ceilings
        for shape in (0.3, 1.0, 3.0)
    ]


def _start_bass(t: Vector, y: Vector, ceilings: Ceilings) -> Starts:
    """A grid, and early growth, where y is about m p e^(q t)."""
    grid = [(m, p, q) for m in ceilings for p in (0.003, 0.03) for q in (0.2, 0.6, 1.2)]
    (level, rate), *_ = _start_exponential(t, y, ceilings)
    return grid + [(m, np.exp(level) / m, rate) for m in ceilings if rate > 0]


def _sigmoid_line(t: Vector, share: Vector) -> tuple[float, float]:
    share = _inside(share)
    intercept, slope = _line(t, np.log(share / (1 - share)))
    return -intercept, slope


def _inside(share: Vector) -> Vector:
    return np.clip(share, 1e-6, 1 - 1e-6)


CURVES = {
    "exponential": Curve(
        ("log_level", "rate"),
        (False, False),
        _exponential,
        _start_exponential,
        ceiling=False,
        origin=(0, 1, -1),
    ),
    "logistic": Curve(
        ("ceiling", "offset", "rate"), (True, False, False), _logistic, _start_logistic
    ),
    "gompertz": Curve(
        ("ceiling", "offset", "rate"), (True, False, False), _gompertz, _start_gompertz
    ),
    "bass": Curve(
        ("m", "p", "q"),
        (True, True, True),
        _bass,
        _start_bass,
        (3.0, 6.0, 12.0, 40.0),
        origin=None,
    ),
    "richards": Curve(
        ("ceiling", "offset", "rate", "shape"),
        (True, False, False, True),
        _richards,
        _start_richards,
    ),
}
