"""Size of the test of a break at an unknown date where there is none, and power where there is."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.methods import breaks
from benchmarks.simulated import errors

KINDS = ("normal", "t3", "spreading", "AR 0.3", "AR 0.6")
MODELS = ("mean", "trend")
RESAMPLES = 399
Row = dict[str, Any]


def rejections(kind: str, n: int, model: str, simulations: int, jump: float = 0.0) -> Row:
    """Share of p-values of at most 5 %: asymptotic, by wild and by sieve bootstrap.

    ``jump`` shifts the later half, in standard deviations of the errors; 0 gives the size.
    """
    generator = np.random.default_rng([KINDS.index(kind), n, MODELS.index(model)])
    x = None if model == "mean" else np.arange(n, dtype=float)
    shift = jump * np.std(errors(kind, 20_000, generator)) * (np.arange(n) >= n / 2)
    found = []
    for seed in range(simulations):
        y = shift + errors(kind, n, generator)
        wild, sieve = (
            breaks.sup_f(y, x, resampling=how, seed=seed, resamples=RESAMPLES)
            for how in ("wild", "sieve")
        )
        found.append((wild.p_value, wild.p_value_bootstrap, sieve.p_value_bootstrap))
    shares = (np.array(found) <= 0.05).mean(axis=0)
    names = ("asymptotic", "wild", "sieve")
    return {
        "errors": kind,
        "model": model,
        "jump": f"{jump:g}",
        "n": n,
        "simulations": simulations,
        **dict(zip(names, map(float, shares), strict=True)),
    }
