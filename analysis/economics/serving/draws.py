"""What the simulations of costs share: drawing evenly in logarithms, and the spread of draws."""

from __future__ import annotations

import numpy as np

from analysis.methods import validate


def even_in_logs(span: tuple[float, float], n: int, rng: np.random.Generator) -> np.ndarray:
    """``n`` values between the ends of a span, with equal chance for each factor."""
    low, high = np.log(span)
    return np.exp(rng.uniform(low, high, n))


def spread(values: np.ndarray, level: float) -> tuple[float, float, float]:
    """Lower end, middle and upper end of draws at a coverage.

    Quantiles (1 - level) / 2, ½ and (1 + level) / 2.

    Raises:
        InputError: for a level that is not between 0 and 1.
    """
    tail = (1 - validate.level("level", level)) / 2
    low, middle, high = np.quantile(values, [tail, 0.5, 1 - tail])
    return float(low), float(middle), float(high)
