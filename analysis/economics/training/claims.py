"""Answers to the claims on growth: of cost, of compute, of openness; trends and slopes.

Each function gets the sample that its frozen rule names (``training_samples``) and returns what
the ledger records. Intervals are wild bootstrap-t with HC3.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.training.samples import ABILITY, COMPUTE, COST, released
from analysis.errors import InputError
from analysis.methods import regression, trend
from analysis.methods.regression import Effect, JoinedSlopes

WILD = "wild"
INTERVAL = "wild bootstrap-t interval"
MANY_SCORED = "2022-01-01"
MINIMUM = 10


def cost_growth(sample: pd.DataFrame, **options: Any) -> Answer:
    """Growth of cost, a factor per year, in the dollars of the sample (c38)."""
    return _growth(sample, COST, "amortised hardware and energy cost", **options)


def compute_growth(sample: pd.DataFrame, **options: Any) -> Answer:
    """Growth of training compute, a factor per year (c03, frontier)."""
    return _growth(sample, COMPUTE, "training compute", **options)


def _growth(
    sample: pd.DataFrame, column: str, what: str, *, level: float = 0.95, seed: int = 0
) -> Answer:
    if sample.empty:
        raise InputError("sample", "has no run that was known by then")
    fit = trend.log_linear(
        sample["refers_to"], sample[column], covariance=WILD, level=level, seed=seed
    )
    last = sample["refers_to"].max()
    return Answer(
        estimate=fit.growth_per_year,
        interval=fit.interval,
        n=fit.n,
        method=f"log-linear trend of {what}, {INTERVAL}",
        reason=(
            f"Growth of {what} over {fit.n} frontier runs released up to {last:%B %Y}; most"
            " figures are outside estimates, good to a factor of two or three"
        ),
        detail={"doubling_time_years": fit.doubling_time_years, "r_squared": fit.r_squared},
    )


def compute_at_fixed_ability(scored: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Growth of the compute of a model of given ability, a factor per year (c03, fixed level).

    log10 compute = a + b date + c ability: the factor is 10^b.
    """
    fit = _on_date(scored, ABILITY, "date", level, seed)
    recent = released(scored, MANY_SCORED)
    late = _on_date(recent, ABILITY, "date", level, seed) if len(recent) >= MINIMUM else None
    without = f"; without the few before 2022 it is {late.factor:.2g}" if late else ""
    return Answer(
        estimate=fit.factor,
        interval=fit.factor_interval,
        n=fit.n,
        method=f"log compute on release date and ability, {INTERVAL}",
        reason=(
            f"Change per year of the compute behind a given ability score, over {fit.n} models"
            f" with both known{without}; developers that disclose no compute are missing"
        ),
        detail=None if late is None else _from_2022(late),
    )


def _from_2022(late: Effect) -> dict[str, float]:
    low, high = late.factor_interval
    return {"from_2022": late.factor, "low": low, "high": high, "n": late.n}


def bend(
    sample: pd.DataFrame, at: Any, column: str = COMPUTE, *, level: float = 0.95, seed: int = 0
) -> JoinedSlopes:
    """Two joined slopes of ``column``; rows without it are left out."""
    known = sample[sample[column].notna()]
    return regression.joined_slopes(
        known["refers_to"], known[column], at, covariance=WILD, level=level, seed=seed
    )


def slope_change(
    sample: pd.DataFrame,
    at: Any,
    column: str = COMPUTE,
    *,
    null: float | None = None,
    **options: Any,
) -> Answer:
    """The later slope less the earlier one, log10 per year (c14, c16).

    ``null`` is the change that the pre-registered p-value tests, where there is one.
    """
    found = bend(sample, at, column, **options)
    what = column.removesuffix("_flop").replace("_", " ")
    return Answer(
        estimate=found.change.value,
        interval=found.change.interval,
        n=found.n,
        p_value=None if null is None else found.change.p_value(null),
        method=f"two joined slopes of log10 {what}, {INTERVAL}",
        reason=(
            f"Growth of {what} was {found.before.factor:.3g}x a year over {found.n_before} frontier"
            f" runs and {found.after.factor:.3g}x over the {found.n_after} later ones; runs whose"
            f" developers publish no {what} are missing"
        ),
        detail={
            "growth_before": found.before.factor,
            "growth_after": found.after.factor,
            "n_before": found.n_before,
            "n_after": found.n_after,
        },
    )


def open_over_closed(groups: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> Answer:
    """Compute of leading open-weight over leading closed models, a ratio (c54).

    log10 compute = a + b open + c date: the ratio is 10^b. ``groups`` has both groups' leaders
    with ``open`` 1 or 0.
    """
    fit = _on_date(groups, "open", "open", level, seed)
    n_open = int(groups["open"].sum())
    return Answer(
        estimate=fit.factor,
        interval=fit.factor_interval,
        n=fit.n,
        method=f"log compute on open weights and release date, {INTERVAL}",
        reason=(
            f"The {n_open} leading open runs against the {fit.n - n_open} leading closed ones with"
            " known compute; undisclosed closed runs make the gap look smaller"
        ),
        detail={"n_open": n_open, "n_closed": fit.n - n_open},
    )


def _on_date(sample: pd.DataFrame, other: str, of: str, level: float, seed: int) -> Effect:
    years = trend.decimal_year(sample["refers_to"])
    columns = {"date": years - years.mean(), other: sample[other].astype(float)}
    return regression.effect(sample[COMPUTE], columns, of, covariance=WILD, level=level, seed=seed)
