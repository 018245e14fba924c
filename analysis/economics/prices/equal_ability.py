"""Models at the first price at which a panel shows them, and what equal ability costs then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.prices.panels import Panel
from analysis.economics.prices.series import FIRST_MONTH
from analysis.errors import InputError
from analysis.methods import _ols, regression, trend
from analysis.methods.cluster_effect import cluster_effect
from analysis.methods.null_imposed import null_imposed
from analysis.methods.regression import Effect

LEAST_LAUNCHES, LEAST_DEVELOPERS = 10, 10
_KEPT = ["model", "developer", "ability", "standard_error", "released", "open_weights"]
_KEPT += ["date", "host", "price"]


def launches(
    panel: Panel, *, start: Any = FIRST_MONTH, end: Any = None, within_months: int = 6
) -> pd.DataFrame:
    """One row a model: its first live day in the panel and the lowest price of that month.

    Args:
        panel: one source.
        start: first day that a launch may have; earlier ones are left out.
        end: last day; by default that of the panel.
        within_months: models that the panel shows later than this after their release are left
            out, since their first price there is no launch price.

    Returns:
        model, developer, ability, standard_error, released, open_weights, date, host (the
        cheapest of that month) and price, by date.
    """
    rows = panel.spells
    first = rows.groupby("model")["date"].transform("min")
    months = rows["date"].dt.to_period("M") == first.dt.to_period("M")
    opening = rows[months].assign(date=first[months])
    cheapest = opening.sort_values(["model", "price", "host"]).drop_duplicates("model")
    prompt = cheapest["date"] <= cheapest["released"] + pd.DateOffset(months=within_months)
    inside = cheapest["date"] >= pd.Timestamp(start)
    if end is not None:
        inside &= cheapest["date"] <= pd.Timestamp(end)
    return cheapest[prompt & inside].sort_values(["date", "model"])[_KEPT].reset_index(drop=True)


def equal_ability(
    sample: pd.DataFrame, *, day: str = "date", level: float = 0.95, seed: int = 0
) -> Effect:
    """Change per year of log10 launch price at equal ability, errors clustered by developer.

    log10 price = a + b date + c ability; ``day`` names the date that counts.

    Raises:
        InputError: for fewer than 10 launches or 10 developers: with fewer clusters, resampled
            signs say little.
    """
    if len(sample) < LEAST_LAUNCHES:
        raise InputError("launches", f"{len(sample)} models; a regression needs {LEAST_LAUNCHES}")
    if (developers := sample["developer"].nunique()) < LEAST_DEVELOPERS:
        raise InputError("developers", f"{developers}; errors by developer need {LEAST_DEVELOPERS}")
    return cluster_effect(
        sample["price"],
        design(sample, day),
        "date",
        sample["developer"],
        level=level,
        seed=seed,
    )


def intervals(sample: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> pd.DataFrame:
    """The growth per year at equal ability with four kinds of interval.

    Columns: growth_per_year, low, high, p_value (of no change); a row a kind. ``wild cluster
    bootstrap-t`` is that of the frozen rules.
    """
    columns, prices, by = design(sample), sample["price"], sample["developer"]
    rule = equal_ability(sample, level=level, seed=seed)
    rows = regression.effect(prices, columns, "date", covariance="HC3", level=level)
    null = null_imposed(prices, columns, "date", by, level=level, seed=seed)
    freedom, error = by.nunique() - 1, rule.standard_error
    reach = _ols.student(freedom, level) * error
    shapes = {
        "wild cluster bootstrap-t (the rule)": (rule.interval, rule.p_value(0.0)),
        "the same, null imposed": (null.interval, null.p_value),
        "CR3, Student t over developers": (
            (rule.value - reach, rule.value + reach),
            _ols.student_p(freedom, rule.value / error),
        ),
        "HC3, rows independent": (rows.interval, rows.p_value(0.0)),
    }
    found = [(kind, rule.factor, *np.power(10.0, ends), p) for kind, (ends, p) in shapes.items()]
    names = ["interval", "growth_per_year", "low", "high", "p_value"]
    return pd.DataFrame(found, columns=names)


def interval_table(samples: dict[str, pd.DataFrame], **options: Any) -> pd.DataFrame:
    """``intervals`` of each source, one under the other.

    Raises:
        InputError: when no source has enough launches.
    """
    parts = []
    for source, sample in samples.items():
        try:
            parts.append(intervals(sample, **options).assign(source=source, n=len(sample)))
        except InputError:
            continue
    if not parts:
        raise InputError("launches", "no source has enough")
    return pd.concat(parts)[["source", *parts[0].columns.drop("source")]].reset_index(drop=True)


def adjusted(sample: pd.DataFrame) -> pd.DataFrame:
    """Launch prices put to the mean ability of the sample (``adjusted``) and the fitted line."""
    columns = design(sample)
    by_ability = regression.effect(sample["price"], columns, "ability", covariance="HC3")
    by_date = regression.effect(sample["price"], columns, "date", covariance="HC3")
    gap = sample["ability"] - sample["ability"].mean()
    put = np.log10(sample["price"]) - by_ability.value * gap
    fitted = put.mean() + by_date.value * columns["date"]
    return sample.assign(adjusted=10**put, fitted=10**fitted)


def design(sample: pd.DataFrame, day: str = "date") -> dict[str, Any]:
    """Regressors: decimal year less its mean, and ability."""
    years = np.asarray(trend.decimal_year(sample[day]))
    return {"date": years - years.mean(), "ability": sample["ability"]}


def hedonic(sample: pd.DataFrame, **options: Any) -> Answer:
    """Growth of the launch price at equal ability, a factor per year; p tests 1 (c01, c80)."""
    found = equal_ability(sample, **options)
    return Answer(
        estimate=found.factor,
        interval=found.factor_interval,
        n=found.n,
        p_value=found.p_value(0.0),
        method="log launch price on launch date and ability, wild-bootstrap-t by developer",
        reason=(
            f"{found.n} models of {sample['developer'].nunique()} developers at their first listed"
            f" price, {sample['date'].min():%B %Y} to {sample['date'].max():%B %Y}; the score is"
            " of the best effort level, which uses more tokens than the list price shows"
        ),
        detail={"slope_log10": found.value, "developers": int(sample["developer"].nunique())},
    )
