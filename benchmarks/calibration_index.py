"""Coverage of the intervals of the price indices, in simulated markets with known answers.

Run ``python -m benchmarks.calibration_index``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import price_index
from benchmarks import markets

FALL = 5.0  # price per year, divided by this
Row = dict[str, Any]


def fixed_capability(
    simulations: int = 400,
    *,
    months: tuple[int, ...] = (20, 32, 45),
    entries: tuple[float, ...] = (1 / 3, 1.0, 4.0),
) -> list[Row]:
    """Share of nominal 95 % intervals of ``reduction_per_year`` that contain the truth.

    ``records`` is there to show its bias: it can only fall.
    """
    cases = [("available", "HAC"), ("available", "sieve"), ("records", "classical")]
    rows = []
    for length in months:
        for rate in entries:
            found = {case: _replies(case, simulations, length, rate) for case in cases}
            for (estimator, covariance), answers in found.items():
                low, high, estimate = np.array(answers).T
                rows.append(
                    {
                        "estimator": estimator,
                        "covariance": covariance,
                        "months": length,
                        "entries_per_month": rate,
                        "coverage": float(np.mean((low <= FALL) & (high >= FALL))),
                        "median_reduction": float(np.median(estimate)),
                        "simulations": len(answers),
                    }
                )
    return rows


def _replies(
    case: tuple[str, str], simulations: int, months: int, rate: float
) -> list[tuple[float, float, float]]:
    estimator, covariance = case
    answers = []
    for seed in range(simulations):
        models = markets.listings(seed, months=months, entries_per_month=rate, fall_per_year=FALL)
        try:
            found = price_index.fixed_capability(
                models,
                score="score",
                threshold=1,
                estimator=estimator,
                covariance=covariance,
                end=markets.last_day(months),
            )
        except InputError:  # too few listings or records for a line
            continue
        answers.append((*found.interval, found.reduction_per_year))
    return answers


if __name__ == "__main__":
    print(pd.DataFrame(fixed_capability()).to_string(index=False))
