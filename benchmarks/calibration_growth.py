"""Coverage of the profile intervals of a logistic curve; size of the test of slowing growth."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.methods import growth
from benchmarks.simulated import Vector, autoregression

TRUTH = {"ceiling": 100.0, "offset": 5.0, "rate": 10.0}
STEADY = ("shocks last", "shocks pass", "rates AR 0.5")
Row = dict[str, Any]


def coverage(n: int, last: float, simulations: int) -> Row:
    """Share of nominal 95 % intervals that hold the truth, and of ceilings left open.

    The curve is seen from 0 to ``last``; half the ceiling is passed at 0.5. Errors are normal in
    the logarithm, with a standard deviation of 0.05, and the fit is on that scale.
    """
    generator = np.random.default_rng([n, round(100 * last)])
    t = np.linspace(0, last, n)
    curve = TRUTH["ceiling"] / (1 + np.exp(TRUTH["offset"] - TRUTH["rate"] * t))
    hits: dict[str, int] = dict.fromkeys(TRUTH, 0)
    open_ended = 0
    for _ in range(simulations):
        y = curve * np.exp(0.05 * generator.standard_normal(n))
        found = growth.fit(t, y, curve="logistic", scale="log")
        open_ended += not found.identified
        for name, truth in TRUTH.items():
            low, high = found.intervals[name]
            hits[name] += low <= truth <= high
    shares = {name: count / simulations for name, count in hits.items()}
    return {"n": n, "seen to": last, **shares, "ceiling left open": open_ended / simulations}


def false_alarms(kind: str, n: int, simulations: int) -> Row:
    """Share of series of steady growth that ``deceleration`` finds slowing at 5 %."""
    generator = np.random.default_rng([STEADY.index(kind), n])
    tests: dict[str, dict[str, Any]] = {
        "rates, sieve": {"method": "rates", "covariance": "sieve"},
        "rates, HC3": {"method": "rates", "covariance": "HC3"},
        "quadratic, sieve": {"method": "quadratic", "covariance": "sieve"},
    }
    hits = dict.fromkeys(tests, 0)
    for _ in range(simulations):
        y = np.exp(_steady(kind, n, generator))
        for name, options in tests.items():
            hits[name] += growth.deceleration(np.arange(n), y, **options).p_value <= 0.05
    return {"series": kind, "n": n, **{name: count / simulations for name, count in hits.items()}}


def _steady(kind: str, n: int, generator: np.random.Generator) -> Vector:
    noise = 0.1 * generator.standard_normal(n)
    if kind == "shocks last":
        noise = np.cumsum(noise)
    elif kind == "rates AR 0.5":
        noise = np.cumsum(autoregression(noise, 0.5))
    return 0.3 * np.arange(n) + noise
