"""How many months models that anyone can run trail the best closed models.

At each month end the best model of a group (open weights; open weights that fit on one chip; any
model below a price) is looked up among the closed models: the lag is the time since a closed model
first was that able. It is 0 where no closed model had been. ``models`` has one row a model
(``listings.best_effort``): model, developer, released, ability, standard_error, open_weights,
parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import events, regression, trend
from analysis.methods.events import Survival
from analysis.methods.regression import Effect

START = "2023-03-31"
DAYS_PER_MONTH = 365.25 / 12
SCALE = 10.0  # months per unit of the exponent, so that powers of ten stay in range
NORMAL_90 = 1.6448536


def records(models: pd.DataFrame) -> pd.DataFrame:
    """Models that were the ablest of their group at release: released, model, ability."""
    ordered = models.sort_values(["released", "ability"], ascending=[True, False])
    best = ordered["ability"].cummax()
    new = best > best.shift(fill_value=-np.inf)
    columns = ["released", "model", "developer", "ability", "standard_error"]
    return ordered.loc[new, columns].drop_duplicates("released").reset_index(drop=True)


def best_by_month(models: pd.DataFrame, through: Any, *, start: Any = START) -> pd.DataFrame:
    """The ablest model released by each month end: month, model, ability.

    Raises:
        InputError: when none was.
    """
    months = pd.DataFrame({"month": pd.date_range(start, pd.Timestamp(through), freq="ME")})
    leaders = records(models).rename(columns={"released": "month"})
    if leaders.empty or months.empty:
        raise InputError("models", "none was released by the last month")
    for frame in (months, leaders):
        frame["month"] = frame["month"].astype("datetime64[ns]")
    found = pd.merge_asof(months, leaders[["month", "model", "ability"]], on="month").dropna()
    if found.empty:
        raise InputError("models", "none was released by the last month")
    return found.reset_index(drop=True)


def behind(best: pd.DataFrame, closed: pd.DataFrame) -> pd.DataFrame:
    """The months by which ``best`` (month, model, ability) trails the closed models.

    Adds ``rival`` and ``since``, the first closed model at least as able and its day, and
    ``months_behind``.

    Raises:
        InputError: when no closed model is known.
    """
    leaders = records(closed)
    if leaders.empty:
        raise InputError("closed", "no closed model is known by this day")
    place = np.searchsorted(leaders["ability"].to_numpy(), best["ability"].to_numpy(), side="left")
    held = place < len(leaders)
    rival = leaders.iloc[np.minimum(place, len(leaders) - 1)]
    since = pd.Series(rival["released"].to_numpy(), index=best.index).where(held)
    lag = (best["month"] - since).dt.total_seconds() / 86_400 / DAYS_PER_MONTH
    reached = held & (lag >= 0)
    return best.assign(
        rival=pd.Series(rival["model"].to_numpy(), index=best.index).where(reached, ""),
        since=since.where(reached),
        months_behind=lag.where(reached, 0.0),
    )


def lag_trend(lags: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Effect:
    """Change per year of the lag in units of ``SCALE`` months; linear, sieve critical values."""
    years = np.asarray(trend.decimal_year(lags["month"]))
    return regression.effect(
        10 ** (lags["months_behind"].to_numpy() / SCALE), {"years": years}, "years",
        covariance="sieve", level=level, seed=seed,
    )  # fmt: skip


def catch_up(
    open_models: pd.DataFrame,
    closed: pd.DataFrame,
    through: Any,
    *,
    start: Any = "2023-01-01",
    within_error: bool = False,
    level: float = 0.95,
) -> Survival:
    """Kaplan-Meier curve of the months until open weights match a closed record.

    Each closed model that was the ablest at release since ``start`` is followed until an open one
    has its ability, or to ``through``. ``within_error`` counts an open model as able when the
    difference is within the 90 % error of the two scores.

    Raises:
        InputError: when no closed model was a record since then.
    """
    leaders = records(closed)
    leaders = leaders[leaders["released"] >= pd.Timestamp(start)]
    if leaders.empty or open_models.empty:
        raise InputError("closed", f"no record since {start}, or no open model")
    rivals = open_models.sort_values("released")
    gap = leaders["ability"].to_numpy()[:, None] - rivals["ability"].to_numpy()[None, :]
    if within_error:
        own = leaders["standard_error"].to_numpy()[:, None]
        gap = gap - NORMAL_90 * np.hypot(own, rivals["standard_error"].to_numpy()[None, :])
    matched = gap <= 0
    seen = matched.any(axis=1)
    day = rivals["released"].to_numpy()[matched.argmax(axis=1)]
    last = np.where(seen, day, np.datetime64(pd.Timestamp(through)))
    waited = (pd.Series(last) - leaders["released"].reset_index(drop=True)).dt.total_seconds()
    months = (waited / 86_400 / DAYS_PER_MONTH).clip(lower=0.0)
    return events.kaplan_meier(months.to_numpy(), seen, level=level)


def lag_summary(
    open_models: pd.DataFrame,
    closed: pd.DataFrame,
    lags: pd.DataFrame,
    through: Any,
    *,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """The lag four ways: quantity, value, low, high, n (months, or closed records).

    The mean over months (low and high are the shortest and the longest), its trend a year, and
    the median wait for an open model to match a closed record, as scored and within the error of
    the scores. A median beyond follow-up is missing.
    """
    trend_of = lag_trend(lags, level=level, seed=seed)
    low, high = trend_of.interval
    own = lags["months_behind"]
    rows: list[tuple[Any, ...]] = [
        ("mean over months, shortest and longest", own.mean(), own.min(), own.max(), len(own)),
        ("change a year", SCALE * trend_of.value, SCALE * low, SCALE * high, trend_of.n),
    ]
    for name, within in (("as scored", False), ("within the error", True)):
        curve = catch_up(open_models, closed, through, within_error=within, level=level)
        rows.append((f"median wait for a match, {name}", *_median(curve), curve.n))
    return pd.DataFrame(rows, columns=["quantity", "value", "low", "high", "n"])


def now(lags: Mapping[str, pd.DataFrame | None]) -> pd.DataFrame:
    """The last month of each series: what, model, ability, rival, months_behind."""
    rows = []
    for name, frame in lags.items():
        if frame is not None and len(frame):
            last = frame.sort_values("month").iloc[-1]
            rows.append(
                {
                    "what": name,
                    "month": last["month"].strftime("%Y-%m"),
                    "best_model": last["model"],
                    "as_able_as_closed": last["rival"] or "none",
                    "months_behind": last["months_behind"],
                    "mean_lag": frame["months_behind"].mean(),
                }
            )
    return pd.DataFrame(rows)


def _median(curve: Survival) -> tuple[float, float, float]:
    """Median of a survival curve, and where its band crosses one half."""

    def crossing(share: Any) -> float:
        below = np.flatnonzero(np.asarray(share) <= 0.5)
        return float(curve.times[below[0]]) if len(below) else float("nan")

    table = curve.table()
    return crossing(curve.survival), crossing(table["low"]), crossing(table["high"])
