"""Forecasts of trends, how they have done so far, and how to score them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods._forecast_results import Backtest, FarmerLafond
from analysis.methods._scores import (
    Calibration,
    brier,
    calibration,
    crps_normal,
    crps_sample,
    interval_score,
    log_score,
)
from analysis.methods._time import years_of
from analysis.methods.validate import Vector

__all__ = [
    "Backtest",
    "Calibration",
    "FarmerLafond",
    "brier",
    "calibration",
    "crps_normal",
    "crps_sample",
    "farmer_lafond",
    "interval_score",
    "log_score",
    "rolling_origin",
]

Forecaster = Callable[[Vector, Vector, Vector], Any]


def farmer_lafond(
    y: ArrayLike, horizon: int | Sequence[int], *, theta: float = 0.0
) -> FarmerLafond:
    """Forecast of a random walk with drift, with the error of the drift counted in.

    y_t = y_{t-1} + μ + n_t with y in logarithms. From m differences with mean μ and standard
    deviation K (m - 1 in the denominator), y at τ steps ahead is y + μ τ ± K √A t_{m-1}, with
    A = τ + τ²/m. When noise carries over, n_t = v_t + θ v_{t-1},
    A* = [-2θ + (1 + 2(m - 1)θ/m + θ²)(τ + τ²/m)] / (1 + θ²).
    θ = 0.63 fits the 53 technologies of the source; θ = 0 gives too narrow bands there: where the
    true θ is 0.63, it leaves 13 to 15 % of outcomes beyond its 95 % interval at 5 and 10 steps
    (docs/calibration.md).

    Args:
        y: logarithms of a price, cost or performance, equally spaced in time, shape (n,).
        horizon: steps ahead, 1 to this, or a sequence of them.
        theta: θ, in (-1, 1).

    Raises:
        InputError: for fewer than 3 values, values that are not finite, equal steps throughout, a
            horizon that is not a whole number from 1, or θ outside (-1, 1).

    Source: Farmer and Lafond (2016), Research Policy 45:647.
    """
    logs = validate.vector("y", y, minimum=3)
    share = float(validate.vector("theta", [theta])[0])
    if not -1 < share < 1:
        raise InputError("theta", f"must lie between -1 and 1; it is {theta}")
    steps = _horizons(horizon)
    differences = np.diff(logs)
    if np.ptp(differences) <= 1e-13 * np.abs(logs).max():
        raise InputError("y", "moves by equal steps throughout: their spread cannot be estimated")
    m = differences.size
    plain = steps + steps**2 / m
    carried = 1 + 2 * (m - 1) * share / m + share**2
    drift = float(differences.mean())
    return FarmerLafond(
        drift=drift,
        k=float(differences.std(ddof=1)),
        m=m,
        theta=share,
        horizons=steps.astype(int),
        mean=logs[-1] + drift * steps,
        variance_factor=(carried * plain - 2 * share) / (1 + share**2),
    )


def rolling_origin(
    t: Any,
    y: ArrayLike,
    forecaster: Forecaster,
    *,
    minimum: int = 5,
    horizon: int = 1,
    step: int = 1,
) -> Backtest:
    """Forecast again and again from what was known, and compare with what came.

    At each origin, ``forecaster(t_known, y_known, t_ahead)`` sees the rows so far and the times of
    the next ``horizon`` rows, and returns their values, shape (ahead,), or draws of them, shape
    (ahead, draws).

    Args:
        t: strictly increasing times or dates, shape (n,).
        y: values, shape (n,), on the scale to be scored.
        forecaster: as above.
        minimum: rows known at the first origin.
        horizon: rows to look ahead.
        step: rows between origins.

    Raises:
        InputError: for a series too short, lengths that differ, values that are not finite, times
            out of order or repeated, or forecasts of another shape or not finite.
    """
    known = validate.count("minimum", minimum)
    ahead = validate.count("horizon", horizon)
    stride = validate.count("step", step)
    times = years_of("t", t)
    values = validate.vector("y", y, minimum=known + 1)
    validate.same_length(t=times, y=values)
    validate.increasing("t", times, strict=True)
    parts = [
        _look_ahead(times, values, forecaster, origin, ahead)
        for origin in range(known, values.size, stride)
    ]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Backtest(**joined)


def _look_ahead(
    times: Vector, values: Vector, forecaster: Forecaster, origin: int, horizon: int
) -> dict[str, Any]:
    ahead = slice(origin, min(origin + horizon, values.size))
    actual = values[ahead]
    made = np.asarray(
        forecaster(times[:origin].copy(), values[:origin].copy(), times[ahead].copy()), dtype=float
    )
    if made.ndim not in (1, 2) or made.shape[0] != actual.size or not np.isfinite(made).all():
        rule = f"must return {actual.size} finite rows; at origin {origin} it gave {made.shape}"
        raise InputError("forecaster", rule)
    draws = made if made.ndim == 2 else made[:, None]
    return {
        "origin": np.full(actual.size, origin),
        "horizon": np.arange(1, actual.size + 1),
        "forecast": draws.mean(axis=1),
        "actual": actual,
        "crps": crps_sample(actual, draws),
        "percentile": (draws < actual[:, None]).mean(axis=1)
        + (draws == actual[:, None]).mean(axis=1) / 2,
    }


def _horizons(horizon: int | Sequence[int]) -> Vector:
    if np.ndim(horizon) == 0:
        return np.arange(1.0, validate.count("horizon", horizon) + 1)
    steps = [float(validate.count("horizon", step)) for step in np.asarray(horizon)]
    return validate.vector("horizon", steps)
