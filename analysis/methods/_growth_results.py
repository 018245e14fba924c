"""What ``growth`` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import InputError
from analysis.methods._curves import CURVES
from analysis.methods._time import years_of
from analysis.methods.results import Named, Result, format_number
from analysis.methods.validate import Vector

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class GrowthFit(Result):
    """A growth curve fitted by least squares.

    ``parameters``, ``standard_errors`` and ``intervals`` (profile likelihood) can be read by
    position or by name. ``rss`` is on the scale fitted: of y, or of ln y. Where data do not bound
    the ceiling from above, ``identified`` is False, its interval ends at infinity and its
    parameter and standard error are not a number.
    """

    curve: str
    parameters: Named
    standard_errors: Named
    intervals: Named
    identified: bool
    rss: float
    n: int
    scale: str
    level: float
    _free: Vector

    @property
    def residual_sd(self) -> float:
        return float(np.sqrt(self.rss / (self.n - len(self.parameters))))

    @property
    def bic(self) -> float:
        """n ln(rss / n) + k ln n; compare fits of the same y on the same scale only."""
        return float(self.n * np.log(self.rss / self.n) + len(self.parameters) * np.log(self.n))

    @property
    def peak_time(self) -> float:
        """When y (Bass) or its absolute growth (logistic, Gompertz, Richards) is largest.

        Raises:
            InputError: for an exponential, which has no such time.
        """
        values = dict(zip(self.parameters.names, self._free, strict=True))
        if self.curve == "bass":
            return float((values["q"] - values["p"]) / (np.exp(values["p"]) + np.exp(values["q"])))
        if self.curve == "exponential":
            raise InputError("curve", "has no time of fastest growth: it is exponential")
        shift = values["shape"] if self.curve == "richards" else 0.0
        return float((values["offset"] - shift) / values["rate"])

    def predict(self, t: Any) -> Vector:
        """Values of the fitted curve at times or dates."""
        times = years_of("t", np.atleast_1d(np.asarray(t)))
        return np.asarray(CURVES[self.curve].value(times, self._free))

    def table(self) -> pd.DataFrame:
        import pandas as pd

        low, high = np.transpose(self.intervals)
        columns = {"estimate": self.parameters, "error": self.standard_errors}
        return pd.DataFrame({**columns, "low": low, "high": high}, index=self.parameters.names)

    def summary(self) -> str:
        shown = ", ".join(map(self._shown, self.parameters.names))
        return f"{self.curve}: {shown} ({self.level:.0%} by profile, n = {self.n})"

    def _shown(self, name: str) -> str:
        low, high = map(format_number, self.intervals[name])
        if np.isnan(self.parameters[name]):
            return f"{name} not identified, above {low}"
        return f"{name} {format_number(self.parameters[name])} ({low} to {high})"


@dataclass(frozen=True, eq=False, repr=False)
class Deceleration(Result):
    """Change of the growth rate of ln y, per year and year, negative when growth slows.

    ``p_value`` is one-sided: small when growth falls. ``growth_first`` and ``growth_last`` are the
    fitted growth factors per year at either end.
    """

    change: float
    standard_error: float
    interval: tuple[float, float]
    p_value: float
    growth_first: float
    growth_last: float
    n: int
    method: str
    covariance: str
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"growth from {self.growth_first:.4g}x to {self.growth_last:.4g}x per year: rate "
            f"changes by {self.change:.4g} a year ({self.level:.0%} {low:.4g} to {high:.4g}; "
            f"p = {self.p_value:.3g} for falling)"
        )


@dataclass(frozen=True, eq=False, repr=False)
class IntersectionUnion(Result):
    """Test that all segments decelerate: its p-value is the largest of theirs."""

    p_value: float
    weakest: str
    n: int

    def summary(self) -> str:
        return f"all {self.n} decelerate: p = {self.p_value:.3g} (weakest: {self.weakest})"
