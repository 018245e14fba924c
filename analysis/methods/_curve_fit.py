"""Least squares of a growth curve, and profile-likelihood intervals of its parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from analysis.methods._curves import Curve
from analysis.methods._ols import Matrix
from analysis.methods.validate import Vector

_FAR = 14.0  # e^14 is a million: a ceiling beyond a million times the data is no ceiling
_STEPS = 0.5 * 1.6 ** np.arange(30)  # in standard errors, or in e-folds where smaller


@dataclass(frozen=True, eq=False)
class Problem:
    """A curve and data; on the ``log`` scale residuals are of ln y."""

    curve: Curve
    t: Vector
    y: Vector
    log: bool

    def residuals(self, free: Vector) -> Vector:
        with np.errstate(all="ignore"):
            if self.log:
                return np.asarray(self.curve.log_value(self.t, free) - np.log(self.y))
            return np.asarray((self.curve.value(self.t, free) - self.y) / self.unit)

    def gradient(self, free: Vector) -> Matrix:
        with np.errstate(all="ignore"):
            slopes = self.curve.log_gradient(self.t, free)
            if not self.log:
                slopes *= (self.curve.value(self.t, free) / self.unit)[:, None]
        return slopes

    @property
    def cap(self) -> float:
        """Largest logarithm of a ceiling that counts as one."""
        return float(np.log(np.abs(self.y).max())) + _FAR

    @property
    def unit(self) -> float:
        return 1.0 if self.log else float(np.abs(self.y).max())

    def rss(self, free: Vector) -> float:
        errors = self.residuals(free)
        with np.errstate(over="ignore"):
            return float(errors @ errors)

    def solve(self, start: Vector, fixed: int | None = None, effort: int = 200) -> Vector:
        """Least squares from ``start``, all parameters free but ``fixed``."""
        from scipy import optimize

        free = np.array(start, dtype=float)
        moving = [i for i in range(free.size) if i != fixed]

        def place(part: Vector) -> Vector:
            free[moving] = np.clip(part, -1e6, 1e6)
            return free

        tolerance = 1e-15 if fixed is None else 1e-12
        found = optimize.least_squares(
            lambda part: _finite(self.residuals(place(part))),
            free[moving],
            jac=lambda part: _finite(self.gradient(place(part))[:, moving]),
            method="lm",
            xtol=tolerance,
            ftol=tolerance,
            gtol=tolerance,
            max_nfev=effort,
        )
        return np.array(place(found.x))

    def starts(self) -> list[Vector]:
        ceilings = [share * float(self.y.max()) for share in self.curve.shares]
        return [self.curve.to_free(p) for p in self.curve.starts(self.t, self.y, ceilings)]

    def at_cap(self) -> Vector:
        """Best fit with the ceiling at the cap."""
        plain = self.curve.starts(self.t, self.y, [float(np.exp(self.cap))])
        found = [self.solve(self.curve.to_free(p), fixed=0) for p in plain]
        return min(found, key=self.rss)


def best(problem: Problem, starts: Iterable[Vector]) -> Vector:
    """Solution of least residual sum of squares; a ceiling that runs away is held at the cap."""
    free = min((problem.solve(start) for start in starts), key=problem.rss)
    return problem.at_cap() if problem.curve.ceiling and free[0] > problem.cap else free


def standard_errors(problem: Problem, free: Vector) -> Vector:
    """√diag of s² (J'J)⁻¹ for the plain parameters; infinite where J has no full rank."""
    gradient = problem.gradient(free)
    scale = np.sqrt((gradient**2).sum(axis=0))
    if not np.all(scale > 0):
        return np.full(free.size, np.inf)
    r = np.linalg.qr(gradient / scale, mode="r")
    if np.abs(np.diag(r)).min() < 1e-12:
        return np.full(free.size, np.inf)
    spread = np.sqrt((np.linalg.inv(r) ** 2).sum(axis=1)) / scale
    variance = problem.rss(free) / (problem.t.size - free.size)
    chain = np.where(problem.curve.positive, problem.curve.from_free(free), 1.0)
    return np.asarray(np.sqrt(variance) * spread * chain)


def profile(problem: Problem, free: Vector, index: int, level: float) -> tuple[float, float]:
    """Ends of {θ : RSS(θ) ≤ RSS (1 + F / (n - k))}, RSS(θ) the least with the parameter at θ.

    F is the ``level`` quantile with 1 and n - k degrees of freedom. An end that is not met, for a
    ceiling below a million times the data, is infinite (0 for a parameter that is positive).

    Source: Bates and Watts (1988), Nonlinear Regression Analysis, section 6.1.
    """
    freedom = problem.t.size - free.size
    limit = problem.rss(free) * (1 + special.fdtri(1, freedom, level) / freedom)
    perfect = limit <= 1e-20 * float(problem.y @ problem.y) / problem.unit**2
    low, high = (
        free[index] if perfect else _end(problem, free, index, limit, side) for side in (-1, 1)
    )
    if problem.curve.ceiling and index == 0 and problem.rss(problem.at_cap()) <= limit:
        high = np.inf
    if problem.curve.positive[index]:
        with np.errstate(over="ignore"):
            return float(np.exp(low)), float(np.exp(high))
    return float(low), float(high)


def _end(problem: Problem, free: Vector, index: int, limit: float, side: int) -> float:
    inside = free
    for distance in _distances(problem, free, index):
        moved = _moved(problem, inside, index, free[index] + side * distance)
        outside = problem.solve(moved, fixed=index, effort=60)
        if problem.rss(outside) > limit:
            return _crossing(problem, inside, outside, index, limit)
        inside = outside
    return side * np.inf


def _moved(problem: Problem, inside: Vector, index: int, value: float) -> Vector:
    """One parameter moved; the others stay or follow along the tangent, whichever fits better."""
    stay = inside.copy()
    stay[index] = value
    slopes = _finite(problem.gradient(inside))
    others = np.arange(inside.size) != index
    follow = stay.copy()
    pull = np.linalg.lstsq(slopes[:, others], slopes[:, index], rcond=None)[0]
    follow[others] -= pull * (value - inside[index])
    return min((stay, follow), key=problem.rss)


def _crossing(problem: Problem, inside: Vector, outside: Vector, index: int, limit: float) -> float:
    from scipy import optimize

    def excess(share: float) -> float:
        between = inside + share * (outside - inside)
        if 0 < share < 1:
            between = problem.solve(between, fixed=index, effort=60)
        return problem.rss(between) - limit

    share = optimize.brentq(excess, 0.0, 1.0, xtol=1e-9) if excess(0.0) < 0 else 0.0
    return float(inside[index] + share * (outside[index] - inside[index]))


def _distances(problem: Problem, free: Vector, index: int) -> Vector:
    """How far to look, from half a standard error on."""
    plain = problem.curve.from_free(free)[index]
    error = standard_errors(problem, free)[index]
    if problem.curve.positive[index]:
        steps = _STEPS * min(error / plain, 1.0)
        return np.asarray(steps[steps < 2 * _FAR])
    return np.asarray(_STEPS * (error if np.isfinite(error) else max(abs(plain), 1e-3) / 100))


def _finite(values: Any) -> Any:
    return np.nan_to_num(values, nan=1e150, posinf=1e150, neginf=-1e150)
