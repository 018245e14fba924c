"""The causal link of the second half of prediction 3: does an official text cite the event?

Reading chosen before the odds were computed: the chance that the event of the first half happens,
times the chance that an official text on the energy of AI cites it. The latter counts past changes
of consumer services whose kind and size meet the first rule (more than twice the price, or half of
free use gone), and how many of them an act on energy cites.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy import special

from analysis.economics.price_events import odds as price_odds
from analysis.economics.price_events.against_rule import STRICT, held
from analysis.errors import InputError
from analysis.methods import validate


@dataclass(frozen=True)
class Part:
    """A probability with its interval, and the count behind it."""

    probability: float
    interval: tuple[float, float]
    count: int
    n: int


def controversies(events: pd.DataFrame) -> pd.DataFrame:
    """Events whose kind and size meet the rule of p3a, as ``price_events.against_rule`` reads it.

    Those that were undone count: they were a controversy. How widely an event was covered and how
    many users the service had are rarely on record, so this counts too many.

    Raises:
        InputError: when no event was known.
    """
    frame = held(events)
    return frame[frame["kind_meets"] & frame["size"]].reset_index(drop=True)


def citing(acts: pd.DataFrame) -> int:
    """Acts that cite a price or free-tier event."""
    return int((acts["cites_price_event"] == "yes").sum())


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


def event(events: pd.DataFrame, *, level: float = 0.95) -> Part:
    """Chance of the strict event of p3a in its window, as the notebook on price events has it.

    Raises:
        InputError: as ``price_events.odds.odds``.
    """
    seen = price_odds.record(held(events), events.attrs["observed_through"], events.attrs["as_of"])
    one = price_odds.odds(seen, STRICT[0], level=level)
    return Part(one.probability, one.interval, one.count, len(seen.events))


def product(first: Part, second: Part) -> Part:
    """Both happen: the products of the probabilities and of the ends of the intervals.

    The interval is wider than ``level`` where the two are independent.
    """
    ends = [a * b for a, b in zip(first.interval, second.interval, strict=True)]
    probability = first.probability * second.probability
    return Part(probability, (ends[0], ends[1]), second.count, second.n)


def table(first: Part, second: Part) -> pd.DataFrame:
    """Both factors and their product, a row each."""
    parts = {
        "the event of the first half happens": first,
        "an act cites it, given that it happens": second,
        "both: the strict reading": product(first, second),
    }
    rows = [
        {"factor": name, "counted": part.count, "of": part.n, "probability": part.probability,
         "low": part.interval[0], "high": part.interval[1]}
        for name, part in parts.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)
