"""Asymptotic distribution of the largest F statistic over a range of break dates."""

from __future__ import annotations

import numpy as np
from scipy import linalg, special

_CELLS = 200
_MODES = 12  # the rest die within a span of 0.2
_LEAST = 1e-9  # below, 1 - survival loses digits; the leading tail is good to 0.5 % there


def upper_tail(statistic: float, k: int, span: float) -> float:
    """P(sup F > statistic) with no break, F in χ² form with k coefficients.

    F(π) tends to |B(π)|² / (π(1 - π)), B a k-dimensional Brownian bridge; in logarithmic time it
    is the squared norm of a stationary Ornstein-Uhlenbeck process observed for ``span`` =
    ln[π₂(1 - π₁) / (π₁(1 - π₂))]. The norm r diffuses with stationary density
    m(r) ∝ r^(k-1) exp(-r²/2); the chance of staying below c = √statistic is Σ w_j exp(-l_j span)
    over the eigenvalues l_j of its generator with an absorbing wall at c, here on a grid of
    finite volumes. Far out the leading tail is used:
    x^(k/2) exp(-x/2) / (2^(k/2) Γ(k/2)) · [span (1 - k/x) + 4/x].

    Source: Andrews (1993), Econometrica 61:821; Estrella (2003), Econometric Theory 19:1128.
    """
    if statistic <= 0:
        return 1.0
    if np.isinf(statistic):
        return 0.0
    if span <= 0:
        return float(special.chdtrc(k, statistic))
    p = 1 - _survival(float(np.sqrt(statistic)), k, span) if statistic < 200 else 0.0
    return p if p > _LEAST else _leading_tail(statistic, k, span)


def _survival(wall: float, k: int, span: float) -> float:
    edges = np.linspace(0.0, wall, _CELLS + 1)
    below, above = special.gammainc(k / 2, edges**2 / 2), special.gammaincc(k / 2, edges**2 / 2)
    mass = np.where(below[1:] < 0.5, np.diff(below), -np.diff(above))
    log_scale = (1 - k / 2) * np.log(2) - special.gammaln(k / 2)
    density = np.exp(log_scale + special.xlogy(k - 1, edges[1:]) - edges[1:] ** 2 / 2)
    flow = density * _CELLS / (2 * wall)  # across the upper edge of each cell
    flow[-1] *= 2  # the wall is half a cell from the last centre
    leaving = flow + np.concatenate([[0.0], flow[:-1]])
    rates, modes = linalg.eigh_tridiagonal(
        leaving / mass,
        -flow[:-1] / np.sqrt(mass[:-1] * mass[1:]),
        select="i",
        select_range=(0, (_MODES if span > 0.2 else _CELLS) - 1),
    )
    return float((modes.T @ np.sqrt(mass)) ** 2 @ np.exp(-rates * span))


def _leading_tail(x: float, k: int, span: float) -> float:
    log_density = k / 2 * np.log(x / 2) - x / 2 - special.gammaln(k / 2)
    return float(np.exp(log_density) * (span * (1 - k / x) + 4 / x))
