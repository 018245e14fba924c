"""Bootstrap-t statistics of a regression coefficient, all resamples at once.

Both bootstraps keep the design, flip signs of the residuals (Rademacher: +1 or -1 with equal
chance) and studentise each resample, so that unequal error variances carry over. ``wild_t`` takes
errors as independent; ``sieve_t`` as first-order autoregressive in the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.methods import _autocorrelation, _ols, validate
from analysis.methods._ols import Matrix, Ols
from analysis.methods.validate import Vector

RESAMPLES = 4999
_CELLS = 2**16  # of a block of resamples: what stays in a core's cache


def rademacher(n: int, resamples: int = RESAMPLES, seed: int = 0) -> Matrix:
    """Signs, shape (resamples, n)."""
    generator = np.random.default_rng(validate.count("seed", seed, minimum=0))
    heads = generator.integers(0, 2, size=(resamples, n), dtype=np.int8)
    return 2 * heads.astype(np.float64) - 1


def wild_t(
    X: ArrayLike,
    y: ArrayLike,
    signs: ArrayLike,
    *,
    coefficient: int = -1,
    covariance: str = "HC3",
) -> Vector:
    """Wild bootstrap-t statistics of one coefficient.

    y* = X b + s e / √(1 - h) with b, e, h the coefficients, residuals and leverages of the fit;
    t* = (b* - b) / se(b*).

    Args:
        X: design (n, k), with its constant.
        y: response (n,).
        signs: (resamples, n), from ``rademacher``.
        coefficient: its column in X.
        covariance: of each resample's standard error, ``HC3`` or ``classical``.

    Returns:
        t*, shape (resamples,); where a resample fits perfectly, infinite, or 0 at b* = b.

    Raises:
        InputError: for arguments that are not finite, do not match, or do not identify b.

    Source: Davidson and Flachaire (2008), Journal of Econometrics 146:162.
    """
    validate.choice("covariance", covariance, ("HC3", "classical"))
    ols, flips = _arguments(X, y, signs)
    return wild_statistics(ols, flips, coefficient=coefficient, covariance=covariance)


def sieve_t(
    X: ArrayLike, y: ArrayLike, signs: ArrayLike, *, coefficient: int = -1, seed: int = 0
) -> Vector:
    """Wild bootstrap-t statistics of one coefficient when errors follow each other.

    e*_i = ρ* e*_{i-1} + s_i v_i, with v the residuals less ρ times the one before, and
    t* = b* / se(b*) by Newey and West. Each resample draws its own ρ*: the observed first
    autocorrelation plus its sampling error, corrected for what the regression takes out of it
    (``_autocorrelation.corrected``) and held in [0, 0.98].

    Arguments, result and errors as in ``wild_t``; rows in time order, taken as equally spaced.

    Source: after Bühlmann (1997), Bernoulli 3:123 (sieve) and Gonçalves and Kilian (2004),
    Journal of Econometrics 123:89 (wild innovations).
    """
    ols, flips = _arguments(X, y, signs)
    return sieve_statistics(ols, flips, coefficient=coefficient, seed=seed)


def wild_statistics(ols: Ols, signs: Matrix, *, coefficient: int, covariance: str) -> Vector:
    """``wild_t`` of a fit at hand.

    With w_i the weight of a squared residual in se*², d = b* - b and s² = 1,
    se*² = Σ w e² - 2 d'Σ w x e s + d'(X'WX)d: one product with the signs gives everything.
    """
    row = ols.projector[coefficient]
    if covariance == "HC3":
        weights = (row / (1 - ols.leverage)) ** 2
    else:
        weights = np.full(ols.n, row @ row / ols.freedom)
    errors = ols.residuals / np.sqrt(1 - ols.leverage)
    weighted = ols.design * weights[:, None]
    products = signs @ (np.hstack([ols.projector.T, weighted]) * errors[:, None])
    shifts, cross = np.hsplit(products, 2)
    total = float(weights @ errors**2)
    variances = total - 2 * np.einsum("ij,ij->i", shifts, cross)
    variances += np.einsum("ij,jk,ik->i", shifts, ols.design.T @ weighted, shifts)
    return _ratio(shifts[:, coefficient], variances, total)


def sieve_statistics(ols: Ols, signs: Matrix, *, coefficient: int, seed: int) -> Vector:
    """``sieve_t`` of a fit at hand."""
    row = ols.projector[coefficient]
    weights = _ols.bartlett(ols.n)
    scale = float(ols.residuals**2 @ row**2)
    statistics = []
    for errors in _sieve_errors(ols, signs, seed):
        estimates = errors @ ols.projector.T
        scores = (errors - estimates @ ols.design.T) * row
        variance = np.einsum("ij,ij->i", scores, scores)
        for lag, weight in enumerate(weights, start=1):
            variance += 2 * weight * np.einsum("ij,ij->i", scores[:, lag:], scores[:, :-lag])
        variance *= ols.n / ols.freedom
        statistics.append(_ratio(estimates[:, coefficient], variance, scale))
    return np.concatenate(statistics)


def resampled_errors(ols: Ols, resampling: str, *, resamples: int, seed: int) -> Iterator[Matrix]:
    """Errors of the resamples of a fit in blocks of rows, by ``wild`` or ``sieve``.

    The sieve here has one ρ for all resamples: drawing it anew would cost a test power and win it
    nothing in size.
    """
    signs = rademacher(ols.n, resamples, seed)
    if resampling == "sieve":
        return _sieve_errors(ols, signs)
    errors = ols.residuals / np.sqrt(1 - ols.leverage)
    return (signs[block] * errors for block in _blocks(resamples, ols.n))


def _sieve_errors(ols: Ols, signs: Matrix, seed: int | None = None) -> Iterator[Matrix]:
    """With a seed, ρ is drawn anew for each resample; without, it stays at its estimate."""
    observed = _autocorrelation.first(ols.residuals)
    draws = np.full(len(signs), observed)
    if seed is not None:
        spread = np.sqrt((1 - observed**2) / ols.n)
        draws += spread * np.random.default_rng(seed + 1).standard_normal(len(signs))
    centre, *persistence = _autocorrelation.corrected(ols, np.append(observed, draws))
    shocks = _autocorrelation.innovations(ols.residuals, centre)
    shocks *= np.sqrt(ols.n / max(ols.freedom - 1, 1))
    for block in _blocks(len(signs), ols.n):
        yield _autocorrelation.accumulate(signs[block] * shocks, np.array(persistence[block]))


def _arguments(X: ArrayLike, y: ArrayLike, signs: ArrayLike) -> tuple[Ols, Matrix]:
    response = validate.vector("y", y, minimum=3)
    design = np.asarray(X, dtype=float)
    flips = np.asarray(signs, dtype=float)
    if design.ndim != 2 or len(design) != response.size or not np.isfinite(design).all():
        raise InputError("X", f"must be finite, of shape ({response.size}, k); {design.shape}")
    if flips.ndim != 2 or flips.shape[1] != response.size or not np.isin(flips, (-1, 1)).all():
        raise InputError("signs", f"must be -1 or 1, of shape (resamples, {response.size})")
    ols = _ols.fit("X", design, response)
    _ols.require_leverage("X", ols)
    return ols, flips


def _ratio(estimates: Vector, variances: Vector, scale: float) -> Vector:
    """Estimates over standard errors; a resample that fits perfectly is infinitely far, or at 0."""
    perfect = variances <= 1e-13 * scale
    ratio = estimates / np.sqrt(np.where(perfect, 1.0, variances))
    beyond = np.where(np.abs(estimates) > 1e-7 * np.sqrt(scale), np.inf, 0.0)
    return np.where(perfect, beyond, ratio)


def _blocks(resamples: int, n: int) -> Iterator[slice]:
    size = max(1, _CELLS // n)
    return (slice(i, i + size) for i in range(0, resamples, size))
