"""Wild cluster bootstrap tests that impose the value they test, and the interval they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.methods import validate
from analysis.methods.cluster_effect import Clustered, sizes
from analysis.methods.validate import Vector

HALVINGS = 18
FAR = 200.0  # standard errors after which an end of the interval counts as open


@dataclass(frozen=True)
class NullImposed:
    """Values of a coefficient that the test does not reject, and the p-value of 0."""

    interval: tuple[float, float]
    p_value: float


def null_imposed(
    y: ArrayLike,
    columns: Mapping[str, ArrayLike],
    of: str,
    clusters: Any,
    *,
    level: float = 0.95,
    seed: int = 0,
) -> NullImposed:
    """Test of a coefficient by resamples drawn from the fit in which it has the tested value.

    Standard errors and weights as in ``cluster_effect``, residuals those of the restricted fit,
    p = (1 + #{|t*| ≥ |t|}) / (1 + resamples). The interval holds the values with p above
    1 - level; its ends are found by halving.

    Raises:
        InputError: as ``cluster_effect``.

    Source: Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90:414; Roodman,
    MacKinnon, Nielsen and Webb (2019), Stata Journal 19:4 (interval).
    """
    alpha = 1 - validate.level("level", level)
    fit = Clustered.of(y, columns, of, clusters)
    test = Imposed(fit, seed)
    low, high = (_edge(test, fit.value, sign * fit.standard_error, alpha) for sign in (-1, 1))
    return NullImposed((low, high), test(0.0))


class Imposed:
    """p-value of a value of the coefficient, from resamples in which it holds."""

    def __init__(self, fit: Clustered, seed: int = 0) -> None:
        others = np.delete(fit.ols.design, fit.index, axis=1)
        self._own = fit.linear(_without(others, fit.ols.response))
        self._slope = fit.linear(_without(others, fit.ols.design[:, fit.index]))
        self._weights = fit.weights(seed)
        self._fit = fit

    def __call__(self, value: float) -> float:
        pairs = zip(self._own, self._slope, strict=True)
        shifts, scores = (part - value * by for part, by in pairs)
        seen = abs(self._fit.value - value) / self._fit.standard_error
        drawn = sizes(self._weights, shifts, scores)
        return float((1 + (drawn >= seen * (1 - 1e-12)).sum()) / (1 + len(drawn)))


def _edge(p_value: Callable[[float], float], inside: float, step: float, alpha: float) -> float:
    """Where p falls to ``alpha``, going from ``inside`` in the direction of ``step``."""
    outside = inside + step
    while p_value(outside) > alpha:
        if abs(outside - inside) > FAR * abs(step):
            return float(np.copysign(np.inf, step))
        outside += outside - inside
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_value(middle) > alpha else (inside, middle)
    return (inside + outside) / 2


def _without(others: np.ndarray, values: Vector) -> Vector:
    """Residuals of ``values`` on the other columns."""
    return values - others @ np.linalg.lstsq(others, values, rcond=None)[0]
