"""Tests that cumulate residuals and see whether they stray."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analysis.methods import _break_tests, _ols, validate
from analysis.methods._ols import Matrix
from analysis.methods.results import Result
from analysis.methods.validate import Vector


@dataclass(frozen=True, eq=False, repr=False)
class Cusum(Result):
    """Largest excursion of cumulated residuals, and its asymptotic p-value."""

    statistic: float
    p_value: float
    kind: str
    n: int
    process: Vector

    def summary(self) -> str:
        return f"{self.kind} CUSUM {self.statistic:.4g} (p = {self.p_value:.3g}, n = {self.n})"


def cusum(y: ArrayLike, x: ArrayLike | None = None, *, kind: str = "ols") -> Cusum:
    """Test for any departure from constant coefficients.

    ``ols``: max |Σ e| / (s √n), against a Brownian bridge; ``recursive``: one-step errors w,
    max |Σ w / (s √(n - k))| / (1 + 2 t), t the share of them cumulated, against a Brownian motion.

    Raises:
        InputError: as in ``sup_f``; for a kind that is not one of the two.

    Source: Brown, Durbin and Evans (1975), JRSS B 37:149; Ploberger and Krämer (1992),
    Econometrica 60:271.
    """
    validate.choice("kind", kind, ("ols", "recursive"))
    design, response = _break_tests.arguments(y, x)
    n, k = design.shape
    if kind == "ols":
        ols = _ols.fit("x", design, response)
        process = np.cumsum(ols.residuals) / np.sqrt(ols.rss / ols.freedom * n)
        statistic = float(np.abs(process).max())
        return Cusum(statistic, float(special.kolmogorov(statistic)), kind, n, process)
    errors = _one_step_errors(design, response)
    process = np.cumsum(errors) / (errors.std(ddof=1) * np.sqrt(n - k))
    share = np.arange(1, n - k + 1) / (n - k)
    statistic = float((np.abs(process) / (1 + 2 * share)).max())
    return Cusum(statistic, _motion_tail(statistic), kind, n, process)


def _motion_tail(x: float) -> float:
    """Chance that a Brownian motion leaves ±x(1 + 2t) before t = 1."""
    if x < 0.3:
        return 1 - 0.1464 * x
    far = np.exp(-4 * x**2) * (special.ndtr(x) + special.ndtr(5 * x) - 1)
    return float(2 * (special.ndtr(-3 * x) + far - np.exp(-16 * x**2) * special.ndtr(-x)))


def _one_step_errors(design: Matrix, response: Vector) -> Vector:
    """Recursive residuals (y - x'b) / √(1 + x'(X'X)⁻¹x), b and X from the rows before."""
    k = design.shape[1]
    start = _ols.fit("x", design[: k + 1], response[: k + 1])
    inverse = start.projector @ start.projector.T
    coefficients = start.coefficients
    errors = [_last_residual(start)]
    for row, value in zip(design[k + 1 :], response[k + 1 :], strict=True):
        gain = inverse @ row
        scale = 1 + row @ gain
        error = value - row @ coefficients
        errors.append(error / np.sqrt(scale))
        coefficients = coefficients + gain * error / scale
        inverse = inverse - np.outer(gain, gain) / scale
    return np.array(errors)


def _last_residual(ols: _ols.Ols) -> float:
    """With one row more than coefficients, the last one's recursive residual is ±√rss."""
    return float(np.sign(ols.residuals[-1]) * np.sqrt(ols.rss))
