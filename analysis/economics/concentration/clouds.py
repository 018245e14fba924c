"""Shares of the clouds: the Herfindahl index and its trend (c56).

Reading chosen before the result was seen. The published shares name three firms; the index is
the sum of their squared shares, in percent, and the firms without a published share add nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError
from analysis.methods import regression, trend
from analysis.methods.regression import Effect

START = "2023-01-01"
RESTATED = "2024-09-30"
"""First quarter after Microsoft moved revenue out of its cloud segment (table cloud_shares)."""
POINTS = 1000.0  # scale that keeps powers of ten within range
LEAST_QUARTERS = 6
LARGE = ("amazon", "google", "microsoft")
ROUNDED = 0.5
"""Percentage points by which a share in whole percent may be off."""


def by_quarter(
    shares: pd.DataFrame, start: Any = START, least: int = LEAST_QUARTERS
) -> pd.DataFrame:
    """Published shares in percent, one row a quarter end and one column a firm.

    Raises:
        InputError: for fewer than ``least`` quarters with all three firms.
    """
    wide = shares.pivot(index="refers_to", columns="provider", values="share_percent")
    found = wide.reindex(columns=list(LARGE)).dropna().sort_index()
    found = found[found.index >= pd.Timestamp(start)]
    if len(found) < least:
        raise InputError("shares", f"{len(found)} quarters since {start} have all three firms")
    return found


def herfindahl(wide: pd.DataFrame, rest: float = 0.0) -> pd.Series:
    """Σ s² of the shares in percent; what is left is held by firms of ``rest`` percent each."""
    return (wide**2).sum(axis=1) + rest * (100 - wide.sum(axis=1))


def slope(
    index: pd.Series, *, restated: bool = False, covariance: str = "sieve", **options: Any
) -> Effect:
    """Change per year of an index in units of 1000, by a straight line.

    index / 1000 = a + b t + e; with ``restated`` the level may jump at ``RESTATED``.
    """
    columns: dict[str, Any] = {"years": np.asarray(trend.decimal_year(index.index))}
    if restated:
        columns["later"] = (index.index >= RESTATED).astype(float)
    return regression.effect(
        10 ** (index.to_numpy() / POINTS), columns, "years", covariance=covariance, **options
    )


def hhi_slope(shares: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Yearly change of the Herfindahl index of the published shares (c56).

    Linear trend, Newey-West covariance, critical values by sieve bootstrap; the p-value is
    two-sided for a slope of 0.

    Raises:
        InputError: as ``by_quarter``.
    """
    wide = by_quarter(shares)
    index = herfindahl(wide)
    found = slope(index, level=level, seed=seed)
    low, high = (POINTS * end for end in found.interval)
    kept = slope(index, restated=True, level=level, seed=seed) if _spans(index) else None
    detail = {"first": float(index.iloc[0]), "last": float(index.iloc[-1])}
    if kept is not None:
        detail["slope_within_definitions"] = POINTS * kept.value
    return Answer(
        estimate=POINTS * found.value,
        interval=(low, high),
        n=len(index),
        method="linear trend, Newey-West covariance, sieve critical values",
        reason=(
            f"Three named firms: the index was {index.iloc[0]:.0f} in {index.index[0]:%B %Y} and"
            f" {index.iloc[-1]:.0f} in {index.index[-1]:%B %Y}. All cloud services, not AI; and"
            " Microsoft restated its segment in 2024, which lowers its share by definition"
        ),
        grade=str(shares["grade"].max()),
        p_value=found.p_value(),
        detail=detail,
    )


def slopes(shares: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """The slope as published, with a step at the restatement, plainly, and by rounding alone.

    Columns: line, slope, low, high. The plain interval has Newey and West's covariance with
    critical values of t: the rule's before its amendment. The last row holds the middle 95 % of
    the slopes when every share is off by at most its rounding.

    Raises:
        InputError: as ``by_quarter``.
    """
    index = herfindahl(by_quarter(shares))
    rows = []
    for name, step, how in (
        ("as published", False, "sieve"),
        ("with a step at the restatement", True, "sieve"),
        ("as published, plain Newey-West interval", False, "HAC"),
    ):
        if step and not _spans(index):
            continue
        found = slope(index, restated=step, covariance=how, level=level, seed=seed)
        low, high = found.interval
        rows.append((name, POINTS * found.value, POINTS * low, POINTS * high))
    middle = float(_least_squares(index.index, index.to_numpy()))
    rows.append(("as published, by rounding alone", middle, *rounding(shares, seed=seed)))
    return pd.DataFrame(rows, columns=["line", "slope", "low", "high"])


def rounding(shares: pd.DataFrame, *, draws: int = 4999, seed: int = 0) -> tuple[float, float]:
    """Middle 95 % of the slope, in points a year, if each share is off by its rounding."""
    wide = by_quarter(shares)
    noise = np.random.default_rng(seed).uniform(-ROUNDED, ROUNDED, (draws, *wide.shape))
    index = ((wide.to_numpy() + noise) ** 2).sum(axis=2)
    low, high = np.quantile(_least_squares(wide.index, index), [0.025, 0.975])
    return float(low), float(high)


def _spans(index: pd.Series) -> bool:
    later = int((index.index >= RESTATED).sum())
    return min(later, len(index) - later) >= 3


def _least_squares(days: Any, values: np.ndarray) -> Any:
    years = np.asarray(trend.decimal_year(days))
    centred = years - years.mean()
    return values @ centred / (centred @ centred)
