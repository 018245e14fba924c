"""What cached input costs beside fresh input.

Readings fixed before any result was computed: every text listing that prices both counts once for
each distinct set of prices of its host, so that dated copies of one model do not count twice; the
vendor is the host, who sets the price; hosts are drawn with all their listings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.list_prices.vendors import vendors_of
from analysis.economics.serving.token_prices import CACHED, FRESH, OUTPUT, WRITE, in_force
from analysis.economics.training.robustness import Estimate, bare
from analysis.errors import InputError
from analysis.methods import multiverse, validate
from analysis.methods.multiverse import Multiverse

TEXT = ("chat", "responses", "completion", "unstated")
LEAST_HOSTS = 5
DRAWS = 4999
EVERY, MAKERS, OTHERS = "all hosts", "makers of the models", "hosts of others' models"
SELLERS = (EVERY, MAKERS, OTHERS)
ONCE, EACH = "each set of prices once", "every listing"
FEWER = 199  # resamples a specification
LISTINGS, HOSTS, AVERAGE = "median of listings", "median of hosts", "mean of hosts"


def ratios(
    cached_prices: pd.DataFrame,
    day: Any,
    *,
    sellers: str = EVERY,
    distinct: bool = True,
    writes: bool = False,
) -> pd.DataFrame:
    """Cached over fresh price on a day: host, listing, prices, ratio.

    Args:
        cached_prices: the table as loaded.
        day: on which the prices are in force.
        sellers: all, hosts that sell their own models, or the rest.
        distinct: one row for each set of prices of a host.
        writes: put fresh input at the price of writing it to the cache, where that is asked.

    Raises:
        InputError: for an unknown choice, or fewer than 5 hosts.
    """
    validate.choice("sellers", sellers, SELLERS)
    rows = in_force(cached_prices, day)
    rows = rows[rows["mode"].isin(TEXT) & rows[OUTPUT].notna()]
    own = np.array(vendors_of(zip(rows["host"], rows["listing"], strict=True)), dtype=object) != ""
    rows = rows if sellers == EVERY else rows[own if sellers == MAKERS else ~own]
    rows = rows.drop_duplicates(["host", FRESH, CACHED, OUTPUT]) if distinct else rows
    if (hosts := rows["host"].nunique()) < LEAST_HOSTS:
        raise InputError(
            "cached_prices", f"{hosts} hosts price cached input; it needs {LEAST_HOSTS}"
        )
    base = rows[WRITE].fillna(rows[FRESH]) if writes else rows[FRESH]
    found = rows[["host", "listing", FRESH, CACHED]].assign(ratio=rows[CACHED] / base)
    return found.reset_index(drop=True)


def cached_ratio(
    cached_prices: pd.DataFrame, day: Any, *, level: float = 0.95, seed: int = 0
) -> Answer:
    """Median ratio of listings, interval by resampled hosts (c22).

    Raises:
        InputError: as ``ratios``.
    """
    found = ratios(cached_prices, day)
    low, high = interval(found, level=level, seed=seed)
    below = float((found["ratio"] < 0.5).mean())
    return Answer(
        float(found["ratio"].median()), (low, high), len(found),
        method="median of distinct listings in force, bootstrap over hosts",
        reason=(
            f"{len(found)} distinct listings of {found['host'].nunique()} hosts,"
            f" {below:.0%} of them below one half; a list price is what hosts ask, not what"
            " memory costs them"
        ),
    )  # fmt: skip


def interval(
    found: pd.DataFrame, *, level: float = 0.95, seed: int = 0, draws: int = DRAWS
) -> tuple[float, float]:
    """Percentile interval of the median over resampled hosts, each with all its listings."""
    values = found["ratio"].to_numpy()
    order = np.argsort(values, kind="stable")
    codes, names = pd.factorize(found["host"])
    rng = np.random.default_rng(seed)
    picks = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), draws)
    weights = np.cumsum(picks[:, codes[order]], axis=1)
    middle = (weights >= weights[:, -1:] / 2).argmax(axis=1)
    tail = (1 - validate.level("level", level)) / 2
    low, high = np.quantile(values[order][middle], [tail, 1 - tail])
    return float(low), float(high)


def by_host(found: pd.DataFrame) -> pd.DataFrame:
    """Listings, least, median and largest ratio of each host, cheapest cache first."""
    groups = found.groupby("host")["ratio"]
    rows = groups.agg(["size", "min", "median", "max"]).reset_index()
    rows.columns = ["host", "listings", "least", "median", "largest"]
    return rows.sort_values(["median", "host"], kind="stable").reset_index(drop=True)


def curve(cached_prices: pd.DataFrame, today: Any) -> Multiverse:
    """Axes: day, sellers, one row a set of prices, price of writing, estimand."""
    months = (0, 3, 6, 9, 12, 18)
    axes: Mapping[str, Sequence[Any]] = {
        "months_ago": months,
        "sellers": SELLERS,
        "copies": (ONCE, EACH),
        "writes": (False, True),
        "estimand": (LISTINGS, HOSTS, AVERAGE),
    }
    plain = bare(cached_prices)

    @cache
    def sample(months_ago: int, sellers: str, copies: str, writes: bool) -> pd.DataFrame:
        day = pd.Timestamp(today) - pd.DateOffset(months=months_ago)
        return ratios(plain, day, sellers=sellers, distinct=copies == ONCE, writes=writes)

    def one(estimand: str, **choices: Any) -> Estimate:
        found = sample(**choices)
        if estimand == LISTINGS:
            return float(found["ratio"].median()), *interval(found, draws=FEWER)
        hosts = found.groupby("host")["ratio"].median().to_numpy()
        picks = hosts[np.random.default_rng(0).integers(0, len(hosts), (FEWER, len(hosts)))]
        taken = np.median if estimand == HOSTS else np.mean
        low, high = np.quantile(taken(picks, axis=1), [0.025, 0.975])
        return float(taken(hosts)), float(low), float(high)

    return multiverse.run(axes, one)
