"""How far undisclosed runs could move an answer: the same fit with runs that are not in the data.

Since 2025 most large developers publish no compute. As many runs are added as it takes to bring
the yearly number of known frontier runs back to what it was, at sizes that bracket the plausible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.training import claims
from analysis.economics.training.samples import COMPUTE
from analysis.methods import trend
from analysis.methods.regression import JoinedSlopes

DISCLOSED = "as disclosed"
SINCE = "2025-01-01"
YEAR = pd.Timedelta(days=365.25)


def missing_dates(
    sample: pd.DataFrame, through: Any, *, start: Any, until: Any = SINCE
) -> pd.DatetimeIndex:
    """Evenly spaced days for the runs that are missing from ``until`` to ``through``.

    Their number is the yearly number from ``start`` to ``until``, times the years since, less the
    runs that are known; none if that is not positive.
    """
    first, middle, last = (pd.Timestamp(day) for day in (start, until, through))
    days = sample["refers_to"]
    per_year = ((days >= first) & (days < middle)).sum() / ((middle - first) / YEAR)
    expected = per_year * max((last - middle) / YEAR, 0.0)
    missing = max(round(expected - (days >= middle).sum()), 0)
    shares = (np.arange(missing) + 0.5) / max(missing, 1)
    return pd.DatetimeIndex([middle + share * (last - middle) for share in shares])


def bend_bounds(
    sample: pd.DataFrame, at: Any, through: Any, *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Change of slope if missing runs lay on the former trend, at ten times or at a tenth of it,
    or at the largest known run.

    Columns: undisclosed_runs (what is assumed), runs_added, growth_after, change, low, high.

    Raises:
        InputError: as ``regression.joined_slopes``.
    """
    found = claims.bend(sample, at, level=level, seed=seed)
    dates = missing_dates(sample, through, start=sample["refers_to"].min())
    former = _former(found, dates)
    sizes = {
        "a tenth of the former trend": former / 10,
        "on the former trend": former,
        "as large as the largest known": _largest(sample, dates),
        "ten times the former trend": former * 10,
    }

    def fit(extended: pd.DataFrame) -> dict[str, float]:
        bent = claims.bend(extended, at, level=level, seed=seed)
        low, high = bent.change.interval
        values = {"growth_after": bent.after.factor, "change": bent.change.value}
        return values | {"low": low, "high": high}

    return _scenarios(sample, dates, sizes, fit)


def multiples(
    sample: pd.DataFrame, at: Any, through: Any, changes: tuple[float, ...] = (0.0, -0.1)
) -> pd.DataFrame:
    """How large the missing runs would have to be for the slope to change by each of ``changes``.

    Columns change, multiple_of_former_trend; the estimate is linear in the logarithm of the
    multiple. Empty where no run is missing.

    Raises:
        InputError: as ``regression.joined_slopes``.
    """
    found = claims.bend(sample, at)
    dates = missing_dates(sample, through, start=sample["refers_to"].min())
    if dates.empty:
        return pd.DataFrame(columns=["change", "multiple_of_former_trend"])
    former = _former(found, dates)
    at_one, at_ten = (
        claims.bend(_with(sample, dates, former * factor), at).change.value
        for factor in (1.0, 10.0)
    )
    needed = [float(10 ** ((change - at_one) / (at_ten - at_one))) for change in changes]
    return pd.DataFrame({"change": changes, "multiple_of_former_trend": needed})


def open_bounds(
    groups: pd.DataFrame, through: Any, *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Open over closed if missing closed runs lay on the closed trend or at the largest known run.

    Columns: undisclosed_runs, runs_added, ratio, low, high.
    """
    closed = groups[groups["open"] == 0]
    dates = missing_dates(closed, through, start=closed["refers_to"].min())
    line = trend.log_linear(closed["refers_to"], closed[COMPUTE], covariance="classical")
    on_trend = line.predict(dates).level if len(dates) else np.array([])
    sizes = {
        "on the closed trend": on_trend,
        "as large as the largest known": _largest(closed, dates),
    }

    def fit(extended: pd.DataFrame) -> dict[str, float]:
        found = claims.open_over_closed(
            extended.assign(open=extended["open"].fillna(0.0)), level=level, seed=seed
        )
        assert found.estimate is not None and found.interval is not None
        return {"ratio": found.estimate, "low": found.interval[0], "high": found.interval[1]}

    return _scenarios(groups, dates, sizes, fit)


def _scenarios(
    sample: pd.DataFrame,
    dates: pd.DatetimeIndex,
    sizes: dict[str, np.ndarray],
    fit: Callable[[pd.DataFrame], dict[str, float]],
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [{"undisclosed_runs": DISCLOSED, "runs_added": 0} | fit(sample)]
    for name, values in sizes.items() if len(dates) else ():
        extended = _with(sample, dates, values)
        rows.append({"undisclosed_runs": name, "runs_added": len(dates)} | fit(extended))
    return pd.DataFrame(rows)


def _with(sample: pd.DataFrame, dates: pd.DatetimeIndex, values: np.ndarray) -> pd.DataFrame:
    """The sample and hypothetical runs, in time order."""
    added = pd.DataFrame({"refers_to": dates.astype(sample["refers_to"].dtype), COMPUTE: values})
    joined = pd.concat([sample, added], ignore_index=True)
    return joined.sort_values("refers_to", kind="stable")


def _former(found: JoinedSlopes, dates: pd.DatetimeIndex) -> np.ndarray:
    since = np.array([trend.decimal_year(day) for day in dates]) - found.at
    return np.asarray(found.level_at * 10 ** (found.before.value * since))


def _largest(sample: pd.DataFrame, dates: pd.DatetimeIndex) -> np.ndarray:
    """The largest run known by each date."""
    return np.array([sample.loc[sample["refers_to"] <= day, COMPUTE].max() for day in dates])
