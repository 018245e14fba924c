"""What leading models cost when they are first sold (c99)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics import listings
from analysis.economics.list_prices.lists import bare
from analysis.economics.prices import equal_ability
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from analysis.methods import multiverse, trend
from analysis.methods.multiverse import Multiverse

BEST = 0.25  # share of the models of the year before that a leader must belong to
MONTHS = 12
LEAST = 10  # launches that an alternative specification needs
HOSTS = ("any", "the developer's own")


def leading(
    launches: pd.DataFrame, quality: pd.DataFrame, *, best: float = BEST, months: int = MONTHS
) -> pd.DataFrame:
    """Launches of models that led when they were first listed.

    A model leads if its ability is in the best ``best`` of all scored models, sold or not, that
    were released in the ``months`` before the day of its first price (itself among them).

    Args:
        launches: from ``equal_ability.launches``.
        quality: ``model_quality`` as loaded.
        best: share of those models that counts as leading.
        months: how far back they go.

    Returns:
        The rows of ``launches`` with ``threshold``, the ability that was needed.
    """
    bars = thresholds(listings.best_effort(bare(quality)), launches["date"], best, months)
    return _leading(launches, bars)


def thresholds(
    scored: pd.DataFrame, days: pd.Series, best: float, months: int
) -> dict[pd.Timestamp, float]:
    """Ability that the best ``best`` of the models released in the months before a day reach."""
    ranked = scored.sort_values("released")
    released, ability = ranked["released"].to_numpy(), ranked["ability"].to_numpy()
    bars = {}
    for day in days.unique():
        past = np.datetime64(day - pd.DateOffset(months=months))
        first, last = np.searchsorted(released, [past, np.datetime64(day)], side="right")
        peers = ability[first:last]
        bars[day] = float(np.quantile(peers, 1 - best)) if len(peers) else np.nan
    return bars


def _leading(launches: pd.DataFrame, bars: dict[pd.Timestamp, float]) -> pd.DataFrame:
    found = launches.assign(threshold=launches["date"].map(bars).astype(float))
    return found[found["ability"] >= found["threshold"]].reset_index(drop=True)


def launch_price_growth(
    panel: Panel, quality: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Growth per year of the launch price of leading models (c99)."""
    found = leading(equal_ability.launches(panel), quality)
    fit = trend.log_linear(found["date"], found["price"], covariance="wild", level=level, seed=seed)
    first, last, prices = found["date"].min(), found["date"].max(), found["price"]
    return Answer(
        estimate=fit.growth_per_year,
        interval=fit.interval,
        n=fit.n,
        method="log-linear trend of the first live price, wild bootstrap-t interval",
        reason=(
            f"First price of {fit.n} models in the best quarter of their year, {first:%B %Y} to"
            f" {last:%B %Y}: median {prices.median():.2f} USD per million tokens, from"
            f" {prices.min():.2g} to {prices.max():.2g}; ability scores were fitted later and cover"
            " about a third of what is sold"
        ),
        detail={
            "r_squared": fit.r_squared,
            "median_usd_per_million_tokens": float(prices.median()),
        },
    )


def launch_price_curve(panel: Panel, quality: pd.DataFrame) -> Multiverse:
    """Growth of launch prices under other choices.

    Axes: how far up a leader must be, models of which time it is compared with, any host or the
    developer's own, token mix, first year, and first listing or release as the date. Intervals
    are HC3.
    """

    scored = listings.best_effort(bare(quality))

    @cache
    def launches(host: str, output_share: float) -> pd.DataFrame:
        return equal_ability.launches(_variant(panel, host, output_share))

    @cache
    def leaders(host: str, output_share: float, best: float, months: int) -> pd.DataFrame:
        found = launches(host, output_share)
        return _leading(found, thresholds(scored, found["date"], best, months))

    def estimate(
        best: float, months: int, host: str, output_share: float, start: str, date: str
    ) -> tuple[float, float, float]:
        found = leaders(host, output_share, best, months)
        found = found[found["date"] >= pd.Timestamp(start)]
        if len(found) < LEAST:
            raise InputError("launches", f"are {len(found)}, fewer than {LEAST}")
        fit = trend.log_linear(found[date], found["price"], covariance="HC3")
        return fit.growth_per_year, *fit.interval

    axes = {
        "best": (0.1, BEST, 0.5),
        "months": (6, MONTHS),
        "host": HOSTS,
        "output_share": (0.25, 0.5),
        "start": ("2023-04-01", "2023-10-01", "2024-04-01"),
        "date": ("date", "released"),
    }
    return multiverse.run(axes, estimate)


def _variant(panel: Panel, host: str, output_share: float) -> Panel:
    spells = bare(panel.spells)
    if host != HOSTS[0]:
        offers = zip(spells["host"], spells["developer"], strict=True)
        spells = spells[[h in listings.FIRST_PARTY.get(developer, ()) for h, developer in offers]]
    prices = listings.blended(spells, output_share=output_share)
    return replace(panel, spells=spells.assign(price=prices))
