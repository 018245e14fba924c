"""What leading models cost when they are first sold (c99)."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.list_prices import bare
from analysis.economics.listings import best_effort, blended
from analysis.economics.price_panels import Panel
from analysis.errors import InputError
from analysis.methods import multiverse, trend, validate
from analysis.methods.multiverse import Multiverse

FROM = pd.Timestamp("2023-04-01")
BEST = 0.25  # share of the models of the year before that a leader must belong to
REFERENCE_MONTHS, LATE_MONTHS = 12, 6
HOSTS = ("cheapest", "dearest")
LEAST = 10  # launches that an alternative specification needs


def launches(
    panel: Panel,
    quality: pd.DataFrame,
    *,
    best: float = BEST,
    reference_months: int = REFERENCE_MONTHS,
    output_share: float = 0.25,
    host: str = "cheapest",
) -> pd.DataFrame:
    """First live price of each model that led when it was first listed.

    A model leads if its ability, on the day of its first live price, is in the best ``best`` of
    all scored models released in the ``reference_months`` before.

    Args:
        panel: one source.
        quality: ``model_quality`` as loaded.
        best: share of those models that counts as leading.
        reference_months: how far back they go.
        output_share: weight of output tokens in the blended price.
        host: ``cheapest`` or ``dearest``, where several sold it that day.

    Returns:
        date (first live price), model, developer, released, ability, threshold, host, price in
        USD per million tokens; a row a model, by date. Models first listed before ``FROM`` or
        more than ``LATE_MONTHS`` after their release are left out.
    """
    validate.choice("host", host, HOSTS)
    first = _first_prices(panel, output_share, host)
    found = first.assign(threshold=_thresholds(first["date"], quality, best, reference_months))
    return _leading(found)


def _first_prices(panel: Panel, output_share: float, host: str) -> pd.DataFrame:
    spells = bare(panel.spells)
    spells["price"] = blended(spells, output_share=output_share)
    first = spells[spells["date"] == spells.groupby("model")["date"].transform("min")]
    order = ["model", "price", "host", "listing"]
    chosen = first.sort_values(order, ascending=[True, host == HOSTS[0], True, True])
    chosen = chosen.drop_duplicates("model")
    in_time = chosen["date"] <= chosen["released"] + pd.DateOffset(months=LATE_MONTHS)
    return chosen[in_time & (chosen["date"] >= FROM)]


def _thresholds(
    days: pd.Series, quality: pd.DataFrame, best: float, months: int
) -> pd.Series[float]:
    """Ability that puts a model in the best part of those released in the months before a day."""
    scored = best_effort(bare(quality))
    bars = {}
    for day in days.unique():
        past = day - pd.DateOffset(months=months)
        peers = scored.loc[(scored["released"] > past) & (scored["released"] <= day), "ability"]
        bars[day] = float(np.quantile(peers, 1 - best)) if len(peers) else np.nan
    return days.map(bars)


def _leading(found: pd.DataFrame) -> pd.DataFrame:
    leads = found[found["ability"] >= found["threshold"]].sort_values(["date", "model"])
    columns = ["date", "model", "developer", "released", "ability", "threshold", "host", "price"]
    return leads[columns].reset_index(drop=True)


def launch_price_growth(
    panel: Panel,
    quality: pd.DataFrame,
    *,
    output_share: float = 0.25,
    level: float = 0.95,
    seed: int = 0,
) -> Answer:
    """Growth per year of the launch price of leading models (c99)."""
    found = launches(panel, quality, output_share=output_share)
    fit = trend.log_linear(found["date"], found["price"], covariance="wild", level=level, seed=seed)
    ends = found["price"].iloc[[0, -1]].tolist()
    return Answer(
        estimate=fit.growth_per_year,
        interval=fit.interval,
        n=fit.n,
        method="log-linear trend of the first live price, wild bootstrap-t interval",
        reason=(
            f"First live price of {fit.n} models that were in the best quarter of their year,"
            f" {found['date'].min():%B %Y} to {found['date'].max():%B %Y}; ability scores were"
            " fitted later and cover about a third of what is sold"
        ),
        detail={
            "r_squared": fit.r_squared,
            "median_usd_per_million_tokens": float(found["price"].median()),
            "first_and_last_usd_per_million_tokens": ends,
        },
    )


def launch_price_curve(panel: Panel, quality: pd.DataFrame) -> Multiverse:
    """Growth of launch prices under other choices.

    Axes: how far up a leader must be, models of which time it is compared with, cheapest or
    dearest host, token mix, first year, and first listing or release as the date. Intervals HC3.
    """

    @cache
    def first(host: str, output_share: float) -> pd.DataFrame:
        return _first_prices(panel, output_share, host)

    @cache
    def bars(best: float, months: int) -> pd.Series[float]:
        days = first(HOSTS[0], 0.25)["date"].drop_duplicates()
        return _thresholds(days, quality, best, months).set_axis(days)

    def estimate(
        best: float, reference_months: int, host: str, output_share: float, start: str, date: str
    ) -> tuple[float, float, float]:
        found = first(host, output_share)
        found = found.assign(threshold=found["date"].map(bars(best, reference_months)))
        found = _leading(found[found["date"] >= pd.Timestamp(start)])
        if len(found) < LEAST:
            raise InputError("launches", f"are {len(found)}, fewer than {LEAST}")
        fit = trend.log_linear(found[date], found["price"], covariance="HC3")
        return fit.growth_per_year, *fit.interval

    axes = {
        "best": (0.1, BEST, 0.5),
        "reference_months": (6, REFERENCE_MONTHS),
        "host": HOSTS,
        "output_share": (0.25, 0.5),
        "start": ("2023-04-01", "2024-01-01", "2024-07-01"),
        "date": ("date", "released"),
    }
    return multiverse.run(axes, estimate)
