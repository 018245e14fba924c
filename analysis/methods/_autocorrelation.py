"""First-order autocorrelation of regression errors, seen through the residuals."""

from __future__ import annotations

import numpy as np

from analysis.methods._ols import Matrix, Ols
from analysis.methods.validate import Vector

_GRID = np.concatenate([np.linspace(-0.6, 0.9, 31), [0.92, 0.94, 0.96, 0.98]])


def first(residuals: Vector) -> float:
    """r = Σ e_i e_{i-1} / Σ e_i²; 0 for a perfect fit."""
    total = residuals @ residuals
    return float(residuals[1:] @ residuals[:-1] / total) if total > 0 else 0.0


def corrected(ols: Ols, observed: Vector) -> Vector:
    """The ρ of errors under which residuals would show the autocorrelation observed.

    A regression takes slow movements out of its residuals, which therefore show too little: with
    M = I - X(X'X)⁻¹X' and Ω_ij = ρ^|i-j|, the expectation is close to
    Σ (MΩM)_{i,i-1} / tr(MΩM), which is solved for ρ on a grid. Held in [0, 0.98].
    """
    rho: Vector = np.interp(observed, _expected(ols), _GRID)
    return np.clip(rho, 0.0, _GRID[-1])


def innovations(residuals: Vector, rho: float) -> Vector:
    """v_1 = e_1 √(1 - ρ²), v_i = e_i - ρ e_{i-1}."""
    lagged = residuals[1:] - rho * residuals[:-1]
    return np.concatenate([[residuals[0] * np.sqrt(1 - rho**2)], lagged])


def accumulate(shocks: Matrix, rho: Vector) -> Matrix:
    """Stationary errors of each row of ``shocks`` (m, n) with its own ``rho`` (m,)."""
    errors = np.empty_like(shocks.T)
    errors[0] = shocks[:, 0] / np.sqrt(1 - rho**2)
    for i in range(1, len(errors)):
        errors[i] = rho * errors[i - 1] + shocks[:, i]
    return errors.T


def _expected(ols: Ols) -> Vector:
    """Autocorrelation to expect in the residuals, at each ρ of the grid.

    With Q an orthonormal basis of the design, M = I - QQ': only ΩQ is needed, which two passes
    of a first-order filter give without forming Ω.
    """
    basis = np.linalg.qr(ols.design)[0]
    spread = _spread(basis)
    middle = np.einsum("ik,irl->rkl", basis, spread)
    trace = len(basis) - np.einsum("rkk->r", middle)
    beside = (len(basis) - 1) * _GRID
    beside -= np.einsum("ik,irk->r", basis[:-1], spread[1:])
    beside -= np.einsum("irk,ik->r", spread[:-1], basis[1:])
    beside += np.einsum("ik,rkl,il->r", basis[:-1], middle, basis[1:])
    return np.maximum.accumulate(beside / trace)


def _spread(basis: Matrix) -> Matrix:
    """ΩQ at each ρ of the grid, shape (n, grid, k)."""
    rho = _GRID[:, None]
    spread = np.empty((len(basis), len(_GRID), basis.shape[1]))
    carried = np.zeros_like(spread[0])
    for i, row in enumerate(basis):
        carried = rho * carried + row
        spread[i] = carried
    carried = np.zeros_like(spread[0])
    for i in range(len(basis) - 2, -1, -1):
        carried = rho * (carried + basis[i + 1])
        spread[i] += carried
    return spread
