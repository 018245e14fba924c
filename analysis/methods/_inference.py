"""A regression coefficient with its standard error, interval and p-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.methods import _ols, bootstrap, validate
from analysis.methods._ols import Ols
from analysis.methods.validate import Vector

COVARIANCES = ("classical", "HC3", "HAC", "wild", "sieve")
SOLVED_BY = {"wild": "HC3", "sieve": "HAC"}
ORDERED = ("HAC", "sieve")


@dataclass(frozen=True, eq=False)
class Coefficient:
    """``value`` ± ``multiplier(level)`` × ``standard_error``.

    The multiplier is Student's quantile, or for a bootstrap that of |t*| (``sizes``, sorted).
    """

    value: float
    standard_error: float
    freedom: int
    sizes: Vector | None = None

    def multiplier(self, level: float) -> float:
        if self.sizes is None:
            return _ols.student(self.freedom, level)
        return float(np.quantile(self.sizes, level, method="higher"))

    def multipliers(self, levels: Vector) -> Vector:
        """``multiplier`` at each of many levels, from 0 to below 1."""
        if self.sizes is None:
            return np.asarray(special.stdtrit(self.freedom, (1 + levels) / 2))
        places = np.linspace(0, 1, len(self.sizes))
        return np.asarray(np.interp(levels, places, self.sizes))

    def interval(self, level: float) -> tuple[float, float]:
        half = self.multiplier(level) * self.standard_error if self.standard_error else 0.0
        return self.value - half, self.value + half

    def p_value(self, null: float = 0.0) -> float:
        """Two-sided; for a bootstrap (1 + #{|t*| ≥ |t|}) / (1 + resamples)."""
        if self.standard_error == 0:
            return float(self.value == null)
        score = abs(self.value - null) / self.standard_error
        if self.sizes is None:
            return _ols.student_p(self.freedom, score)
        above = len(self.sizes) - np.searchsorted(self.sizes, score * (1 - 1e-12))
        return float((1 + above) / (1 + len(self.sizes)))


def coefficient(
    name: str,
    ols: Ols,
    index: int,
    covariance: str,
    seed: int = 0,
    resamples: int = bootstrap.RESAMPLES,
) -> Coefficient:
    """Inference on one coefficient; ``name`` is the argument that the design came from."""
    validate.choice("covariance", covariance, COVARIANCES)
    if covariance not in ("classical", "HAC"):
        _ols.require_leverage(name, ols)
    variance = ols.covariance(SOLVED_BY.get(covariance, covariance))[index, index]
    return Coefficient(
        value=float(ols.coefficients[index]),
        standard_error=float(np.sqrt(max(variance, 0.0))),
        freedom=ols.freedom,
        sizes=_sizes(ols, index, covariance, seed, resamples),
    )


def _sizes(ols: Ols, index: int, covariance: str, seed: int, resamples: int) -> Vector | None:
    if covariance not in SOLVED_BY:
        return None
    signs = bootstrap.rademacher(ols.n, validate.count("resamples", resamples), seed)
    if covariance == "wild":
        drawn = bootstrap.wild_statistics(ols, signs, coefficient=index, covariance="HC3")
    else:
        drawn = bootstrap.sieve_statistics(ols, signs, coefficient=index, seed=seed)
    return np.sort(np.abs(drawn))
