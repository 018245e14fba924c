"""A series and where it may go: two trends, what weighs them, and the scatter around them.

log10 y(T) = log10 y(now) + h [(1 - w) b_all + w b_recent] + e, h = T - now in years. b_all is the
slope of the whole series and b_recent that of its recent part, each at the same quantile of its
confidence distribution; w is the part of the recent months in what is to come. e is the scatter of
a series that wanders around its trend: Student's t times s √(1 - ρ^2n), with s the standard
deviation of the residuals, ρ their first autocorrelation and n the steps to T. The path starts from
the last value and not from the line, since a line that bent fits its end badly. A random walk in
its place has the variance K² [(1 + θ)² n - 2θ] / (1 + θ²), K the standard deviation of the steps
and θ = 0.63 (Farmer and Lafond 2016, Research Policy 45:647); it is one of the choices under
robustness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.economics.prices.capability import THETA
from analysis.errors import InputError
from analysis.methods import trend
from analysis.methods.trend import LogLinear
from analysis.methods.validate import Vector

LEAST = 6
LEAST_RECENT = 12
AROUND, WALK, NONE = "around the trend", "random walk", "none"
SHOCKS = (AROUND, WALK, NONE)


@dataclass(frozen=True, eq=False)
class Path:
    """One series in time order, its two trends and the spread of its steps.

    ``step`` is the time from one value to the next in years, ``scatter`` the standard deviation of
    steps of log10 y in the whole series. ``recent`` is ``whole`` where the recent part has fewer
    than 12 values, too few for its interval, or does not move.
    """

    whole: LogLinear
    recent: LogLinear
    day: pd.Timestamp
    value: float
    step: float
    scatter: float

    @property
    def now(self) -> float:
        return float(trend.decimal_year([self.day])[0])

    def slope(self, quantile: Any, weight: Any) -> Vector:
        """log10 per year at a quantile of both trends, ``weight`` of it the recent one."""
        both = [fit.slope_quantile(quantile) for fit in (self.whole, self.recent)]
        return np.asarray((1 - np.asarray(weight)) * both[0] + np.asarray(weight) * both[1])

    def shock(self, quantile: Any, weight: Any, years: Any, kind: str = AROUND) -> Vector:
        """Scatter in log10 at a quantile, this many years ahead; ``kind`` is one of ``SHOCKS``."""
        steps = np.maximum(np.asarray(years, dtype=float), 0) / self.step
        size = np.zeros_like(steps)
        if kind == WALK:
            size = walk(self.scatter, steps)
        elif kind == AROUND:
            early, late = (wander(fit, steps) for fit in (self.whole, self.recent))
            size = (1 - np.asarray(weight)) * early + np.asarray(weight) * late
        return np.asarray(special.stdtrit(self.whole.n - 2, np.asarray(quantile)) * size)


def path(frame: pd.DataFrame, *, recent_start: Any, level: float = 0.95, seed: int = 0) -> Path:
    """A path from ``day`` and ``value``, equally spaced.

    Raises:
        InputError: for fewer than 6 values, or values that never change.
    """
    rows = frame.sort_values("day", ignore_index=True)
    if len(rows) < LEAST or rows["value"].nunique() == 1:
        raise InputError("series", f"has {len(rows)} values; {LEAST} that move are needed")
    steps = np.diff(np.log10(rows["value"]))
    days = rows["day"].diff().dt.days.median()
    whole = fitted(rows, level, seed)
    return Path(
        whole=whole,
        recent=_recent(rows, recent_start, level, seed) or whole,
        day=pd.Timestamp(rows["day"].iloc[-1]),
        value=float(rows["value"].iloc[-1]),
        step=float(days / 365.25),
        scatter=float(steps.std(ddof=1)),
    )


def walk(scatter: float, steps: Vector) -> Vector:
    """Standard deviation of a random walk whose steps carry over, ``steps`` ahead."""
    factor = np.maximum((1 + THETA) ** 2 * steps - 2 * THETA, steps) / (1 + THETA**2)
    return np.asarray(scatter * np.sqrt(factor))


def wander(fit: LogLinear, steps: Vector) -> Vector:
    """s √(1 - ρ^2n) of the residuals, which are in time order."""
    errors = fit.residuals
    size = float(np.sqrt(errors @ errors / (fit.n - 2)))
    carried = float(np.clip(errors[1:] @ errors[:-1] / (errors @ errors), 0, 1))
    return np.asarray(size * np.sqrt(1 - carried ** (2 * steps)))


def fitted(rows: pd.DataFrame, level: float = 0.95, seed: int = 0) -> LogLinear:
    """Log-linear trend, Newey-West with critical values by sieve bootstrap."""
    return trend.log_linear(rows["day"], rows["value"], covariance="sieve", level=level, seed=seed)


def _recent(rows: pd.DataFrame, start: Any, level: float, seed: int) -> LogLinear | None:
    late = rows[rows["day"] >= pd.Timestamp(start)]
    if len(late) < LEAST_RECENT or late["value"].nunique() == 1:
        return None
    return fitted(late, level, seed)
