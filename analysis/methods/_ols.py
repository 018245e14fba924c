"""Ordinary least squares and the covariances that its standard errors come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.errors import InputError
from analysis.methods.validate import Vector

Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ols:
    """A fit of ``response`` (n,) on ``design`` (n, k); ``projector`` is (X'X)⁻¹X', (k, n)."""

    design: Matrix
    response: Vector
    coefficients: Vector
    residuals: Vector
    leverage: Vector
    projector: Matrix

    @property
    def n(self) -> int:
        return len(self.design)

    @property
    def freedom(self) -> int:
        return self.n - len(self.coefficients)

    @cached_property
    def rss(self) -> float:
        return float(self.residuals @ self.residuals)

    @cached_property
    def r_squared(self) -> float:
        centred = self.response - self.response.mean()
        total = float(centred @ centred)
        return 1 - self.rss / total if total > 0 else 1.0

    def covariance(self, kind: str) -> Matrix:
        """Of the coefficients, (k, k): A diag(w) A' with A the projector, or its HAC form.

        classical: w = s² with n - k degrees of freedom; HC3: w = (e / (1 - h))²; HAC:
        Newey and West with Bartlett weights, ``lags(n)`` lags, times n / (n - k).
        """
        if kind == "classical":
            return self.rss / self.freedom * self.projector @ self.projector.T
        if kind == "HC3":
            scores = self.projector * (self.residuals / (1 - self.leverage))
            return scores @ scores.T
        scores = self.projector * self.residuals
        total = scores @ scores.T
        for lag, weight in enumerate(bartlett(self.n), start=1):
            product = scores[:, lag:] @ scores[:, :-lag].T
            total += weight * (product + product.T)
        return total * self.n / self.freedom


def fit(name: str, design: Matrix, response: Vector) -> Ols:
    """Fit by QR; ``name`` is the argument to blame when columns are collinear."""
    n, k = design.shape
    if n <= k:
        raise InputError(name, f"needs more than {k} values; it has {n}")
    scale = np.sqrt((design**2).sum(axis=0))
    q, r = np.linalg.qr(design / np.where(scale > 0, scale, 1.0))
    if np.abs(np.diag(r)).min() < 1e-10:
        raise InputError(name, "does not identify every coefficient: columns are collinear")
    projector = np.linalg.solve(r, q.T) / scale[:, None]
    coefficients = projector @ response
    residuals = response - design @ coefficients
    coefficients = coefficients + projector @ residuals  # one step of refinement
    residuals = response - design @ coefficients
    return Ols(design, response, coefficients, residuals, (q**2).sum(axis=1), projector)


def require_leverage(name: str, ols: Ols) -> None:
    """HC3 and the wild bootstrap divide by one minus leverage."""
    alone = ols.leverage > 1 - 1e-9
    if alone.any():
        row = int(np.flatnonzero(alone)[0])
        raise InputError(
            name, f"row {row} alone fixes a coefficient: only classical errors are defined"
        )


def lags(n: int) -> int:
    """Newey-West lag length ⌊4 (n / 100)^(2/9)⌋."""
    return min(int(4 * (n / 100) ** (2 / 9)), n - 1)


def bartlett(n: int) -> Vector:
    """Weights 1 - l / (L + 1) of lags 1 to L."""
    length = lags(n)
    return 1 - np.arange(1, length + 1) / (length + 1)


def student(freedom: float, level: float) -> float:
    """Two-sided quantile of Student's t."""
    return float(special.stdtrit(freedom, (1 + level) / 2))


def student_p(freedom: float, score: float) -> float:
    """Two-sided p-value of Student's t."""
    return float(2 * special.stdtr(freedom, -abs(score)))
