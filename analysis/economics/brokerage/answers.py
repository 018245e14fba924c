"""What the ledger records on brokers: the count of strict events, and the two chances."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.brokerage.held import (
    LENIENT,
    WINDOW_END,
    WINDOW_START,
    meets_lenient,
    meets_strict,
)
from analysis.economics.brokerage.odds import (
    LENIENT_CLASSES,
    SIZE_CLASSES,
    Odds,
    Record,
    event_days,
    odds,
)

METHOD = "firms held against the conditions of the rule"
ONE_PRICE = (
    "The router's catalogue shows one price a model, that of one of its endpoints; its prices by"
    " host are not in the archived copies, so no ratio of hosts can be formed."
)
NOBODY = "No broker was on record by this day."


def one_price_only() -> Answer:
    """c48 on the router: the dispersion over its hosts is on record nowhere."""
    return Answer(None, None, 0, method="hosts a model in the catalogue", reason=ONE_PRICE)


def brokers(record: Record | None, chances: pd.DataFrame | None) -> Answer:
    """Firms that meet the strict rule in the window (p2).

    The count once there is one, or once the whole window has been observed; no estimate before.
    """
    if record is None or chances is None:
        return Answer(None, None, 0, METHOD, NOBODY, "C")
    firms = record.firms
    inside = firms["day"].between(WINDOW_START, min(record.end, WINDOW_END))
    events, looked = int((meets_strict(firms) & inside).sum()), len(firms)
    detail = {
        "observed_through": f"{record.end:%Y-%m-%d}",
        "events": events,
        "chances": _rows(chances),
    }
    grade = str(firms["grade"].max())
    if events or record.end >= WINDOW_END:
        reason = f"{looked} known brokers were held against the rule."
        return Answer(events, None, looked, METHOD, reason, grade, detail=detail)
    reason = (
        f"None of the {looked} known brokers meets the strict rule by {record.end.day}"
        f" {record.end:%B %Y}, the last day observed; until the window ends that decides nothing."
    )
    return Answer(None, None, looked, METHOD, reason, grade, detail=detail)


def forecast(
    record: Record | None, rule: str, *, pseudo_vintage: bool, **choices: Any
) -> dict[str, Any]:
    """What ``ledger.forecast`` takes by keyword: probability, interval, n and their reasons.

    Where the lenient rule is met only if the chips of a router's hosts count, the probability is
    that of this reading and the interval reaches down to that of the narrower one.

    Args:
        record: what was seen; None where no broker was on record yet, which leaves no chance.
        rule: ``strict`` or ``lenient``.
        pseudo_vintage: whether the table rests on rows dated back.
        choices: lead_months, prior and level of ``odds``.
    """
    shared = {
        "rule": rule,
        "window_end": f"{WINDOW_END:%Y-%m-%d}",
        "pseudo_vintage": pseudo_vintage,
    }
    if record is None:
        return {**shared, "probability": None, "interval": None, "n": 0, "reason": NOBODY}
    name = SIZE_CLASSES[0] if rule == "strict" else LENIENT_CLASSES[0]
    found = odds(record, rule, name, **choices)
    narrow = odds(record, rule, name, definition=LENIENT[1], **choices)
    spanned = min(found.interval[0], narrow.interval[0]), max(found.interval[1], narrow.interval[1])
    return {
        **shared,
        "probability": found.probability,
        "interval": spanned,
        "n": found.count,
        "method": _method(found, narrow, str(choices.get("prior", "jeffreys"))),
        "reason": _strict_reason(record) if rule == "strict" else _lenient_reason(found, narrow),
        "reference_class": _class(rule, found),
        "grade": _grade(record, found),
        "level": choices.get("level", 0.95),
    }


def _method(found: Odds, narrow: Odds, prior: str) -> str:
    name = {"jeffreys": "Jeffreys'", "uniform": "uniform"}[prior]
    rate = f"Poisson rate of the market, {name} prior"
    if not found.met:
        return rate
    return "met on record" if narrow.met else f"met on record by one reading; by the other {rate}"


def _strict_reason(record: Record) -> str:
    firms = record.firms
    if event_days(record, SIZE_CLASSES[0]):
        return "The class does not ask for novelty, architectures or customers' own capacity."
    known = int(firms["revenue_usd_year"].notna().sum())
    return (
        "It rests on no event: it is little more than the prior, and no more than its interval can"
        f" be said. Revenue is on record for {known} of {len(firms)} firms, and the class does not"
        " ask for novelty, architectures or customers' own capacity."
    )


def _lenient_reason(found: Odds, narrow: Odds) -> str:
    if narrow.met:
        return "A firm that places work on two architectures is on record at that value."
    if found.met:
        return (
            "A router of model calls was valued at more than a billion in the window, and its"
            " hosts run several architectures, both by weak sources. Met if the chips of the hosts"
            " count; if a broker has to place the work on them itself, the chance is"
            f" {narrow.probability:.0%}. The interval spans both readings."
        )
    return "No firm on record is known to meet all conditions; most valuations are not on record."


def _class(rule: str, found: Odds) -> str:
    if found.met:
        return f"firms that meet the rule inside the window: {found.count}"
    what = (
        "brokers and routers of any age in the table with a billion USD of yearly revenue on record"
        if rule == "strict"
        else "independent brokers valued at a billion USD that place work on two architectures"
    )
    return f"{what}: {found.count} in {found.exposure:.0f} months since January 2023"


def _grade(record: Record, found: Odds) -> str:
    firms = record.firms
    return str((firms[meets_lenient(firms)] if found.met else firms)["grade"].max())


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")
