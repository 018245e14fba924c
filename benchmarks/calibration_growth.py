"""Coverage of the profile-likelihood intervals of a logistic curve."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.methods import growth

TRUTH = {"ceiling": 100.0, "offset": 5.0, "rate": 10.0}
Row = dict[str, Any]


def coverage(n: int, last: float, simulations: int) -> Row:
    """Share of nominal 95 % intervals that hold the truth, and of ceilings left open.

    The curve is seen from 0 to ``last``; half the ceiling is passed at 0.5. Errors are normal with
    a standard deviation of 3 % of the ceiling.
    """
    generator = np.random.default_rng([n, round(100 * last)])
    t = np.linspace(0, last, n)
    curve = TRUTH["ceiling"] / (1 + np.exp(TRUTH["offset"] - TRUTH["rate"] * t))
    hits = dict.fromkeys(TRUTH, 0)
    open_ended = 0
    for _ in range(simulations):
        y = np.maximum(curve + 3 * generator.standard_normal(n), 0.01)
        found = growth.fit(t, y, curve="logistic")
        open_ended += not found.identified
        for name, truth in TRUTH.items():
            low, high = found.intervals[name]
            hits[name] += low <= truth <= high
    shares = {name: count / simulations for name, count in hits.items()}
    return {"n": n, "seen to": last, **shares, "ceiling left open": open_ended / simulations}
