"""What the ledger records on brokers: the count of strict events, and the two chances."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.brokerage.held import WINDOW_END, WINDOW_START, meets_lenient, meets_strict
from analysis.economics.brokerage.odds import LENIENT_CLASSES, SIZE_CLASSES, Odds, Record, odds

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
    return {
        **shared,
        "probability": found.probability,
        "interval": found.interval,
        "n": found.count,
        "method": "met on record" if found.met else "Poisson rate of the market, Jeffreys' prior",
        "reason": _strict_reason() if rule == "strict" else _lenient_reason(found),
        "reference_class": _class(rule, found),
        "grade": _grade(record, found),
        "level": choices.get("level", 0.95),
    }


def _strict_reason() -> str:
    return (
        "It rests on no event: it is what the prior leaves after that many empty months, and the"
        " class does not ask for novelty, architectures or customers' own capacity."
    )


def _lenient_reason(found: Odds) -> str:
    if found.met:
        return (
            "A router of model calls was valued at more than a billion in the window, and its"
            " hosts run several architectures; if a broker has to place the work itself, the rule"
            " is not met."
        )
    return "No firm on record is known to meet all conditions; most valuations are not on record."


def _class(rule: str, found: Odds) -> str:
    if found.met:
        return f"firms that meet the rule inside the window: {found.count}"
    what = (
        "brokers and routers of any age in the table with a billion USD of yearly revenue"
        if rule == "strict"
        else "independent brokers valued at a billion USD that place work on two architectures"
    )
    return f"{what}: {found.count} in {found.exposure:.0f} months since January 2023"


def _grade(record: Record, found: Odds) -> str:
    firms = record.firms
    return str((firms[meets_lenient(firms)] if found.met else firms)["grade"].max())


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")
