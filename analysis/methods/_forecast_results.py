"""What ``forecast`` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result
from analysis.methods.validate import Vector

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class FarmerLafond(Result):
    """Forecast of logarithms: at each of ``horizons``, ``mean`` and a Student distribution.

    ``variance_factor`` is the error variance in units of ``k``², with m - 1 degrees of freedom.
    """

    drift: float
    k: float
    m: int
    theta: float
    horizons: NDArray[np.int_]
    mean: Vector
    variance_factor: Vector

    @property
    def spread(self) -> Vector:
        """K √A at each horizon."""
        return np.asarray(self.k * np.sqrt(self.variance_factor))

    def quantile(self, p: float) -> Vector:
        """Quantile at each horizon; p strictly between 0 and 1."""
        score = special.stdtrit(self.m - 1, validate.level("p", p))
        return np.asarray(self.mean + self.spread * score)

    def quantiles(self, p: ArrayLike = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)) -> Any:
        """Quantiles, shape (horizons, p)."""
        return np.column_stack([self.quantile(float(share)) for share in np.atleast_1d(p)])

    def interval(self, level: float = 0.95) -> tuple[Vector, Vector]:
        """Central prediction interval at each horizon."""
        tail = (1 - validate.level("level", level)) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def percentile(self, realised: ArrayLike, horizon: int | None = None) -> Any:
        """Probability given to values up to ``realised``.

        Args:
            realised: logarithms, one for each horizon; or any, with ``horizon`` naming the one.

        Raises:
            InputError: for a horizon that was not forecast, or the wrong number of values.
        """
        seen = np.asarray(realised, dtype=float)
        validate.vector("realised", seen.ravel())
        where = slice(None) if horizon is None else self._position(horizon)
        if horizon is None and seen.shape != self.mean.shape:
            rule = f"must have one value for each of {self.mean.size} horizons"
            raise InputError("realised", rule)
        found = special.stdtr(self.m - 1, (seen - self.mean[where]) / self.spread[where])
        return float(found) if np.ndim(found) == 0 else found

    def _position(self, horizon: int) -> int:
        at = np.flatnonzero(self.horizons == validate.count("horizon", horizon))
        if at.size == 0:
            raise InputError("horizon", f"{horizon} was not forecast")
        return int(at[0])

    def table(self) -> pd.DataFrame:
        import pandas as pd

        low, high = self.interval()
        columns = {
            "mean": self.mean,
            "2.5 %": low,
            "97.5 %": high,
            "variance factor": self.variance_factor,
        }
        return pd.DataFrame(columns, index=pd.Index(self.horizons, name="horizon"))

    def summary(self) -> str:
        return (
            f"drift {self.drift:.4g} a step, K {self.k:.4g} ({self.m} differences, theta "
            f"{self.theta:.3g}); {self.mean[-1]:.4g} ± {self.spread[-1]:.3g} "
            f"{self.horizons[-1]} steps ahead"
        )


@dataclass(frozen=True, eq=False, repr=False)
class Backtest(Result):
    """One entry for each origin and horizon.

    ``origin`` is the number of rows known, ``crps`` the score (the absolute error for a forecast
    without draws), ``percentile`` the share of draws below what came.
    """

    origin: NDArray[np.int_]
    horizon: NDArray[np.int_]
    forecast: Vector
    actual: Vector
    crps: Vector
    percentile: Vector

    @property
    def error(self) -> Vector:
        return self.actual - self.forecast

    @property
    def rmse(self) -> float:
        return float(np.sqrt(np.mean(self.error**2)))

    @property
    def mae(self) -> float:
        return float(np.mean(np.abs(self.error)))

    @property
    def mean_crps(self) -> float:
        return float(self.crps.mean())

    def by_horizon(self) -> pd.DataFrame:
        """Number, bias, root mean square error and mean CRPS at each horizon."""
        import pandas as pd

        frame = pd.DataFrame({"error": self.error, "square": self.error**2, "crps": self.crps})
        grouped = frame.groupby(self.horizon)
        return pd.DataFrame(
            {
                "n": grouped.size(),
                "bias": grouped["error"].mean(),
                "rmse": np.sqrt(grouped["square"].mean()),
                "crps": grouped["crps"].mean(),
            }
        ).rename_axis("horizon")

    def table(self) -> pd.DataFrame:
        return self.by_horizon()

    def summary(self) -> str:
        return (
            f"{self.actual.size} forecasts from {np.unique(self.origin).size} origins: "
            f"RMSE {self.rmse:.4g}, mean CRPS {self.mean_crps:.4g}"
        )
