"""What ``trend`` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.methods import _ols, validate
from analysis.methods._inference import Coefficient
from analysis.methods._time import years_of
from analysis.methods.results import Result
from analysis.methods.validate import Vector


def power(exponent: float) -> float:
    """10^exponent, infinite where it overflows."""
    with np.errstate(over="ignore"):
        return float(np.power(10.0, exponent))


class Prediction(NamedTuple):
    """Expected level and the interval for a new value, each of the shape of the times."""

    level: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class LogLinear(Result):
    """Fit of log10 y = ``intercept`` + ``slope_log10`` × years.

    ``interval`` is of ``growth_per_year`` (a factor), ``standard_error`` and ``slope_interval``
    are of ``slope_log10``; ``p_value`` is two-sided for no growth; ``residuals`` are in log10, in
    the order given. A negative doubling time is a halving time.
    """

    growth_per_year: float
    interval: tuple[float, float]
    doubling_time_years: float
    slope_log10: float
    standard_error: float
    slope_interval: tuple[float, float]
    intercept: float
    p_value: float
    r_squared: float
    n: int
    covariance: str
    level: float
    residuals: Vector
    _slope: Coefficient
    _variance: NDArray[np.float64]
    _residual_variance: float
    _centre: float

    @property
    def f_statistic(self) -> float:
        """Classical F of the regression, with 1 and n - 2 degrees of freedom."""
        return self.r_squared * (self.n - 2) / (1 - self.r_squared)

    def slope_quantile(self, p: Any) -> Vector:
        """Slope in log10 per year at probability p of its confidence distribution.

        b + sign(p - ½) c(|2p - 1|) se with the multiplier c of ``interval``: the ends of all
        central intervals. Draws of the slope are its values at uniform p.

        Source: Schweder and Hjort (2016), Confidence, Likelihood, Probability, chapter 3.
        """
        shares = 2 * validate.probability("p", np.asarray(p, dtype=float)) - 1
        reach = self._slope.multipliers(np.abs(shares))
        return np.asarray(self.slope_log10 + np.sign(shares) * reach * self.standard_error)

    def predict(self, t: Any, level: float | None = None) -> Prediction:
        """Level expected at decimal years or dates, and the interval for one new value there.

        10^(a + b t ± √(q² s² + c² x'Vx)): s² the residual variance, V the covariance of a and b,
        q Student's quantile and c the multiplier of ``interval``.
        """
        wanted = self.level if level is None else validate.level("level", level)
        since = years_of("t", np.atleast_1d(np.asarray(t))) - self._centre
        centre = self.intercept + self.slope_log10 * self._centre
        middle = centre + self.slope_log10 * since
        rows = np.column_stack([np.ones_like(since), since])
        own = _ols.student(self._slope.freedom, wanted) ** 2 * self._residual_variance
        line = np.einsum("ij,jk,ik->i", rows, self._variance, rows)
        half = np.sqrt(own + self._slope.multiplier(wanted) ** 2 * line)
        return Prediction(10**middle, 10 ** (middle - half), 10 ** (middle + half))

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"growth {self.growth_per_year:.4g}x per year "
            f"({self.level:.0%} {low:.4g} to {high:.4g}, {self.covariance}, n = {self.n})"
        )


@dataclass(frozen=True, eq=False, repr=False)
class TheilSen(Result):
    """Median of pairwise slopes; ``interval`` is of ``growth_per_year``."""

    growth_per_year: float
    interval: tuple[float, float]
    doubling_time_years: float
    slope_log10: float
    n: int
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"median growth {self.growth_per_year:.4g}x per year "
            f"({self.level:.0%} {low:.4g} to {high:.4g}, n = {self.n})"
        )


@dataclass(frozen=True, eq=False, repr=False)
class SlopeChange(Result):
    """Two trends and the change of log10 slope, ``after`` less ``before``, with its interval."""

    before: LogLinear
    after: LogLinear
    difference_log10: float
    standard_error: float
    interval: tuple[float, float]
    p_value: float
    covariance: str
    level: float

    @property
    def growth_before(self) -> float:
        return self.before.growth_per_year

    @property
    def growth_after(self) -> float:
        return self.after.growth_per_year

    @property
    def ratio(self) -> float:
        """Growth factor after over growth factor before."""
        return power(self.difference_log10)

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"growth {self.growth_before:.4g}x, then {self.growth_after:.4g}x per year: "
            f"log10 slope changes by {self.difference_log10:.4g} "
            f"({self.level:.0%} {low:.4g} to {high:.4g}, p = {self.p_value:.3g})"
        )
