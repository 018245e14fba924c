"""The mean of a series in time order, with an interval that allows for neighbours alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.methods import _inference, _ols, validate
from analysis.methods.results import Result

DEFAULT = "sieve"


@dataclass(frozen=True, repr=False)
class Average(Result):
    """Mean of ``n`` values and its interval."""

    mean: float
    interval: tuple[float, float]
    n: int
    covariance: str
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return f"mean {self.mean:.4g} ({self.level:.0%} {low:.4g} to {high:.4g}, n = {self.n})"


def average(
    y: ArrayLike, *, covariance: str = DEFAULT, level: float = 0.95, seed: int = 0
) -> Average:
    """Mean of y, the regression of y on a constant.

    Args:
        y: values in time order, taken as equally spaced, shape (n,), n at least 3.
        covariance: ``classical`` (independent values), ``HAC`` (Newey and West), or ``sieve``
            (first-order autoregressive errors, bootstrap-t), as in ``trend.log_linear``.
        level: of the interval.
        seed: of the bootstrap.

    Raises:
        InputError: for fewer than three values, values not finite, or an unknown covariance.

    Source: Newey and West (1987), Econometrica 55:703; for the sieve see ``bootstrap``.
    """
    values = validate.vector("y", y, minimum=3)
    ols = _ols.fit("y", np.ones((len(values), 1)), values)
    found = _inference.coefficient("y", ols, 0, covariance, seed)
    return Average(
        found.value, found.interval(validate.level("level", level)), len(values), covariance, level
    )
