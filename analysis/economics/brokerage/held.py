"""Every known broker held against the conditions of the second prediction.

The readings. Whoever sold brokered capacity or routed calls before the window began
is not new: a year of founding, the day of its row, or a listing in the price lists tells. Makers of
accelerators stand for architectures. Gathering capacity of several clouds counts as routing
workloads; passing model calls on does not. The number of vendors is not in the table: it is on
record for nobody, and rules nobody out. In the lenient reading a broker has the architectures that
its hosts have; the narrower one asks that it places the work on them itself. The rule leaves
this open, and it was chosen when the valuation of a router was known, so both are carried along.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.observed import last_day as last_day
from analysis.errors import InputError

WINDOW_START = pd.Timestamp(2026, 4, 1)
WINDOW_END = pd.Timestamp(2029, 4, 30)
SIZE_USD = 1e9
COMPUTE = ("GPU time", "workloads")
ROUTING = (*COMPUTE, "model calls", "inference software")
LENIENT = ("hosts count", "own placing")
YES, NO, UNKNOWN = "yes", "no", "not on record"
STRICT = {
    "independent": "independent",
    "compute": "routes workloads",
    "new": "new since April 2026",
    "vendors": "three vendors or more",
    "architectures": "two architectures or more",
    "own_capacity": "customers' own capacity",
    "size": "a billion USD of revenue",
}
_LENIENT = {"independent": "independent", "routing": "a broker or router",
            "architectures": "two architectures", "valued": "valued at a billion USD"}  # fmt: skip


def held(brokers: pd.DataFrame, first_listed: pd.Series) -> pd.DataFrame:
    """Each firm with the conditions of both readings: yes, no or not on record.

    Args:
        brokers: as loaded.
        first_listed: first day in the price lists, by host (``first_listings``).

    Raises:
        InputError: when no firm is known.
    """
    if brokers.empty:
        raise InputError("brokers", "has no firm known by this day")
    answers = {"not checked": UNKNOWN}
    several = brokers["accelerator_makers"].map({"several": YES, "one": NO, "not checked": UNKNOWN})
    frame = pd.DataFrame(
        {
            "firm": brokers["firm"],
            "day": brokers["refers_to"],
            "grade": brokers["grade"],
            "brokers": brokers["brokers"],
            "independent": brokers["independent"].replace(answers),
            "compute": _answer(brokers["brokers"].isin(COMPUTE)),
            "routing": _answer(brokers["brokers"].isin(ROUTING)),
            "new": _new(brokers, first_listed),
            "vendors": UNKNOWN,
            "architectures": several,
            "own_capacity": brokers["customer_capacity"].replace(answers),
            "size": _reaches(brokers["revenue_usd_year"]),
            "valued": _reaches(brokers["valuation_usd"]),
            "revenue_usd_year": brokers["revenue_usd_year"],
            "valuation_usd": brokers["valuation_usd"],
        }
    )
    return frame.sort_values("firm", ignore_index=True)


def first_listings(*events: pd.DataFrame) -> pd.Series:
    """First day on which each host is in a price list."""
    rows = pd.concat([frame[["host", "refers_to"]] for frame in events])
    return rows.groupby("host")["refers_to"].min()


def meets_strict(frame: pd.DataFrame) -> pd.Series:
    """Firms of ``held`` for which every condition is on record and met, vendors apart."""
    names = [name for name in STRICT if name != "vendors"]
    return (frame[names] == YES).all(axis=1)


def meets_lenient(frame: pd.DataFrame, definition: str = LENIENT[0]) -> pd.Series:
    """Firms that are independent, route, cover two architectures and are worth a billion USD.

    Raises:
        InputError: for an unknown definition.
    """
    if definition not in LENIENT:
        raise InputError("definition", f"must be one of {', '.join(LENIENT)}")
    met = (frame[list(_LENIENT)] == YES).all(axis=1)
    return met if definition == LENIENT[0] else met & (frame["brokers"] == "workloads")


def against_the_rule(frame: pd.DataFrame) -> pd.DataFrame:
    """Each firm, and the first condition of each reading that it fails."""
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "firm": frame["firm"],
            "brokers": frame["brokers"],
            "grade": frame["grade"],
            "strict_fails_first": [_first(row, STRICT) for row in rows],
            "lenient_fails_first": [_first(row, _LENIENT) for row in rows],
            "revenue_million_usd": frame["revenue_usd_year"] / 1e6,
            "valuation_million_usd": frame["valuation_usd"] / 1e6,
        }
    )


def by_condition(frame: pd.DataFrame) -> pd.DataFrame:
    """How many firms meet each condition of the strict rule, fail it, or have no record of it."""
    counts = [{"condition": words, **{a: int((frame[name] == a).sum())
               for a in (YES, NO, UNKNOWN)}} for name, words in STRICT.items()]  # fmt: skip
    return pd.DataFrame(counts)


def _new(brokers: pd.DataFrame, first_listed: pd.Series) -> pd.Series[str]:
    founded = pd.to_numeric(brokers["founded"], errors="coerce")
    hosts = brokers["firm"].str.lower().str.replace(" ", "")
    listed = pd.Series(first_listed.reindex(hosts).to_numpy(), index=brokers.index)
    first = brokers["refers_to"].where(~(listed < brokers["refers_to"]), listed)
    old = (founded < WINDOW_START.year) | (first < WINDOW_START)
    new = founded > WINDOW_START.year
    return pd.Series(np.select([old, new], [NO, YES], UNKNOWN), index=brokers.index)


def _reaches(sums: pd.Series[float]) -> pd.Series[str]:
    found = np.select([sums >= SIZE_USD, sums < SIZE_USD], [YES, NO], UNKNOWN)
    return pd.Series(found, index=sums.index)


def _answer(met: pd.Series[bool]) -> pd.Series[str]:
    return met.map({True: YES, False: NO})


def _first(row: Mapping[Hashable, Any], conditions: Mapping[str, str]) -> str:
    failed = [words for name, words in conditions.items() if row[name] == NO]
    if failed:
        return failed[0]
    blank = [words for name, words in conditions.items() if row[name] == UNKNOWN]
    return f"none; not on record: {blank[0]}" if blank else "none: it meets the rule"
