"""The causal link of the second half of prediction 3: does an official text cite the event?

Reading chosen before the odds were computed: the chance that the event of the first half happens,
times the chance that an official text on the energy of AI cites it. The latter counts past changes
of consumer services whose kind and size meet the first rule (more than twice the price, or half of
free use gone), and how many of them an act on energy cites.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.economics.price_events import odds as price_odds
from analysis.economics.price_events.against_rule import STRICT, held
from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.validate import Vector

DRAWS = 100_000


@dataclass(frozen=True, eq=False)
class Part:
    """A probability with its interval, the count behind it, and the draws that both come from."""

    probability: float
    interval: tuple[float, float]
    count: int
    n: int
    of: str
    draws: Vector


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
    draws = np.random.default_rng(1).beta(k + 0.5, n - k + 0.5, DRAWS)
    return Part((k + 0.5) / (n + 1), (low, high), k, n, f"{n} changes", draws)


def event(events: pd.DataFrame, *, level: float = 0.95) -> Part:
    """Chance of the strict event of p3a in its window, as the notebook on price events has it.

    Raises:
        InputError: as ``price_events.odds.odds``.
    """
    seen = price_odds.record(held(events), events.attrs["observed_through"], events.attrs["as_of"])
    one = price_odds.odds(seen, STRICT[0], level=level)
    rates = np.random.default_rng(2).gamma(one.count + 0.5, 1 / one.exposure, DRAWS)
    draws = np.ones(DRAWS) if one.in_window else -np.expm1(-rates * one.ahead)
    months = f"{one.exposure:.0f} months"
    return Part(one.probability, one.interval, one.count, len(seen.events), months, draws)


def product(first: Part, second: Part, *, level: float = 0.95) -> Part:
    """Both happen: the product of the probabilities, and the interval of the product of draws.

    The two posteriors are independent, since they count different things; the product of the ends
    of both intervals would be wider than ``level``.
    """
    draws, tail = first.draws * second.draws, (1 - validate.level("level", level)) / 2
    low, high = (float(end) for end in np.quantile(draws, [tail, 1 - tail]))
    probability = first.probability * second.probability
    return Part(probability, (low, high), second.count, second.n, second.of, draws)


def table(first: Part, second: Part, *, level: float = 0.95) -> pd.DataFrame:
    """Both factors and their product, a row each."""
    parts = {
        "the event of the first half happens": first,
        "an act cites it, given that it happens": second,
        "both: the strict reading": product(first, second, level=level),
    }
    rows = [
        {"factor": name, "counted": part.count, "of": part.of, "probability": part.probability,
         "low": part.interval[0], "high": part.interval[1]}
        for name, part in parts.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)
