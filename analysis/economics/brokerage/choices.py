"""How far the trend of the dispersion hangs on the choices behind it (c48)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis.economics.brokerage.hosts import LEAST_HOSTS, MEASURES, dispersion, host_prices
from analysis.economics.brokerage.spread import growth
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

STANDING = 18 * 30.4375
"""Days after which a price that never changed may have been forgotten by the list."""
STARTS = ("2024-01-01", "2025-01-01", "2026-01-01")
Estimate = tuple[float, float, float]


def dispersion_curve(
    offers: pd.DataFrame,
    *,
    least_hosts: int = LEAST_HOSTS,
    level: float = 0.95,
    seed: int = 0,
) -> Multiverse:
    """Growth of the dispersion, factor per year, under every choice.

    The lists are one source, joined: the longest of them alone gives nearly the same
    (``readings``), so it is no axis.

    Args:
        offers: from ``listed_offers``.
        least_hosts, level, seed: as in ``trend_of_dispersion``.

    Raises:
        InputError: when no specification has an estimate.
    """

    @cache
    def months(measure: str, share: float, sellers: str) -> pd.DataFrame:
        both = sellers == "hosts and gateways"
        prices = host_prices(offers, output_share=share, gateways=both)
        return dispersion(prices, least_hosts=least_hosts, measure=measure)

    def one(since: str, number_of_hosts: str, **choices: Any) -> Estimate:
        rows = months(*choices.values())
        held = number_of_hosts == "held equal"
        return _factor(rows[rows["month"] >= since], held, level, seed)

    axes = {
        "dispersion": MEASURES,
        "output_share": (0.0, 0.25, 1.0),
        "sellers": ("hosts", "hosts and gateways"),
        "number_of_hosts": ("as it is", "held equal"),
        "since": STARTS,
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
    """The trend under one other choice at a time: growth per year with interval, and models.

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
        models = months["model"].nunique()
        rows.append(
            {"reading": name, "models": models, "growth_per_year": value, "low": low, "high": high}
        )
    return pd.DataFrame(rows)


def _factor(months: pd.DataFrame, held: bool, level: float, seed: int) -> Estimate:
    found = growth(months, hold_hosts=held, level=level, seed=seed)
    low, high = found.interval
    return 10**found.value, 10**low, 10**high
