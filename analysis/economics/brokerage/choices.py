"""How far the trend of the dispersion hangs on the choices behind it (c48)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.brokerage.hosts import MEASURES, dispersion, host_prices
from analysis.economics.brokerage.spread import growth
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

STANDING = 18 * 30.4375
"""Days after which a price that never changed may have been forgotten by the list."""
Estimate = tuple[float, float, float]


def dispersion_curve(
    offers: Mapping[str, pd.DataFrame], *, level: float = 0.95, seed: int = 0
) -> Multiverse:
    """Growth of the dispersion, factor per year, under every choice.

    Args:
        offers: ``listed_offers`` by source, such as all lists joined and the longest one alone.

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
        rows = months(*choices.values())
        found = growth(rows, hold_hosts=number_of_hosts == "held equal", level=level, seed=seed)
        low, high = found.interval
        return 10**found.value, 10**low, 10**high

    axes = {
        "source": tuple(offers),
        "dispersion": MEASURES,
        "output_share": (0.25, 1.0),
        "least_hosts": (3, 5),
        "sellers": ("hosts", "hosts and gateways"),
        "price_age": ("any", "18 months at most"),
        "number_of_hosts": ("as it is", "held equal"),
    }
    return multiverse.run(axes, one)
