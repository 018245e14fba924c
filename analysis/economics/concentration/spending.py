"""Firms by capital spending (c41).

Reading chosen before the result was seen. Capital spending: cash capital expenditure of the last
four quarters reported by the day; a firm of which fewer quarters are known enters with the
largest of its latest year, four times its latest quarter, and all it owns: more than it spent, as
spending rises.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError

DECIDED = "2026-04-30"
NAMED = {"MSFT": "Microsoft", "GOOGL": "Google", "AMZN": "Amazon", "META": "Meta"}
OTHERS = {
    "ORCL": "Oracle", "CRWV": "CoreWeave", "NVDA": "NVIDIA", "AMD": "AMD", "AVGO": "Broadcom",
    "BABA": "Alibaba", "TCEHY": "Tencent",
}  # fmt: skip
CAPEX, STOCK = "capital_expenditure", "property_and_equipment"
YEAR_DAYS = 290
"""Days within which the ends of four consecutive quarters lie."""


def capital_spending(accounts: pd.DataFrame, by: Any = DECIDED) -> pd.DataFrame:
    """Capital spending of each firm, largest first: firm, billion_usd, basis, to.

    ``basis`` is "four quarters", or says what stands in for them.

    Raises:
        InputError: when no firm has four quarters.
    """
    known = accounts[accounts["known_from"] <= pd.Timestamp(by)]
    rows = [_spending(name, part) for name, part in known.groupby("company")]
    found = pd.DataFrame([row for row in rows if row])
    if found.empty or (found["basis"] != "four quarters").all():
        raise InputError("accounts", f"no firm has four quarters reported by {by}")
    return found.sort_values("billion_usd", ascending=False, ignore_index=True, kind="stable")


def in_top_four(accounts: pd.DataFrame, by: Any = DECIDED) -> Answer:
    """How many of the four named firms are the four that spend most (c41).

    Raises:
        InputError: as ``capital_spending``, when one of the four has fewer quarters, or no
            other firm is known.
    """
    ranked = capital_spending(accounts, by)
    whole = ranked.loc[ranked["basis"] == "four quarters", "firm"]
    if absent := [name for name in NAMED.values() if name not in set(whole)]:
        raise InputError("accounts", f"fewer than four quarters of {', '.join(absent)}")
    if len(ranked) <= len(NAMED):
        raise InputError("accounts", "has no fifth firm to rank the four against")
    top = ranked["firm"].head(4)
    fourth, fifth = ranked.iloc[3], ranked.iloc[4]
    return Answer(
        estimate=int(top.isin(NAMED.values()).sum()),
        interval=None,
        n=len(ranked),
        method="cash capital expenditure of the last four quarters, ranked",
        reason=(
            f"The fourth spent {fourth['billion_usd']:.0f} billion USD; the next,"
            f" {fifth['firm']}, about {fifth['billion_usd']:.0f}. Only firms in the table are"
            " ranked, and spending is not split into AI and the rest"
        ),
        grade=str(accounts.loc[accounts["measure"] == CAPEX, "grade"].max()),
        detail={row["firm"]: row["billion_usd"] for row in ranked.to_dict("records")},
    )


def _spending(company: Any, rows: pd.DataFrame) -> dict[str, Any] | None:
    name = NAMED.get(company, OTHERS.get(company, str(company)))
    quarters = figures_of(rows, company, CAPEX, "quarter").sort_values("refers_to")
    last = quarters.tail(4)
    span = (last["refers_to"].max() - last["refers_to"].min()).days if len(last) == 4 else 0
    if 0 < span <= YEAR_DAYS:
        return _row(name, last["value_usd"].sum(), "four quarters", last["refers_to"].max())
    bounds = [
        _row(name, 4 * row["value_usd"], "four times its last quarter", row["refers_to"])
        for row in quarters.tail(1).to_dict("records")
    ]
    for measure, period, words in (
        (CAPEX, "year", "its last year reported"),
        (STOCK, "point", "all it owns"),
    ):
        known = figures_of(rows, company, measure, period).sort_values("refers_to").tail(1)
        bounds += [
            _row(name, r["value_usd"], words, r["refers_to"]) for r in known.to_dict("records")
        ]
    return max(bounds, key=lambda row: row["billion_usd"], default=None)


def _row(firm: str, usd: float, basis: str, to: Any) -> dict[str, Any]:
    return {"firm": firm, "billion_usd": float(usd) / 1e9, "basis": basis, "to": to}


def figures_of(accounts: pd.DataFrame, company: Any, measure: str, period: str) -> pd.DataFrame:
    """Rows of one company, measure and kind of period."""
    wanted = (accounts["company"] == company) & (accounts["measure"] == measure)
    return accounts[wanted & (accounts["period"] == period)]
