"""The chance that a broker reaches the size of the second prediction by the end of its window.

No firm has met the strict rule, so there is no event of its own to count. The reference classes
count something wider, in months of the market:

- ``brokers on record``: any broker or router in the table, old or new, with a year's revenue of a
  billion USD. None so far: the chance is what the prior leaves after that many empty months.
- ``with CoreWeave``: the same and CoreWeave, which the article calls a broker; it owns or leases
  what it sells, over accelerators of one maker.
- ``valued at a billion``: a broker or router valued at a billion USD, which comes long before a
  year's revenue of a billion.

None asks for novelty, several architectures or customers' own capacity, so each counts more than
the event; that ten billion brokered would do without the revenue is in no table.
The lenient rule is met once a firm is on record that meets it; else its classes are the firms that
meet the narrower reading (work placed on two architectures by the broker itself) and those and
Modular, whose sale at more than a billion ended its independence.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.economics.brokerage.held import (
    LENIENT,
    WINDOW_END,
    WINDOW_START,
    YES,
    meets_lenient,
    meets_strict,
)
from analysis.economics.consolidation.cohort import months
from analysis.errors import InputError
from analysis.methods import events as counts
from analysis.methods import validate

SINCE = pd.Timestamp(2023, 1, 1)
SIZE_CLASSES = ("brokers on record", "with CoreWeave", "valued at a billion")
LENIENT_CLASSES = ("independent brokers", "with Modular")
COREWEAVE = "CRWV"


@dataclass(frozen=True, eq=False)
class Record:
    """What was seen by ``end``: the firms (``held``), and the day CoreWeave's year passed 1e9."""

    firms: pd.DataFrame
    coreweave: pd.Timestamp | None
    end: pd.Timestamp


@dataclass(frozen=True)
class Odds:
    """Probability of an event by the end of the window, and what it is made from.

    ``count`` has the events of the class, or the firms that meet the rule once there are any.
    """

    rule: str
    reference_class: str
    probability: float
    interval: tuple[float, float]
    count: int
    exposure: float
    ahead: float
    met: bool


def coreweave_day(accounts: pd.DataFrame, *, size: float = 1e9) -> pd.Timestamp | None:
    """End of the first year in which CoreWeave's revenue reached ``size``; None if not known."""
    rows = accounts[(accounts["company"] == COREWEAVE) & (accounts["measure"] == "revenue")]
    large = rows[(rows["period"] == "year") & (rows["value_usd"] >= size)]
    return None if large.empty else pd.Timestamp(large["refers_to"].min())


def event_days(record: Record, reference_class: str) -> list[pd.Timestamp]:
    """Days of the events of a class, by ``record.end``.

    Raises:
        InputError: for an unknown class.
    """
    validate.choice("reference_class", reference_class, (*SIZE_CLASSES, *LENIENT_CLASSES))
    firms = record.firms
    routing = firms["routing"] == YES
    if reference_class == SIZE_CLASSES[2]:
        days = firms.loc[routing & (firms["independent"] == YES) & (firms["valued"] == YES), "day"]
    elif reference_class in SIZE_CLASSES:
        days = firms.loc[routing & (firms["size"] == YES), "day"]
    else:
        own = meets_lenient(firms, LENIENT[1])
        sold = (firms["brokers"] == "inference software") & (firms["valued"] == YES)
        sold &= firms["architectures"] == YES
        days = firms.loc[own | (sold & (reference_class == LENIENT_CLASSES[1])), "day"]
    found = list(days)
    if reference_class == SIZE_CLASSES[1] and record.coreweave is not None:
        found.append(record.coreweave)
    return [day for day in found if day <= record.end]


def odds(
    record: Record,
    rule: str,
    reference_class: str,
    *,
    definition: str = LENIENT[0],
    lead_months: float = 0.0,
    since: pd.Timestamp = SINCE,
    prior: str = "jeffreys",
    level: float = 0.95,
) -> Odds:
    """Probability of at least one event by the end of the window.

    1 if a firm that meets the rule is on record inside the window; else
    1 - (T / (T + w))^(k + a) for k events of the class in T months to the last day observed and w
    months from then, or from the start of the window, to its end, less ``lead_months``.

    Args:
        record: what was seen.
        rule: ``strict`` or ``lenient``.
        reference_class: one of ``SIZE_CLASSES`` or ``LENIENT_CLASSES``.
        definition: of architectures in the lenient rule, as in ``held.meets_lenient``.
        lead_months: the last months of the window in which size can no longer become known.
        since: first day of the exposure.
        prior: as in ``events.probability_at_least_one``.

    Raises:
        InputError: when nothing was observed since, the window is over, there is neither an event
            nor a prior, or for an unknown rule.
    """
    validate.choice("rule", rule, ("strict", "lenient"))
    firms = record.firms
    met = meets_strict(firms) if rule == "strict" else meets_lenient(firms, definition)
    inside = met & firms["day"].between(WINDOW_START, min(record.end, WINDOW_END))
    days = [day for day in event_days(record, reference_class) if day >= since]
    time = months(since, record.end)
    if time <= 0:
        raise InputError("since", f"nothing was observed between {since:%Y-%m-%d} and the end")
    ahead = max(0.0, months(max(WINDOW_START, record.end), WINDOW_END) - lead_months)
    if inside.any():
        found = (1.0, (1.0, 1.0))
    else:
        if ahead == 0:
            raise InputError("window", "is over, or too short for the size to become known")
        if prior == "none" and not days:
            raise InputError("prior", "none gives no chance at all after no event; take another")
        chance = counts.probability_at_least_one(len(days), time, ahead, prior, level=level)
        found = (chance.probability, chance.interval)
    met_by = int(inside.sum())
    return Odds(rule, reference_class, *found, met_by or len(days), time, ahead, met_by > 0)


def table(
    record: Record, *, lead_months: float = 0.0, prior: str = "jeffreys", level: float = 0.95
) -> pd.DataFrame:
    """``odds`` of both rules under every reference class, and of both readings of the lenient."""
    cases = [("strict", name, LENIENT[0]) for name in SIZE_CLASSES]
    cases += [("lenient", LENIENT_CLASSES[0], LENIENT[0])]
    cases += [("lenient", name, LENIENT[1]) for name in LENIENT_CLASSES]
    rows = []
    for rule, name, definition in cases:
        one = odds(
            record, rule, name,
            definition=definition, lead_months=lead_months, prior=prior, level=level,
        )  # fmt: skip
        rows.append(
            {
                "rule": rule,
                "architectures": definition if rule == "lenient" else "not asked for",
                "reference_class": name,
                "events": one.count,
                "observed_months": one.exposure,
                "months_ahead": one.ahead,
                "met": "yes" if one.met else "no",
                "probability": one.probability,
                "low": one.interval[0],
                "high": one.interval[1],
            }
        )
    return pd.DataFrame(rows)
