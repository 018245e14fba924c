"""Which input makes an output uncertain: variance shares after Sobol."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.validate import Vector

EDGE = 1e-9
Output = Callable[[np.ndarray], Vector]


def indices(
    output: Output,
    names: Sequence[str],
    *,
    base: int = 1024,
    resamples: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Shares of the variance of an output that its independent inputs account for.

    first = Var(E[Y | X_i]) / Var(Y), what an input does alone;
    total = E[Var(Y | all X but X_i)] / Var(Y), what it does alone and together with others.
    First shares sum to 1 where inputs act additively. Estimated from base · (k + 2) points of a
    scrambled Sobol sequence; intervals are of the bootstrap over points.

    Args:
        output: of uniform inputs, shape (n, k), each in (0, 1); returns shape (n,).
        names: of the k inputs, at least two.
        base: points of the sequence, a power of two.
        resamples: of the bootstrap.
        level: of the intervals.
        seed: of the sequence and of the bootstrap.

    Returns:
        input, first, first_low, first_high, total, total_low, total_high, by total.

    Raises:
        InputError: for fewer than two inputs, a base that is no power of two, or an output that
            is not finite or does not vary.

    Source: Saltelli et al. (2010), Computer Physics Communications 181:259; by SALib.
    """
    from SALib.analyze import sobol as analyser  # type: ignore[import-untyped]
    from SALib.sample import sobol as sampler  # type: ignore[import-untyped]

    validate.level("level", level)
    if len(names) < 2:
        raise InputError("names", "needs two inputs or more")
    if validate.count("base", base) & (base - 1):
        raise InputError("base", f"must be a power of two; it is {base}")
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    points = sampler.sample(problem, base, calc_second_order=False, seed=seed)
    values = validate.vector("output", output(np.clip(points, EDGE, 1 - EDGE)), varying=True)
    found = analyser.analyze(
        problem, values, calc_second_order=False, num_resamples=resamples, conf_level=level,
        seed=seed + 1,  # 0 would count as no seed there
    )  # fmt: skip
    columns: dict[str, object] = {"input": list(names)}
    for share, key in (("first", "S1"), ("total", "ST")):
        middle, half = found[key], found[f"{key}_conf"]
        columns |= {share: middle, f"{share}_low": middle - half, f"{share}_high": middle + half}
    frame = pd.DataFrame(columns)
    return frame.sort_values("total", ascending=False, ignore_index=True, kind="stable")
