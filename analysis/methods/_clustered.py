"""Least squares with clustered errors, for panels whose items repeat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import InputError
from analysis.methods import _ols
from analysis.methods._ols import Matrix, Ols
from analysis.methods.validate import Vector


@dataclass(frozen=True, eq=False)
class Clustered:
    """Coefficients, their covariance (CR3) and the degrees of freedom of their t."""

    coefficients: Vector
    covariance: Matrix
    freedom: int
    r_squared: float
    n: int
    clusters: int

    def combine(self, contrasts: Matrix) -> tuple[Vector, Vector]:
        """Estimates and standard errors of linear combinations, one a row of ``contrasts``."""
        variance = np.einsum("ij,jk,ik->i", contrasts, self.covariance, contrasts)
        return contrasts @ self.coefficients, np.sqrt(np.maximum(variance, 0.0))


def clustered(design: Matrix, response: Vector, clusters: np.ndarray | None) -> Clustered:
    """Ordinary least squares with the CR3 covariance, HC3 when each row is its own cluster.

    Σ_g u_g u_g', u_g = (X'X)⁻¹ X_g' (I - X_g (X'X)⁻¹ X_g')⁻¹ e_g: the change of the
    coefficients when cluster g is left out.

    Args:
        design: rows × coefficients, with its constant.
        response: one value a row.
        clusters: integer codes from 0, one a row; None for independent rows.

    Raises:
        InputError: when the rows, or all rows but one cluster, do not identify the coefficients.
    """
    ols = _ols.fit("quality", design, response)
    codes = np.arange(ols.n) if clusters is None else clusters
    count = int(codes.max()) + 1
    if count < 2:
        raise InputError("item", "needs at least two clusters of errors; there is one")
    changes = np.array([_change(ols, rows) for rows in _groups(codes)])
    return Clustered(
        coefficients=ols.coefficients,
        covariance=changes.T @ changes,
        freedom=ols.freedom if count == ols.n else min(ols.freedom, count - 1),
        r_squared=ols.r_squared,
        n=ols.n,
        clusters=count,
    )


def _groups(codes: np.ndarray) -> list[np.ndarray]:
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)


def _change(ols: Ols, rows: np.ndarray) -> Vector:
    projector = ols.projector[:, rows]
    kept = np.eye(len(rows)) - ols.design[rows] @ projector
    if np.linalg.eigvalsh(kept)[0] < 1e-9:
        raise InputError(
            "panel",
            f"row {int(rows[0])} and its cluster alone identify a coefficient (say, of a period "
            "with no other item): drop or merge such periods",
        )
    return projector @ np.linalg.solve(kept, ols.residuals[rows])
