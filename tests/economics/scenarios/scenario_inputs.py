"""Made-up inputs of the scenarios: straight series with a little noise, growth rates known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.economics.scenarios.inputs import Inputs, Run
from analysis.economics.scenarios.paths import Path, path
from analysis.methods import trend

START = "2023-01-31"


def series(growth: float, *, months: int = 40, noise: float = 0.02, seed: int = 0) -> pd.DataFrame:
    """Monthly values that grow by a factor a year."""
    days = pd.date_range(START, periods=months, freq="ME")
    errors = np.random.default_rng(seed).normal(0, noise, months)
    years = np.asarray(trend.decimal_year(days)) - 2023
    return pd.DataFrame({"day": days, "value": 10.0 ** (np.log10(growth) * years + errors)})


def line(growth: float, seed: int = 0) -> trend.LogLinear:
    frame = series(growth, seed=seed)
    return trend.log_linear(frame["day"], frame["value"], covariance="wild")


def made_path(growth: float, seed: int = 0) -> Path:
    return path(series(growth, seed=seed), recent_start="2025-01-01")


def made(
    *, able: float = 0.5, best: float = 2.0, tokens: tuple[float, float] | None = (0.0, 0.2)
) -> Inputs:
    """Compute grows fourfold, dollars per operation halve, spending doubles."""
    return Inputs(
        compute=line(4.0),
        unit_cost=line(0.5, 1),
        chips=line(1.5, 2),
        cost=line(2.0, 3),
        run=Run("a model", pd.Timestamp("2026-01-01"), 1e8, 1e26, "Speculative"),
        surer=Run("a surer model", pd.Timestamp("2025-01-01"), 8e7, 5e25, "Likely"),
        able=made_path(able, 4),
        best=made_path(best, 5),
        tokens=tokens,
        spend=made_path(2.0, 6),
    )
