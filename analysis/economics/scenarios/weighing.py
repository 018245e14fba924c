"""Do the held-out data weigh the three worlds?

Scores are mean log predictive densities, higher is better. Two worlds differ by the mean difference
of their densities, with the interval of a mean in time order (Newey-West, critical values by sieve
bootstrap). The worlds get weights only if, over all monthly series together, the best differs from
each other one by more than its interval; otherwise they are shown without weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.economics.scenarios.hold_out import MONTHLY
from analysis.economics.scenarios.worlds import WORLDS
from analysis.errors import InputError
from analysis.methods.average import average

LEAST, TIE = 12, 1e-9
TOGETHER = "all monthly series together"
NAMES = tuple(WORLDS)


@dataclass(frozen=True, eq=False)
class Weighing:
    """Weights of the worlds, or None with the reason; ``months`` were scored."""

    weights: dict[str, float] | None
    reason: str
    months: int


def by_series(densities: pd.DataFrame) -> pd.DataFrame:
    """Mean log score of each world on each series: series, values, a world each, best."""
    means = densities.groupby("series", sort=False)[list(NAMES)].mean()
    counts = densities.groupby("series", sort=False).size().rename("values")
    top = means.ge(means.max(axis=1) - TIE, axis=0)
    best = top.apply(lambda row: ", ".join(top.columns[row]), axis=1).rename("best")
    return pd.concat([counts, means, best], axis=1).reset_index()


def differences(densities: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """Mean difference of the log scores of each pair of worlds, by series and together.

    Two worlds that say the same of a series make no row; fewer than 12 values give no interval.
    Columns: series, first, second, values, difference, low, high.
    """
    groups = dict(list(densities.groupby("series", sort=False)))
    if any(name in groups for name in MONTHLY):
        groups[TOGETHER] = together(densities)
    rows = []
    for name, frame in groups.items():
        for first, second in combinations(NAMES, 2):
            gaps = (frame[first] - frame[second]).to_numpy()
            if np.abs(gaps).max() < TIE:
                continue
            low, high = _interval(gaps, level, seed)
            rows.append({"series": name, "first": first, "second": second, "values": len(gaps),
                         "difference": float(gaps.mean()), "low": low, "high": high})  # fmt: skip
    return pd.DataFrame(rows)


def together(densities: pd.DataFrame) -> pd.DataFrame:
    """Sum of the densities of the monthly series in the months that all of them have."""
    rows = densities[densities["series"].isin(MONTHLY)]
    groups = rows.groupby("day")
    complete = groups.size() == rows["series"].nunique()
    return groups[list(NAMES)].sum()[complete].reset_index()


def weigh(densities: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Weighing:
    """Posterior weights from equal priors, if the held-out months tell the worlds apart.

    Raises:
        InputError: when no month has a value of every monthly series.
    """
    months = together(densities)
    if months.empty:
        raise InputError("densities", "have no month with all monthly series")
    sums = months[list(NAMES)].sum()
    best = str(sums.idxmax())
    equal = [
        other for other in NAMES if other != best
        and not _interval((months[best] - months[other]).to_numpy(), level, seed)[0] > 0
    ]  # fmt: skip
    if equal:
        reason = f"{len(months)} months do not tell {best} from {' and '.join(equal)}"
        return Weighing(None, reason, len(months))
    weights = np.exp(sums - sums.max())
    found = {name: float(weights[name] / weights.sum()) for name in NAMES}
    return Weighing(found, f"{len(months)} months tell {best} from both others", len(months))


def weights_table(found: Weighing) -> pd.DataFrame:
    """One row a world: its weight, missing where the worlds are not weighed, and the reason."""
    weights = found.weights or dict.fromkeys(NAMES, float("nan"))
    rows = [{"world": name, "weight": weights[name], "reason": found.reason} for name in NAMES]
    return pd.DataFrame(rows)


def _interval(gaps: np.ndarray, level: float, seed: int) -> tuple[float, float]:
    if len(gaps) < LEAST or np.ptp(gaps) < TIE:
        return float("nan"), float("nan")
    return average(gaps, level=level, seed=seed).interval
