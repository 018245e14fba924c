"""The trend of the dispersion of one model's prices over its hosts (c48).

The reading, chosen before any result was seen: log10 of the dispersion of a model at a month end is
a level of the model plus a common slope times years. Both are taken as deviations from the mean of
the model, which gives the slope of the regression with an effect for each model. The interval is
that of the wild bootstrap with the model as the cluster. A model with one month says nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.brokerage.hosts import LEAST_HOSTS, dispersion
from analysis.economics.prices.open_models import STILL, slopes_by_model
from analysis.errors import InputError
from analysis.methods import trend
from analysis.methods.cluster_effect import cluster_effect
from analysis.methods.regression import Effect

LEAST_MODELS = 5


def growth(
    months: pd.DataFrame,
    *,
    of: str = "dispersion",
    hold_hosts: bool = False,
    level: float = 0.95,
    seed: int = 0,
) -> Effect:
    """Slope of log10 dispersion a year with model effects, interval clustered by model.

    Args:
        months: from ``dispersion``.
        of: another column of positive values to take instead.
        hold_hosts: with the log of the number of hosts beside time, so that dispersion is compared
            at an equal number of hosts.

    Raises:
        InputError: for fewer than 5 models with two months, or if nothing moved in any of them.
    """
    many = months.groupby("model")["month"].transform("size") > 1
    rows = months[many]
    if rows["model"].nunique() < LEAST_MODELS:
        raise InputError("months", f"{rows['model'].nunique()} models have two months or more")
    frame = pd.DataFrame(
        {
            "log": np.log10(rows[of]),
            "years": np.asarray(trend.decimal_year(rows["month"])),
            "hosts": np.log10(rows["hosts"]),
        }
    )
    within = frame - frame.groupby(rows["model"]).transform("mean")
    if within["log"].abs().max() < STILL / 100:
        raise InputError("months", f"the {of} of no model moved")
    columns = {"years": within["years"], **({"hosts": within["hosts"]} if hold_hosts else {})}
    return cluster_effect(
        10 ** within["log"], columns, "years", rows["model"], level=level, seed=seed
    )


def trend_of_dispersion(
    prices: pd.DataFrame, *, least_hosts: int = LEAST_HOSTS, level: float = 0.95, seed: int = 0
) -> Answer:
    """Growth of the dearest over the cheapest host of one open model, factor per year (c48).

    Args:
        prices: from ``host_prices``.

    Raises:
        InputError: when no model has enough hosts, or fewer than 5 models have two such months.
    """
    months = dispersion(prices, least_hosts=least_hosts)
    found = growth(months, level=level, seed=seed)
    low, high = found.interval
    used = months[months.groupby("model")["month"].transform("size") > 1]
    models, ends = used["model"].nunique(), used["month"]
    return Answer(
        estimate=float(10**found.value),
        interval=(float(10**low), float(10**high)),
        n=int(models),
        method="log dispersion on years with model effects, wild bootstrap clustered by model",
        reason=(
            f"{models} open models with {least_hosts} hosts or more in two months or more,"
            f" {len(used)} model-months from {ends.min():%B %Y} to {ends.max():%B %Y}; new hosts"
            " widen the range, and list prices that nobody updates count as asked."
        ),
        detail={"model_months": len(used), "median_dispersion": _last_median(months)},
    )


def ends(
    prices: pd.DataFrame, *, least_hosts: int = LEAST_HOSTS, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Which end of the range moves: growth of the cheapest, middle and dearest price of a model.

    Factors per year with model effects and intervals clustered by model.

    Raises:
        InputError: as ``trend_of_dispersion``.
    """
    rows = savings(prices)
    rows = rows[rows["hosts"] >= least_hosts]
    found = []
    for name in ("cheapest", "middle", "dearest"):
        one = growth(rows, of=name, level=level, seed=seed)
        low, high = (10**end for end in one.interval)
        found.append({"host": name, "growth_per_year": 10**one.value, "low": low, "high": high})
    return pd.DataFrame(found)


def widening(months: pd.DataFrame, *, least_months: int = 6) -> pd.DataFrame:
    """Models whose dispersion grew, stood still or shrank, and the middle growth, factor per year.

    Raises:
        InputError: when no model has ``least_months`` months.
    """
    size = months.groupby("model")["month"].transform("size")
    rows = months[size >= least_months].rename(columns={"dispersion": "price"})
    if rows.empty:
        raise InputError("months", f"no model has {least_months} months")
    slopes = slopes_by_model(rows)["slope"]
    return pd.DataFrame(
        {
            "models": [len(slopes)],
            "wider": [int((slopes > STILL).sum())],
            "unchanged": [int((slopes.abs() <= STILL).sum())],
            "narrower": [int((slopes < -STILL).sum())],
            "median_growth": [float((10**slopes).median())],
        }
    )


def by_month(months: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Over the models of each month: middle and quartiles of the dispersion, and the saving.

    ``saving`` is 1 - cheapest / middle host, the middle over models: what a buyer who sits at the
    middle host would save by moving to the cheapest.
    """
    saved = savings(prices).set_index(["month", "model"])["saving"]
    rows = months.join(saved, on=["month", "model"])
    groups = rows.groupby("month")
    return pd.DataFrame(
        {
            "models": groups.size(),
            "hosts_per_model": groups["hosts"].median(),
            "lower_quartile": groups["dispersion"].quantile(0.25),
            "median": groups["dispersion"].median(),
            "upper_quartile": groups["dispersion"].quantile(0.75),
            "saving": groups["saving"].median(),
        }
    ).reset_index()


def savings(prices: pd.DataFrame) -> pd.DataFrame:
    """Cheapest, middle and dearest host of each model and month, and 1 - cheapest / middle."""
    groups = prices.groupby(["month", "model"])["price"]
    frame = groups.agg(["size", "min", "median", "max"]).reset_index()
    frame.columns = pd.Index(["month", "model", "hosts", "cheapest", "middle", "dearest"])
    return frame.assign(saving=1 - frame["cheapest"] / frame["middle"])


def _last_median(months: pd.DataFrame) -> float:
    last = months[months["month"] == months["month"].max()]
    return float(last["dispersion"].median())
