"""How often what came lies outside the bands of a forecast of a random walk with drift."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.methods import forecast
from benchmarks.simulated import Vector

THETA = 0.63
HORIZONS = (1, 5, 10)
Row = dict[str, Any]


def tails(n: int, true_theta: float, simulations: int) -> list[Row]:
    """Share of outcomes in the outer 5 % of the forecast, by the θ that the forecast assumes."""
    generator = np.random.default_rng([n, round(100 * true_theta)])
    assumed = (0.0, THETA)
    outside = np.zeros((len(assumed), len(HORIZONS)))
    for _ in range(simulations):
        y = _walk(n + max(HORIZONS), true_theta, generator)
        later = y[n - 1 + np.array(HORIZONS)]
        for i, theta in enumerate(assumed):
            made = forecast.farmer_lafond(y[:n], HORIZONS, theta=theta)
            outside[i] += np.abs(made.percentile(later) - 0.5) > 0.475
    return [
        {
            "n": n,
            "true θ": true_theta,
            "assumed θ": theta,
            **{f"{h} ahead": share for h, share in zip(HORIZONS, row, strict=True)},
        }
        for theta, row in zip(assumed, (outside / simulations).tolist(), strict=True)
    ]


def _walk(n: int, theta: float, generator: np.random.Generator) -> Vector:
    noise = generator.standard_normal(n)
    return np.cumsum(np.append(noise[0], 0.1 + noise[1:] + theta * noise[:-1]))
