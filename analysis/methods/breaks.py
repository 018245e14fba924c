"""Structural breaks: is there one, how many, and when.

All functions take a series in time order and, where its level is explained by other series,
those as ``x``; a constant is added unless ``x`` has one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analysis.errors import InputError
from analysis.methods import (
    _break_tests,
    _ols,
    _segments,
    _sup_distribution,
    bootstrap,
    validate,
)
from analysis.methods._break_results import BaiPerron, Segment, SupF
from analysis.methods._cusum import Cusum, cusum
from analysis.methods._ols import Matrix
from analysis.methods.validate import Vector

__all__ = ["BaiPerron", "Cusum", "Segment", "SupF", "bai_perron", "cusum", "sup_f"]


_ROUNDING = 1e-24  # of the sum of squares: residuals below are rounding


def sup_f(
    y: ArrayLike,
    x: ArrayLike | None = None,
    *,
    trim: float = 0.15,
    resampling: str = "wild",
    seed: int = 0,
    resamples: int = 1999,
) -> SupF:
    """Test of one break in all coefficients at an unknown date.

    F_i = (RSS₀ - RSS_i) / (RSS_i / (n - 2k)) for a break before row i; sup F is the largest, ave F
    the mean, exp F = ln mean exp(F_i / 2). The asymptotic p-value of sup F takes errors as
    independent and of equal variance. The bootstrap keeps x, resamples the errors of the fit
    without a break and allows unequal variances (``wild``) or also autocorrelation (``sieve``,
    for prices and other series that wander: then ``wild`` rejects far too often). In short series
    the sieve has little power (docs/calibration.md): not rejecting is no proof of no break.

    Args:
        y: series, shape (n,).
        x: regressors, shape (n,) or (n, k - 1); None for a mean only.
        trim: share of rows left on either side, below 0.5.
        resampling: ``wild`` or ``sieve``.
        seed: of the bootstrap.
        resamples: number of them.

    Raises:
        InputError: for a constant or too short series, values that are not finite, lengths that
            differ, collinear regressors, or a trim outside (0, 0.5).

    Source: Andrews (1993), Econometrica 61:821; Andrews and Ploberger (1994), 62:1383; Hansen
    (2000), Journal of Econometrics 97:93 (bootstrap with fixed regressors).
    """
    design, response = _break_tests.arguments(y, x)
    validate.choice("resampling", resampling, ("wild", "sieve"))
    if not 0 < validate.probability("trim", trim) < 0.5:
        raise InputError("trim", f"must lie between 0 and 0.5; it is {trim}")
    ols = _ols.fit("x" if x is not None else "y", design, response)
    _ols.require_leverage("x", ols)
    if ols.rss <= _ROUNDING * float(response @ response):
        raise InputError("y", "is fitted by x without error: nothing is left to test")
    dates = _break_tests.candidates(design, trim)
    f = _break_tests.f_statistics(dates, ols.residuals[None, :])[0]
    validate.count("resamples", resamples)
    errors = bootstrap.resampled_errors(ols, resampling, resamples=resamples, seed=seed)
    suprema = _break_tests.bootstrap_suprema(ols, dates, errors)
    statistic = float(f.max())
    return SupF(
        statistic=statistic,
        index=int(dates.rows[f.argmax()]),
        ave_f=float(f.mean()),
        exp_f=float(special.logsumexp(f / 2) - np.log(f.size)),
        p_value=_sup_distribution.upper_tail(statistic, design.shape[1], dates.span),
        p_value_bootstrap=float((1 + (suprema >= statistic).sum()) / (1 + suprema.size)),
        n=ols.n,
        trim=trim,
        resampling=resampling,
        f=f,
        rows=dates.rows,
    )


def bai_perron(
    y: ArrayLike,
    x: ArrayLike | None = None,
    *,
    max_breaks: int = 5,
    min_size: float = 0.15,
    alpha: float = 0.05,
) -> BaiPerron:
    """Number and dates of breaks in all coefficients.

    For each m up to ``max_breaks``, or as many as fit, the partition of least residual sum of
    squares; BIC = n (ln(RSS/n) + 1 + ln 2π) + (k + 1)(m + 1) ln n. The sequential test of m + 1
    against m breaks takes the largest sup F over the segments, p = 1 - (1 - p₁)^(m + 1).

    Args:
        y, x: as in ``sup_f``.
        max_breaks: largest m.
        min_size: least length of a segment, as a share of n or, from 1, in rows.
        alpha: level of the sequential test.

    Raises:
        InputError: as in ``sup_f``; for segments that are not longer than k or than fit.

    Source: Bai and Perron (1998), Econometrica 66:47; (2003), Journal of Applied Econometrics
    18:1; BIC as in Zeileis et al. (2003), Computational Statistics & Data Analysis 44:109.
    """
    design, response = _break_tests.arguments(y, x)
    validate.level("alpha", alpha)
    n, k = design.shape
    size = _rows_of(min_size, n, k)
    most = min(validate.count("max_breaks", max_breaks, minimum=0), n // size - 1)
    breaks = _segments.partition(design, response, most, size)
    rss = np.array([_rss(design, response, rows) for rows in breaks])
    parameters = (k + 1) * np.arange(1, most + 2)
    least = _ROUNDING * float(response @ response)  # rounding is no improvement of a perfect fit
    bic = n * (np.log(np.maximum(rss, least) / n) + 1 + np.log(2 * np.pi))
    bic += parameters * np.log(n)
    p_values = _sequential(design, response, breaks, size / n, alpha)
    return BaiPerron(
        breaks=breaks,
        rss=tuple(map(float, rss)),
        bic=tuple(map(float, bic)),
        m_bic=int(bic.argmin()),
        m_sequential=sum(p <= alpha for p in p_values),
        sequential_p=p_values,
        alpha=alpha,
        min_size=size,
        n=n,
        _design=design,
        _response=response,
    )


def _rows_of(min_size: float, n: int, k: int) -> int:
    share = validate.vector("min_size", [min_size])[0]
    size = int(share * n if share < 1 else share)
    if size <= k or size > n // 2:
        rule = f"gives segments of {size} rows: needs more than {k}, and at most half of {n}"
        raise InputError("min_size", rule)
    return size


def _rss(design: Matrix, response: Vector, breaks: tuple[int, ...]) -> float:
    parts = zip(np.split(design, breaks), np.split(response, breaks), strict=True)
    return sum(_ols.fit("x", rows, values).rss for rows, values in parts)


def _sequential(
    design: Matrix, response: Vector, breaks: tuple[tuple[int, ...], ...], trim: float, alpha: float
) -> tuple[float, ...]:
    """p-values of 1 against 0, 2 against 1, … breaks, up to the first above ``alpha``."""
    found: list[float] = []
    for rows in breaks[:-1]:
        parts = zip(np.split(design, rows), np.split(response, rows), strict=True)
        least = min((_break_p(part, values, trim) for part, values in parts), default=1.0)
        found.append(float(-np.expm1((len(rows) + 1) * np.log1p(-least))) if least < 1 else 1.0)
        if found[-1] > alpha:
            break
    return tuple(found)


def _break_p(design: Matrix, response: Vector, trim: float) -> float:
    k = design.shape[1]
    ols = _ols.fit("x", design, response)
    if ols.rss <= _ROUNDING * float(response @ response):
        return 1.0
    try:
        dates = _break_tests.candidates(design, min(trim, 0.49))
    except InputError:  # too short, or without variation in x, to be split again
        return 1.0
    statistic = float(_break_tests.f_statistics(dates, ols.residuals[None, :]).max())
    return _sup_distribution.upper_tail(statistic, k, dates.span)
