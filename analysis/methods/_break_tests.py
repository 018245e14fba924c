"""F statistics of a break at each date, their bootstrap, and the interval of a break date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.errors import InputError
from analysis.methods import _ols, validate
from analysis.methods._ols import Matrix, Ols
from analysis.methods.validate import Vector


@dataclass(frozen=True, eq=False)
class Dates:
    """Candidate breaks: after ``rows[i]`` rows; ``metric[i]`` turns score sums into reductions."""

    rows: NDArray[np.int_]
    basis: Matrix
    metric: Matrix
    span: float


def arguments(y: ArrayLike, x: ArrayLike | None) -> tuple[Matrix, Vector]:
    """Design, with a constant first unless ``x`` holds one, and response."""
    response = validate.vector("y", y, minimum=4, varying=True)
    constant = np.ones((response.size, 1))
    if x is None:
        return constant, response
    columns = np.asarray(x)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2:
        raise InputError("x", f"must have one or two dimensions; it has {columns.ndim}")
    checked = [validate.vector("x", column) for column in columns.T]
    validate.same_length(y=response, x=columns)
    design = np.column_stack(checked)
    if not np.any(np.all(design == design[0], axis=0) & (design[0] != 0)):
        design = np.hstack([constant, design])
    return design, response


def candidates(design: Matrix, trim: float) -> Dates:
    """Breaks that leave ⌊trim n⌋ rows, and more than k, on either side.

    With an orthonormal basis Q of the design and G = Q'Q over the first rows, a break there
    reduces the residual sum of squares by s'[G(I - G)]⁻¹s, s the sum of Q e over those rows.
    """
    n, k = design.shape
    first = max(int(trim * n), k + 1)
    last = n - first
    if first > last:
        raise InputError("y", f"needs at least {2 * (k + 1)} values for a break; it has {n}")
    rows = np.arange(first, last + 1)
    basis = np.linalg.qr(design)[0]
    gram = np.cumsum(basis[:, :, None] * basis[:, None, :], axis=0)[rows - 1]
    middle = gram @ (np.eye(k) - gram)
    if (np.linalg.eigvalsh(gram)[:, [0, -1]] * [1, -1] + [0, 1] < 1e-10).any():
        raise InputError("x", "is collinear on one side of a break: trim more")
    span = 2 * float(np.log(last / first))
    return Dates(rows, basis, np.linalg.inv(middle), span)


def f_statistics(dates: Dates, residuals: Matrix) -> Matrix:
    """(RSS₀ - RSS) / (RSS / (n - 2k)) at each date; residuals (m, n), result (m, dates)."""
    m, n = residuals.shape
    k = dates.basis.shape[1]
    sums = np.empty((k, m, dates.rows.size))
    for j in range(k):
        sums[j] = np.cumsum(residuals * dates.basis[:, j], axis=1)[:, dates.rows - 1]
    reduction = np.einsum("jmd,djl,lmd->md", sums, dates.metric, sums, optimize=k > 1)
    left = np.maximum((residuals**2).sum(axis=1)[:, None] - reduction, 0.0)
    with np.errstate(divide="ignore"):
        f: Matrix = (n - 2 * k) * reduction / left
    return f


def bootstrap_suprema(ols: Ols, dates: Dates, resampled: Iterable[Matrix]) -> Vector:
    """Largest F of each resample, given as rows of errors of the fit without a break."""
    suprema = []
    for errors in resampled:
        residuals = errors - (errors @ ols.projector.T) @ ols.design.T
        suprema.append(f_statistics(dates, residuals).max(axis=1))
    return np.concatenate(suprema)


def date_interval(
    before: tuple[Matrix, Vector], after: tuple[Matrix, Vector], level: float
) -> tuple[float, float]:
    """Quantiles of the estimated less the true break between two segments (design, response).

    Inverts the distribution of the argmax of a two-sided Brownian motion with drift, with
    moments of regressors and variance of errors of their own on each side.

    Source: Bai (1997), Review of Economics and Statistics 79:551.
    """
    from scipy import optimize

    (moments1, variance1, coefficients1) = _moments(*before)
    (moments2, variance2, coefficients2) = _moments(*after)
    shift = coefficients2 - coefficients1
    signal1, signal2 = shift @ moments1 @ shift, shift @ moments2 @ shift
    xi = float(signal2 / signal1)
    phi = xi * variance2 / variance1

    def quantile(p: float) -> float:
        reach = 1.0
        while not _argmax_cdf(-reach, xi, phi) < p < _argmax_cdf(reach, xi, phi):
            reach *= 2
        found = optimize.brentq(lambda x: _argmax_cdf(x, xi, phi) - p, -reach, reach)
        return float(found * variance1 / signal1)

    return quantile((1 - level) / 2), quantile((1 + level) / 2)


def _moments(design: Matrix, response: Vector) -> tuple[Matrix, float, Vector]:
    ols = _ols.fit("x", design, response)
    return design.T @ design / ols.n, ols.rss / ols.n, ols.coefficients


def _argmax_cdf(x: float, xi: float, phi: float) -> float:
    if x > 0:  # by symmetry: look from the other side, whose units are xi² / phi times these
        return 1 - _argmax_cdf(-x * xi**2 / phi, 1 / xi, 1 / phi)
    x = abs(x)
    a = xi / phi
    root = np.sqrt(x)
    main = (x / 2 - 2 + (phi + 2 * xi) ** 2 / ((phi + xi) * xi)) * special.ndtr(-root / 2)
    far = np.exp(a * (1 + a) * x / 2 + special.log_ndtr(-(0.5 + a) * root))
    density = np.sqrt(x / (2 * np.pi)) * np.exp(-x / 8)
    return float(main - density - phi / xi * (phi + 2 * xi) / (phi + xi) * far)
