"""Hedonic price indices: the price of constant quality when the items keep changing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import _ols, trend, validate
from analysis.methods._clustered import clustered
from analysis.methods._inference import Coefficient
from analysis.methods._price_panel import Matrix, columns, ordered_codes
from analysis.methods.results import Result

ITEM = "item"


@dataclass(frozen=True, repr=False, eq=False)
class HedonicIndex(Result):
    """Index at constant quality, first period = 1, with an interval for each period.

    ``standard_error`` is that of the log index; ``low`` and ``high`` bound the index at ``level``.
    ``quality`` holds the coefficients of quality (time_dummy only; imputation has one set a
    period). ``clusters`` counts what the errors are clustered by, or the rows.
    """

    kind: str
    series: pd.Series
    low: pd.Series
    high: pd.Series
    standard_error: pd.Series
    quality: pd.Series | None
    r_squared: float
    n: int
    clusters: int
    level: float

    def summary(self) -> str:
        return (
            f"hedonic index ({self.kind}): {self.series.iloc[-1]:.4g} in {self.series.index[-1]} "
            f"(first = 1; {self.level:.0%}: {self.low.iloc[-1]:.4g} to {self.high.iloc[-1]:.4g}; "
            f"n = {self.n}, clusters = {self.clusters})"
        )

    def table(self) -> pd.DataFrame:
        names = ("low", "high", "standard_error")
        return pd.DataFrame({"index": self.series, **{name: getattr(self, name) for name in names}})


@dataclass(frozen=True, repr=False, eq=False)
class HedonicTrend(Result):
    """Change of the price of constant quality, a factor per year.

    ``p_value`` tests that the price does not change (factor 1). ``quality`` holds the
    coefficients of quality: the change of ln price per unit.
    """

    growth_per_year: float
    interval: tuple[float, float]
    p_value: float
    slope_log10: float
    standard_error: float
    quality: pd.Series
    r_squared: float
    n: int
    clusters: int
    level: float

    def summary(self) -> str:
        low, high = self.interval
        return (
            f"price of constant quality ×{self.growth_per_year:.4g} a year "
            f"({self.level:.0%}: {low:.4g} to {high:.4g}; p = {self.p_value:.3g}; "
            f"n = {self.n}, clusters = {self.clusters})"
        )


def hedonic(
    panel: pd.DataFrame,
    quality: str | Sequence[str],
    *,
    kind: str = "time_dummy",
    cluster: str | None = ITEM,
    level: float = 0.95,
) -> HedonicIndex:
    """Hedonic index: price against period and quality by least squares.

    ``time_dummy``: ln p = α + Σ_t δ_t D_t + β'q + ε, one β for all periods; log index δ_t.
    ``imputation``: ln p = α_t + β_t'q + ε; the log index is the mean of the changes predicted
    at the mean quality of the first period and of period t,
    (α_t - α_0) + (β_t - β_0)'(q̄_0 + q̄_t) / 2. Give quality in the form in which it enters,
    logs included.

    The index is exp(d - ½ se²), which corrects the upward bias of exp(d); the interval is
    exp(d ± t se). Errors are clustered (CR3, t with clusters - 1 degrees of freedom): each
    cluster's residuals are inflated by its own leverage, which is HC3 when every cluster is
    one row.

    Args:
        panel: one row an observation: period, price (positive), the quality columns, and the
            cluster column.
        quality: name or names of numeric columns.
        cluster: column whose values share errors; ``item``, where the panel has it, since an
            item that stays listed repeats its error. None for independent rows (HC3).

    Raises:
        InputError: for absent columns, bad numbers, fewer than two periods or clusters, a
            coefficient that the panel (or the panel without one cluster) does not identify,
            such as a period with a single item.

    Source: Silver and Heravi (2006), IMF WP/06/181; Diewert, Heravi and Silver (2009);
    Kennedy (1981), AER 71:801 (bias); Bell and McCaffrey (2002) (CR3).
    """
    validate.choice("kind", kind, _DESIGNS)
    validate.level("level", level)
    names = [quality] if isinstance(quality, str) else list(quality)
    columns("panel", panel, ["period", "price", *names])
    codes, periods = ordered_codes("period", panel["period"])
    if len(periods) < 2:
        raise InputError("period", "the panel needs at least two periods")
    dummies = (codes[:, None] == np.arange(len(periods))).astype(float)
    design, contrasts = _DESIGNS[kind](dummies, _features(panel, names))
    fit = clustered(design, _log_price(panel), _clusters(panel, cluster))
    change, error = fit.combine(contrasts)
    reach = _ols.student(fit.freedom, level) * error

    def by_period(values: np.ndarray, name: str) -> pd.Series:
        return pd.Series(values, index=periods, name=name)

    return HedonicIndex(
        kind=kind,
        series=by_period(np.exp(change - error**2 / 2), kind),
        low=by_period(np.exp(change - reach), "low"),
        high=by_period(np.exp(change + reach), "high"),
        standard_error=by_period(error, "standard_error"),
        quality=pd.Series(fit.coefficients[-len(names) :], names) if kind == "time_dummy" else None,
        r_squared=fit.r_squared,
        n=fit.n,
        clusters=fit.clusters,
        level=level,
    )


def hedonic_trend(
    panel: pd.DataFrame,
    quality: str | Sequence[str],
    *,
    date: str = "date",
    cluster: str | None = ITEM,
    level: float = 0.95,
) -> HedonicTrend:
    """Price change of constant quality, as one factor a year.

    ln p = α + γ t + β'q + ε by least squares, t in decimal years; ``growth_per_year`` is
    exp(γ), its interval exp(γ ± t se) with errors as in ``hedonic``.

    Args:
        panel: one row an observation: the date, price, quality and cluster columns.
        quality: name or names of numeric columns, in the form in which they enter.
        date: column of dates.
        cluster: as in ``hedonic``.

    Raises:
        InputError: as ``hedonic``.
    """
    validate.level("level", level)
    names = [quality] if isinstance(quality, str) else list(quality)
    columns("panel", panel, [date, "price", *names])
    years = trend.decimal_year(panel[date])
    validate.vector(date, years, varying=True)
    design = np.column_stack([np.ones(len(panel)), years - years.mean(), _features(panel, names)])
    fit = clustered(design, _log_price(panel), _clusters(panel, cluster))
    error = math.sqrt(fit.covariance[1, 1])
    slope = Coefficient(float(fit.coefficients[1]), error, fit.freedom)
    low, high = slope.interval(level)
    return HedonicTrend(
        growth_per_year=math.exp(slope.value),
        interval=(math.exp(low), math.exp(high)),
        p_value=slope.p_value(),
        slope_log10=slope.value / math.log(10),
        standard_error=error / math.log(10),
        quality=pd.Series(fit.coefficients[2:], names),
        r_squared=fit.r_squared,
        n=fit.n,
        clusters=fit.clusters,
        level=level,
    )


def _time_dummy(dummies: Matrix, features: Matrix) -> tuple[Matrix, Matrix]:
    """Design and, for each period, the contrast δ_t - δ_0."""
    design = np.column_stack([dummies, features])
    contrasts = np.eye(dummies.shape[1], design.shape[1])
    return design, contrasts - contrasts[0]


def _imputation(dummies: Matrix, features: Matrix) -> tuple[Matrix, Matrix]:
    """One constant and slope a period; contrasts at the mean quality of the two periods."""
    rows = np.column_stack([np.ones(len(features)), features])
    design = (dummies[:, :, None] * rows[:, None, :]).reshape(len(features), -1)
    means = (dummies.T @ rows) / dummies.sum(axis=0)[:, None]
    count, width = means.shape
    contrasts = np.zeros((count, count, width))
    for period in range(1, count):
        contrasts[period, period] = (means[0] + means[period]) / 2
        contrasts[period, 0] = -contrasts[period, period]
    return design, contrasts.reshape(count, -1)


_DESIGNS = {"time_dummy": _time_dummy, "imputation": _imputation}


def _features(panel: pd.DataFrame, names: Sequence[str]) -> Matrix:
    if not names:
        raise InputError("quality", "must name at least one column")
    return np.column_stack([validate.vector(name, panel[name]) for name in names])


def _log_price(panel: pd.DataFrame) -> np.ndarray:
    return np.log(validate.vector("price", panel["price"], positive=True))


def _clusters(panel: pd.DataFrame, cluster: str | None) -> np.ndarray | None:
    if cluster is None or (cluster == ITEM and ITEM not in panel):
        return None
    columns("panel", panel, [cluster])
    codes, _ = pd.factorize(panel[cluster])
    if (codes < 0).any():
        raise InputError(cluster, "must not be missing")
    return np.asarray(codes)
