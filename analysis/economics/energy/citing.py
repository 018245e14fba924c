"""The causal link of the second half of prediction 3: does an official text cite the event?

Reading chosen before the odds were computed: the chance that the event of the first half happens,
times the chance that an official text on the energy of AI cites it. The latter counts past changes
of consumer services that meet the price half of the first rule (more than twice the price, or free
use cut), and how many of them an act on energy cites.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy import special

from analysis.errors import InputError
from analysis.methods import validate

DOUBLED = 100.0


def controversies(events: pd.DataFrame) -> pd.DataFrame:
    """Changes of consumer services that meet the price half of the strict rule of p3a.

    One row a service and day. How widely they were covered and how many users the service had is
    not in the table, so it counts too many.
    """
    large = (events["price_change_percent"] > DOUBLED) | (events["free_tier_cut"] == "yes")
    rows = events[(events["consumer"] == "yes") & large]
    kept = rows.drop_duplicates(["service", "refers_to"]).sort_values("refers_to", kind="stable")
    return kept.reset_index(drop=True)


def citing(acts: pd.DataFrame) -> int:
    """Acts that cite a price or free-tier event."""
    return int((acts["cites_price_event"] == "yes").sum())


@dataclass(frozen=True)
class Part:
    """A probability with its interval, and the count behind it."""

    probability: float
    interval: tuple[float, float]
    count: int
    n: int


def cited(acts: pd.DataFrame, events: pd.DataFrame, *, level: float = 0.95) -> Part:
    """Chance that an act on energy cites an event of this kind, once it has happened.

    (k + ½) / (n + 1) with the quantiles of the beta distribution B(k + ½, n - k + ½), Jeffreys'
    prior: n controversies, k acts that cite one (at most n).

    Raises:
        InputError: when no controversy was known.
    """
    n = len(controversies(events))
    if not n:
        raise InputError("pricing_events", "has no change of a consumer service of this size")
    k, tail = min(citing(acts), n), (1 - validate.level("level", level)) / 2
    low, high = (float(special.betaincinv(k + 0.5, n - k + 0.5, p)) for p in (tail, 1 - tail))
    return Part((k + 0.5) / (n + 1), (low, high), k, n)


def product(first: Part, second: Part) -> Part:
    """Both happen: the products of the probabilities and of the ends of the intervals.

    The interval is wider than ``level`` where the two are independent.
    """
    ends = [a * b for a, b in zip(first.interval, second.interval, strict=True)]
    probability = first.probability * second.probability
    return Part(probability, (ends[0], ends[1]), second.count, second.n)
