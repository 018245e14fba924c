"""Proper scores of probability forecasts; lower is better for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods._ols import Matrix
from analysis.methods.results import Result
from analysis.methods.validate import Vector

if TYPE_CHECKING:
    import pandas as pd


def brier(p: ArrayLike, outcome: ArrayLike) -> float:
    """Mean of (p - o)².

    Args:
        p: probabilities, any shape.
        outcome: 1 or True where the event happened, 0 or False where not; broadcast against p.

    Raises:
        InputError: for probabilities outside [0, 1], other outcomes, or shapes that do not match.

    Source: Brier (1950), Monthly Weather Review 78:1.
    """
    probabilities, happened = _forecasts(p, outcome)
    return float(np.mean((probabilities - happened) ** 2))


def log_score(p: ArrayLike, outcome: ArrayLike) -> float:
    """Mean of -ln p where the event happened and -ln(1 - p) where not.

    Infinite when something held impossible happened. Arguments and errors as in ``brier``.

    Source: Good (1952), JRSS B 14:107.
    """
    probabilities, happened = _forecasts(p, outcome)
    right = np.where(happened == 1, probabilities, 1 - probabilities)
    with np.errstate(divide="ignore"):
        return float(np.mean(-np.log(right)))


def crps_normal(y: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Any:
    """Continuous ranked probability score of normal forecasts.

    sd (z (2Φ(z) - 1) + 2φ(z) - 1/√π), z = (y - mean) / sd.

    Args:
        y: what happened; y, mean and sd (positive) broadcast.

    Returns:
        Scores in the unit of y and the broadcast shape; a float for scalars.

    Raises:
        InputError: for values that are not finite, an sd that is not positive, or shapes that do
            not match.

    Source: Gneiting and Raftery (2007), JASA 102:359.
    """
    seen, centre, spread = _broadcast(y=y, mean=mean, sd=sd)
    if np.any(spread <= 0):
        raise InputError("sd", f"must be positive; the least is {spread.min()}")
    z = (seen - centre) / spread
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return _plain(spread * (z * (2 * special.ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def crps_sample(y: ArrayLike, sample: ArrayLike) -> Any:
    """Continuous ranked probability score of forecasts given as draws.

    E|X - y| - E|X - X'| / 2 under the empirical distribution of the draws.

    Args:
        y: what happened, shape (...).
        sample: draws, shape (..., m); all but the last dimension broadcast against y.

    Returns, raises, source: as in ``crps_normal``.
    """
    draws = np.sort(_numbers("sample", sample), axis=-1)
    if draws.ndim == 0 or draws.shape[-1] == 0:
        raise InputError("sample", "needs at least 1 draw along its last dimension")
    seen = _numbers("y", y)
    m = draws.shape[-1]
    try:
        away = np.abs(draws - seen[..., None]).mean(axis=-1)
    except ValueError:
        raise InputError(
            "sample", f"has shape {draws.shape}: does not match {seen.shape}"
        ) from None
    weights = (2 * np.arange(1, m + 1) - m - 1) / m**2
    return _plain(away - draws @ weights)


def interval_score(y: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, level: float = 0.95) -> Any:
    """Width of an interval plus 2/α for each unit by which y misses it, α = 1 - level.

    Raises:
        InputError: for values that are not finite, a lower end above the upper, a level outside
            (0, 1), or shapes that do not match.

    Source: Gneiting and Raftery (2007), JASA 102:359.
    """
    alpha = 1 - validate.level("level", level)
    seen, low, high = _broadcast(y=y, lower=lower, upper=upper)
    if np.any(low > high):
        raise InputError("lower", "must not exceed upper")
    missed = np.maximum(low - seen, 0) + np.maximum(seen - high, 0)
    return _plain(high - low + 2 / alpha * missed)


@dataclass(frozen=True, eq=False, repr=False)
class Calibration(Result):
    """Forecasts grouped by probability: mean probability, share that happened and number.

    ``brier`` = ``reliability`` - ``resolution`` + ``uncertainty`` where all forecasts of a group
    are the same (Murphy 1973); reliability 0 is perfect.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    n: int
    mean_probability: Vector
    observed_share: Vector
    counts: Vector

    def table(self) -> pd.DataFrame:
        import pandas as pd

        columns = {
            "mean probability": self.mean_probability,
            "observed share": self.observed_share,
            "forecasts": self.counts.astype(int),
        }
        return pd.DataFrame(columns)

    def summary(self) -> str:
        return (
            f"Brier {self.brier:.4g} = reliability {self.reliability:.3g} - resolution "
            f"{self.resolution:.3g} + uncertainty {self.uncertainty:.3g} (n = {self.n})"
        )


def calibration(p: ArrayLike, outcome: ArrayLike, *, bins: int = 10) -> Calibration:
    """Do events given a probability happen that often?

    Args:
        p, outcome: as in ``brier``.
        bins: of equal width on [0, 1]; empty ones are left out.

    Raises:
        InputError: as in ``brier``.

    Source: Murphy (1973), Journal of Applied Meteorology 12:595.
    """
    probabilities, happened = (values.ravel() for values in _forecasts(p, outcome))
    width = validate.count("bins", bins)
    groups = np.minimum((probabilities * width).astype(int), width - 1)
    counts = np.bincount(groups, minlength=width).astype(float)
    used = counts > 0
    means = np.bincount(groups, probabilities, minlength=width)[used] / counts[used]
    shares = np.bincount(groups, happened, minlength=width)[used] / counts[used]
    weights = counts[used] / happened.size
    rate = float(happened.mean())
    return Calibration(
        brier=brier(probabilities, happened),
        reliability=float(weights @ (means - shares) ** 2),
        resolution=float(weights @ (shares - rate) ** 2),
        uncertainty=rate * (1 - rate),
        n=happened.size,
        mean_probability=means,
        observed_share=shares,
        counts=counts[used],
    )


def _forecasts(p: ArrayLike, outcome: ArrayLike) -> tuple[Matrix, Matrix]:
    validate.probability("p", p)
    probabilities, happened = _broadcast(p=p, outcome=outcome)
    if not np.isin(happened, (0, 1)).all():
        raise InputError("outcome", "must be 0 or 1, False or True")
    return probabilities, happened


def _broadcast(**arrays: ArrayLike) -> list[Matrix]:
    checked = {name: _numbers(name, values) for name, values in arrays.items()}
    try:
        return [np.asarray(values) for values in np.broadcast_arrays(*checked.values())]
    except ValueError:
        shapes = ", ".join(f"{name} {values.shape}" for name, values in checked.items())
        raise InputError(list(arrays)[-1], f"does not match in shape: {shapes}") from None


def _numbers(name: str, values: ArrayLike) -> Matrix:
    array = np.asarray(values)
    return validate.vector(name, array.ravel()).reshape(array.shape)


def _plain(values: Any) -> Any:
    return float(values) if np.ndim(values) == 0 else values
