"""Which training runs were at the frontier when they were released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.methods import validate

if TYPE_CHECKING:
    import pandas as pd


def top_k_at_release(
    runs: pd.DataFrame,
    *,
    k: int,
    metric: str = "training_compute_flop",
    date: str = "refers_to",
) -> pd.DataFrame:
    """Runs that were among the k largest known when they were released.

    A run is kept when fewer than k runs released on or before its day are strictly larger. Ties
    at the k-th place are therefore all kept, and runs of the same day count as known to each
    other. Runs without a value of the metric are left out: they neither qualify nor displace
    others.

    Args:
        runs: one row a run.
        k: size of the frontier.
        metric: column to rank by; larger is further.
        date: column of release dates.

    Returns:
        The rows kept, in their order, with all columns and index labels.

    Raises:
        InputError: for k below 1, a missing column, missing dates, or no run with a value.

    Source: Cottier et al. (2024), arXiv 2405.21015, section 2 (k = 10).
    """
    size = validate.count("k", k)
    for name, column in (("metric", metric), ("date", date)):
        if column not in runs.columns:
            raise InputError(name, f"column {column!r} is not in runs")
    known = runs[runs[metric].notna().to_numpy()]
    values = validate.vector(metric, known[metric], minimum=1)
    days = validate.dates(date, known[date])
    larger = (values[None, :] > values[:, None]) & (days[None, :] <= days[:, None])
    kept: pd.DataFrame = known[larger.sum(axis=1) < size]
    return kept
