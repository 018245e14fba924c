"""How far the trend of the dispersion hangs on the choices behind it (c48)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.brokerage.hosts import LEAST_HOSTS, MEASURES, dispersion, host_prices
from analysis.economics.brokerage.spread import growth
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

STANDING = 18 * 30.4375
"""Days after which a price that never changed may have been forgotten by the list."""
Estimate = tuple[float, float, float]


def dispersion_curve(
    offers: Mapping[str, pd.DataFrame],
    *,
    least_hosts: int = LEAST_HOSTS,
    level: float = 0.95,
    seed: int = 0,
) -> Multiverse:
    """Growth of the dispersion, factor per year, under every choice.

    The axes are those set before the first curve was seen. What was thought of afterwards (input
    tokens alone, the first month) stays out, as it would raise the agreement.

    Args:
        offers: ``listed_offers`` by source, such as all lists joined and the longest one alone.
        least_hosts, level, seed: as in ``trend_of_dispersion``; two hosts more are an axis too.

    Raises:
        InputError: when no specification has an estimate.
    """

    @cache
    def months(source: str, measure: str, share: float, least: int, sellers: str, age: str) -> Any:
        prices = host_prices(
            offers[source],
            output_share=share,
            gateways=sellers == "hosts and gateways",
            oldest_days=np.inf if age == "any" else STANDING,
        )
        return dispersion(prices, least_hosts=least, measure=measure)

    def one(number_of_hosts: str, **choices: Any) -> Estimate:
        return _factor(months(*choices.values()), number_of_hosts == "held equal", level, seed)

    axes = {
        "source": tuple(offers),
        "dispersion": MEASURES,
        "output_share": (0.25, 1.0),
        "least_hosts": (least_hosts, least_hosts + 2),
        "sellers": ("hosts", "hosts and gateways"),
        "price_age": ("any", "18 months at most"),
        "number_of_hosts": ("as it is", "held equal"),
    }
    return multiverse.run(axes, one)


def readings(
    offers: pd.DataFrame,
    longest: pd.DataFrame,
    *,
    output_share: float = 0.25,
    least_hosts: int = LEAST_HOSTS,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """The trend under one other choice at a time: growth per year with interval, and models
    (with two months or more).

    Args:
        offers, longest: ``listed_offers`` of all lists joined, and of the longest one alone.
        output_share, least_hosts, level, seed: of the reading that the others are compared with.

    Raises:
        InputError: when even that reading has no estimate.
    """
    plain = {"output_share": output_share}
    cases: dict[str, tuple[pd.DataFrame, dict[str, Any], bool]] = {
        "the rule as read": (offers, plain, False),
        "input tokens alone": (offers, {"output_share": 0.0}, False),
        "output tokens alone": (offers, {"output_share": 1.0}, False),
        "number of hosts held equal": (offers, plain, True),
        "prices set within 18 months": (offers, plain | {"oldest_days": STANDING}, False),
        "gateways are hosts too": (offers, plain | {"gateways": True}, False),
        "the longest list alone": (longest, plain, False),
    }
    rows = []
    for name, (listed, options, held) in cases.items():
        months = dispersion(host_prices(listed, **options), least_hosts=least_hosts)
        value, low, high = _factor(months, held, level, seed)
        models = int((months["model"].value_counts() > 1).sum())
        rows.append(
            {"reading": name, "models": models, "growth_per_year": value, "low": low, "high": high}
        )
    return pd.DataFrame(rows)


def _factor(months: pd.DataFrame, held: bool, level: float, seed: int) -> Estimate:
    found = growth(months, hold_hosts=held, level=level, seed=seed)
    low, high = found.interval
    return 10**found.value, 10**low, 10**high
