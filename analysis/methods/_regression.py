"""Least squares with clustered errors, for panels whose items repeat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.errors import InputError

Matrix = np.ndarray


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients, their covariance (CR3) and the degrees of freedom of their t."""

    coefficients: np.ndarray
    covariance: Matrix
    degrees_of_freedom: int
    r_squared: float
    n: int
    clusters: int

    def combine(self, contrasts: Matrix) -> tuple[np.ndarray, np.ndarray]:
        """Estimates and standard errors of linear combinations, one a row of ``contrasts``."""
        variance = np.einsum("ij,jk,ik->i", contrasts, self.covariance, contrasts)
        return contrasts @ self.coefficients, np.sqrt(np.maximum(variance, 0.0))

    def quantile(self, level: float) -> float:
        """Two-sided Student quantile."""
        return float(special.stdtrit(self.degrees_of_freedom, (1 + level) / 2))

    def p_value(self, index: int) -> float:
        """Two-sided p-value of a coefficient being 0."""
        score = self.coefficients[index] / np.sqrt(self.covariance[index, index])
        return float(2 * special.stdtr(self.degrees_of_freedom, -abs(score)))


def least_squares(design: Matrix, response: np.ndarray, clusters: np.ndarray | None) -> Fit:
    """Ordinary least squares with the CR3 covariance, HC3 when each row is its own cluster.

    (X'X)⁻¹ [Σ_g u_g u_g'] (X'X)⁻¹, u_g = X_g' (I - X_g (X'X)⁻¹ X_g')⁻¹ e_g: up to a factor
    the jackknife that leaves one cluster out.

    Args:
        design: rows × coefficients, with its constant.
        response: one value a row.
        clusters: integer codes, one a row; None for independent rows.

    Raises:
        InputError: when the rows, or all rows but one cluster, do not identify the coefficients.
    """
    n, width = design.shape
    codes = np.arange(n) if clusters is None else clusters
    count = int(codes.max()) + 1
    freedom = min(n - width, count - 1 if count < n else n - width)
    if freedom < 1:
        raise InputError(
            "panel", f"needs more rows and clusters: {n} and {count} for {width} coefficients"
        )
    scale = np.linalg.norm(design, axis=0)
    if np.linalg.matrix_rank(design / np.where(scale > 0, scale, 1.0)) < width:
        raise InputError("quality", "is constant or repeats other columns: not identified")
    bread = np.linalg.inv(design.T @ design)
    coefficients = bread @ (design.T @ response)
    residuals = response - design @ coefficients
    scores = np.array([_score(design, residuals, bread, rows) for rows in _groups(codes)])
    spread = ((response - response.mean()) ** 2).sum()
    return Fit(
        coefficients=coefficients,
        covariance=bread @ (scores.T @ scores) @ bread,
        degrees_of_freedom=freedom,
        r_squared=float(1 - residuals @ residuals / spread) if spread > 0 else 1.0,
        n=n,
        clusters=count,
    )


def _groups(codes: np.ndarray) -> list[np.ndarray]:
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)


def _score(design: Matrix, residuals: np.ndarray, bread: Matrix, rows: np.ndarray) -> np.ndarray:
    part = design[rows]
    kept = np.eye(len(rows)) - part @ bread @ part.T
    if np.linalg.eigvalsh(kept)[0] < 1e-9:
        raise InputError(
            "panel",
            f"row {int(rows[0])} and its cluster alone identify a coefficient (say, of a period "
            "with no other item): drop or merge such periods",
        )
    return part.T @ np.linalg.solve(kept, residuals[rows])
