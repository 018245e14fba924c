"""What the ledger records on the first prediction, and the two labs that it names."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.consolidation.cohort import COHORT_START, at_risk
from analysis.economics.consolidation.deals import WINDOW_ENDS, events
from analysis.economics.consolidation.odds import LABS, OPEN, Record, odds
from analysis.methods.events import probability_at_least_one

NAMED = ("Anthropic", "Cohere")
END = pd.Timestamp(WINDOW_ENDS[36])
METHOD = "deals held against the conditions of the rule"
NO_CLASS = (
    "It has no probability of its own: no dated list gives the reasons that the filings of past"
    " purchases state. That of a strict event is its upper bound."
)


def purchase(record: Record, chances: pd.DataFrame, rates: pd.DataFrame) -> Answer:
    """Events under the strict rule in the window (p1).

    The count once there is one, or once the whole window has been observed; no estimate before.
    The chances and rates (``odds.table``, ``odds.rates``) go into the detail.
    """
    detail = {**_seen(record), "chances": _rows(chances), "rates": _rows(rates)}
    inside, looked = _in_window(record, "strict"), _signed_in_window(record)
    if inside or record.end >= END:
        reason = f"{looked} deals signed in the window were held against the rule."
        return Answer(inside, None, looked, METHOD, reason, record.grade, detail=detail)
    reason = f"{_nothing_yet(record, looked)} The probabilities are in the notebook."
    return Answer(None, None, looked, METHOD, reason, record.grade, detail=detail)


def for_compute(record: Record, chances: pd.DataFrame) -> Answer:
    """Events under the strict rule whose filings name compute cost (p1b).

    None once the whole window has passed without a strict event. After one, its filings have to be
    read: no table has the reasons that they give, so the answer stays empty.
    """
    strict = chances[chances["definition"] == "strict"]
    bounds = {
        f"{m}_months": p for m, p in zip(strict["months"], strict["probability"], strict=True)
    }
    detail = {**_seen(record), "probability_at_most": bounds}
    inside, looked, grade = _in_window(record, "strict"), _signed_in_window(record), record.grade
    if inside:
        why = "The filings of the purchase have to be read; no table has their reasons."
        return Answer(None, None, looked, METHOD, why, grade, detail=detail)
    if record.end >= END:
        return Answer(0, None, looked, METHOD, "No strict event happened.", grade, detail=detail)
    reason = f"{_nothing_yet(record, looked)} {NO_CLASS}"
    return Answer(None, None, looked, METHOD, reason, grade, detail=detail)


def named(record: Record, rounds: pd.DataFrame) -> pd.DataFrame:
    """The two labs that the article names: independent or not, and what they were last worth."""
    priced = rounds[rounds["valuation_usd"].notna() & (rounds["status"] == "closed")]
    rows = []
    for lab in NAMED:
        state = record.labs[record.labs["lab"] == lab]
        known = priced[(priced["company"] == lab) & (priced["refers_to"] <= record.end)]
        latest = known.sort_values("refers_to", kind="stable").tail(1)
        rows.append(
            {
                "lab": lab,
                "independent": bool(len(state) and state["left"].isna().all()),
                "last_valuation_billion_usd": latest["valuation_usd"].sum(min_count=1) / 1e9,
                "valued_on": "".join(latest["refers_to"].dt.strftime("%Y-%m-%d")),
                "grade": "".join(latest["grade"]),
            }
        )
    return pd.DataFrame(rows)


def one_lab(record: Record, *, closing_months: float, level: float = 0.95) -> pd.DataFrame:
    """The chance that one given lab is bought under the strict rule, by the rate of all labs.

    1 - (T / (T + w))^(k + ½) with T in lab-months and w the months ahead of one lab.

    Raises:
        InputError: when no lab was at risk, or the window is over.
    """
    rows = []
    for horizon in WINDOW_ENDS:
        every = odds(
            record, "strict", horizon, closing_months=closing_months, exposure=LABS, level=level
        )
        ahead = every.ahead / at_risk(record.labs)
        own = probability_at_least_one(every.count, every.exposure, ahead, level=level)
        rows.append(
            {
                "months": horizon,
                "lab_months": every.exposure,
                "probability": own.probability,
                "low": own.interval[0],
                "high": own.interval[1],
            }
        )
    return pd.DataFrame(rows)


def largest_prices(deals: pd.DataFrame, record: Record) -> pd.DataFrame:
    """The largest sum paid, billion USD: in a strict event, in a broad one, in any closed deal."""
    found = {
        name: events(record.deals, name, COHORT_START, record.end) for name in ("strict", "broad")
    }
    closed = {"any closed deal in the table": deals[deals["closed"] & (deals["day"] <= record.end)]}
    rows = [
        {"among": name, "billion_usd": frame["value_usd"].max() / 1e9}
        for name, frame in (found | closed).items()
    ]
    return pd.DataFrame(rows)


def _in_window(record: Record, definition: str) -> int:
    return len(events(record.deals, definition, OPEN, min(record.end, END)))


def _signed_in_window(record: Record) -> int:
    return int(record.deals["signed"].between(OPEN, min(record.end, END)).sum())


def _nothing_yet(record: Record, looked: int) -> str:
    last = f"{record.end.day} {record.end:%B %Y}"
    if record.end < OPEN:
        return f"The window had not begun on {last}, the last day observed."
    return (
        f"No strict event among the {looked} deals found that were signed from 1 April 2026 to"
        f" {last}, the last day observed; until the window ends that decides nothing."
    )


def _seen(record: Record) -> dict[str, Any]:
    return {"observed_through": f"{record.end:%Y-%m-%d}", "events": _in_window(record, "strict")}


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")
