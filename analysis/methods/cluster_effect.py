"""One coefficient of log10 y when rows of a cluster share their errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.methods import _ols, bootstrap, validate
from analysis.methods._inference import Coefficient
from analysis.methods._ols import Matrix, Ols
from analysis.methods.regression import Effect
from analysis.methods.validate import Vector

FEW = 12  # clusters below which two signs give too few different resamples
WEBB = np.sqrt([0.5, 1.0, 1.5])


def cluster_effect(
    y: ArrayLike,
    columns: Mapping[str, ArrayLike],
    of: str,
    clusters: Any,
    *,
    level: float = 0.95,
    seed: int = 0,
) -> Effect:
    """Coefficient of ``of`` in log10 y = a + Σ b_j x_j + e, by wild cluster bootstrap-t.

    Standard error CR3, se² = Σ_g (p_g M_gg⁻¹ e_g)² with p the coefficient's row of (X'X)⁻¹X',
    M = I - X(X'X)⁻¹X' and g running over the clusters. A resample has the residuals
    w_g M_gg^(-1/2) e_g, one weight a cluster: +1 or -1, or Webb's six points below 12 clusters.
    With one row a cluster it is the ``wild`` interval of ``regression.effect``. With 16 to 22
    clusters of uneven size its nominal 95 % held the truth 92 to 93 % of the time, where HC3
    errors held it 71 to 88 % as soon as clusters share an error.

    Args:
        y, columns, of, level, seed: as in ``regression.effect``.
        clusters: the cluster of each row, shape (n,).

    Raises:
        InputError: as in ``regression.effect``, for fewer than 5 clusters, and for a cluster
            that alone identifies a coefficient.

    Source: Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90:414; Webb
    (2023), Canadian Journal of Economics 56:839; MacKinnon, Nielsen and Webb (2023), Journal of
    Applied Econometrics 38:671 (CR3).
    """
    validate.level("level", level)
    clustered = Clustered.of(y, columns, of, clusters)
    drawn = clustered.weights(seed)
    found = Coefficient(
        value=clustered.value,
        standard_error=clustered.standard_error,
        freedom=len(clustered.groups) - 1,
        sizes=np.sort(clustered.sizes(drawn, clustered.inflated())),
    )
    return Effect(
        value=found.value,
        standard_error=found.standard_error,
        interval=found.interval(level),
        n=clustered.ols.n,
        covariance=f"wild, {len(clustered.groups)} clusters",
        level=level,
        _coefficient=found,
    )


@dataclass(frozen=True, eq=False)
class Clustered:
    """A fit, the coefficient in question, and M_gg⁻¹ of each cluster's rows."""

    ols: Ols
    index: int
    groups: list[np.ndarray]
    inverses: list[Matrix]

    @classmethod
    def of(cls, y: ArrayLike, columns: Mapping[str, ArrayLike], of: str, clusters: Any) -> Self:
        """Raises InputError as ``cluster_effect``."""
        validate.choice("of", of, tuple(columns))
        ols = _fit(y, columns)
        groups = _groups(clusters, ols.n)
        inverses = [_power(ols, rows, -1.0) for rows in groups]
        return cls(ols, 1 + list(columns).index(of), groups, inverses)

    @property
    def value(self) -> float:
        return float(self.ols.coefficients[self.index])

    @property
    def standard_error(self) -> float:
        """CR3."""
        pairs = zip(self.groups, self.inverses, strict=True)
        row, errors = self.ols.projector[self.index], self.ols.residuals
        return float(
            np.linalg.norm([row[rows] @ inverse @ errors[rows] for rows, inverse in pairs])
        )

    def inflated(self) -> Vector:
        """Residuals with the variance that their leverage took: M_gg^(-1/2) e_g."""
        drawn = np.empty_like(self.ols.residuals)
        for rows in self.groups:
            drawn[rows] = _power(self.ols, rows, -0.5) @ self.ols.residuals[rows]
        return drawn

    def linear(self, residuals: Vector) -> tuple[Vector, Matrix]:
        """What the weights are multiplied by: shifts (clusters,), scores (clusters, clusters).

        With weights w on the residuals of the clusters, b* - b = w · shifts, and the scores of
        the clusters behind se* are scores @ w.
        """
        row = self.ols.projector[self.index]
        taken = [row[rows] @ inv for rows, inv in zip(self.groups, self.inverses, strict=True)]
        direct = [t @ residuals[rows] for t, rows in zip(taken, self.groups, strict=True)]
        left = [t @ self.ols.design[rows] for t, rows in zip(taken, self.groups, strict=True)]
        right = [self.ols.projector[:, rows] @ residuals[rows] for rows in self.groups]
        shifts = np.array([row[rows] @ residuals[rows] for rows in self.groups])
        return shifts, np.diag(direct) - np.array(left) @ np.array(right).T

    def sizes(self, weights: Matrix, residuals: Vector) -> Vector:
        """|t*| of each row of ``weights`` (resamples, clusters)."""
        return sizes(weights, *self.linear(residuals))

    def weights(self, seed: int) -> Matrix:
        """Random weights (resamples, clusters)."""
        signs = bootstrap.rademacher(len(self.groups), seed=seed)
        if len(self.groups) >= FEW:
            return signs
        return signs * np.random.default_rng(seed + 1).choice(WEBB, size=signs.shape)


def sizes(weights: Matrix, shifts: Vector, scores: Matrix) -> Vector:
    """|w · shifts| over the norm of scores @ w, for each row w."""
    errors = np.linalg.norm(weights @ scores.T, axis=1)
    with np.errstate(divide="ignore"):
        return np.abs(weights @ shifts) / errors


def _power(ols: Ols, rows: np.ndarray, exponent: float) -> Matrix:
    """M_gg to a power."""
    kept = np.eye(len(rows)) - ols.design[rows] @ ols.projector[:, rows]
    values, vectors = np.linalg.eigh((kept + kept.T) / 2)
    if values[0] < 1e-9:
        raise InputError("clusters", f"that of row {int(rows[0])} alone identifies a coefficient")
    return (vectors * values**exponent) @ vectors.T


def _fit(y: ArrayLike, columns: Mapping[str, ArrayLike]) -> Ols:
    values = validate.vector("y", y, minimum=len(columns) + 2, positive=True)
    checked = {name: validate.vector(name, column) for name, column in columns.items()}
    validate.same_length(y=values, **checked)
    design = np.column_stack([np.ones(values.size), *checked.values()])
    return _ols.fit("columns", design, np.log10(values))


def _groups(clusters: Any, n: int) -> list[np.ndarray]:
    import pandas as pd

    codes, names = pd.factorize(np.asarray(clusters))
    if len(codes) != n or (codes < 0).any():
        raise InputError("clusters", f"must name a cluster for each of {n} rows")
    if len(names) < 5:
        raise InputError("clusters", f"needs at least 5; there are {len(names)}")
    return [np.flatnonzero(codes == code) for code in range(len(names))]
