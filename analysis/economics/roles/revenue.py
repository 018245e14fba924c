"""Revenue of the last year reported over the year before, by firm and class.

Readings chosen before the figures were computed:

- *Growth* is a rate, revenue over that of the year before less one: half the growth of a firm
  that grows by 60 % is 30 %. The ratio of the factors stands beside.
- *The last year reported* of a listed firm: its last four quarters over the four before, or its
  last two fiscal years where the tables lack quarters; of several measures the one reported last,
  the whole firm's if two are as recent. Of a model firm: its last two calendar years where both
  are published, else its last annualised revenue over the one nearest to a year before
  (``NEAREST``), per year.
- Integrated and hardware firms are the rest; sellers of capacity are neither and stand apart.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.roles.firms import (
    BROADCOM,
    HARDWARE,
    INTEGRATED,
    LISTED,
    MODELS,
)  # fmt: skip
from analysis.errors import InputError

MEASURES = (
    "revenue", "revenue_from_customers", "cloud_revenue", "data_centre_revenue",
    "accelerator_revenue", "ai_semiconductor_revenue",
)  # fmt: skip
"""Revenue, from the whole firm's to that of a part."""
YEAR = 365.25
QUARTERS = 4
NEAREST = (270, 460)  # days between two figures taken as a year apart
SPAN = (600, 680)  # days from the first to the last of eight quarters in a row
COLUMNS = ["firm", "kind", "measure", "year_to", "revenue_usd", "before_usd", "factor", "grade"]
REST = (INTEGRATED, HARDWARE)


def listed(accounts: pd.DataFrame) -> pd.DataFrame:
    """Growth of each listed firm, one row a firm (``COLUMNS``)."""
    rows = []
    for ticker, firm in {**LISTED, BROADCOM.ticker: BROADCOM}.items():
        own = accounts[accounts["company"] == ticker]
        pairs = [(name, _reported(own[own["measure"] == name])) for name in MEASURES]
        found = [{"measure": name, **pair} for name, pair in pairs if pair is not None]
        if found:
            newest = max(found, key=lambda pair: pair["year_to"])
            rows.append({"firm": firm.name, "kind": firm.kind, **newest})
    return pd.DataFrame(rows, columns=COLUMNS)


def labs(accounts: pd.DataFrame, *, years: bool = True) -> pd.DataFrame:
    """Growth of each model firm, one row a firm (``COLUMNS``).

    ``years`` False takes annualised revenue alone.
    """
    own = accounts[(accounts["measure"] == "revenue") & (accounts["scope"] == "company")]
    rows = []
    for company, figures in own.groupby("company", sort=True):
        yearly = _years(figures[figures["period"] == "year"], "value") if years else None
        pair = yearly or _rates(figures[figures["period"] == "rate"])
        if pair is not None:
            measure = "year" if yearly else "annualised"
            rows.append({"firm": company, "kind": MODELS, "measure": measure, **pair})
    return pd.DataFrame(rows, columns=COLUMNS)


def both(accounts: pd.DataFrame, lab_accounts: pd.DataFrame) -> pd.DataFrame:
    """Growth of listed firms and of model firms.

    Raises:
        InputError: when no firm has two years.
    """
    found = [frame for frame in (listed(accounts), labs(lab_accounts)) if not frame.empty]
    if not found:
        raise InputError("accounts", "has no firm with two years of revenue by this day")
    return pd.concat(found, ignore_index=True)


def shown(growth: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``both`` for a reader, in billions of USD."""
    return pd.DataFrame(
        {
            "firm": growth["firm"],
            "class": growth["kind"],
            "revenue": growth["measure"].str.replace("_", " "),
            "year_to": growth["year_to"],
            "usd_bn": growth["revenue_usd"] / 1e9,
            "factor": growth["factor"],
            "grade": growth["grade"],
        }
    )


def ratio(growth: pd.DataFrame) -> Answer:
    """Median growth of model firms over that of integrated and hardware firms (c55, revenue).

    Raises:
        InputError: without a firm on either side, or if the rest did not grow.
    """
    models = growth[growth["kind"] == MODELS]
    rest = growth[growth["kind"].isin(REST)]
    if models.empty or rest.empty:
        raise InputError("growth", "has no model firm or no other firm with two years by this day")
    ours, theirs = models["factor"].median(), rest["factor"].median()
    if theirs <= 1:
        raise InputError("growth", "of the other firms is not above zero, so it has no ratio")
    detail = {
        "model_firms": float(ours),
        "rest": float(theirs),
        "ratio_of_factors": float(ours / theirs),
        "firms": {str(f): float(v) for f, v in zip(growth["firm"], growth["factor"], strict=True)},
    }
    reason = (
        f"{len(models)} model firms against {len(rest)} others; most figures of model firms are"
        " the press's, and firms that failed publish none."
    )
    return Answer(
        float((ours - 1) / (theirs - 1)), None, len(models) + len(rest),
        "ratio of median growth rates, last year reported over the year before", reason,
        _worst(pd.concat([models, rest])), detail=detail,
    )  # fmt: skip


def ratio_of(accounts: pd.DataFrame, lab_accounts: pd.DataFrame) -> Answer:
    """``ratio`` of the growth in two tables; raises as it and ``both`` do."""
    return ratio(both(accounts, lab_accounts))


def _reported(figures: pd.DataFrame) -> dict[str, Any] | None:
    quarters = figures[figures["period"] == "quarter"].sort_values(["period_end", "known_from"])
    last = quarters.drop_duplicates("period_end", keep="last").tail(2 * QUARTERS)
    found = _years(figures[figures["period"] == "year"], "value_usd", "period_end")
    if len(last) == 2 * QUARTERS:
        days = (last["period_end"].iloc[-1] - last["period_end"].iloc[0]).days
        if SPAN[0] <= days <= SPAN[1]:
            now, then = last.tail(QUARTERS), last.head(QUARTERS)
            pair = _pair(
                now["period_end"].iloc[-1], now["value_usd"].sum(), then["value_usd"].sum(), last
            )
            if found is None or pair["year_to"] >= found["year_to"]:
                return pair
    return found


def _years(figures: pd.DataFrame, value: str, day: str = "refers_to") -> dict[str, Any] | None:
    rows = figures.sort_values([day, "known_from"]).drop_duplicates(day, keep="last").tail(2)
    if len(rows) < 2 or not 350 <= (rows[day].iloc[1] - rows[day].iloc[0]).days <= 380:
        return None
    then, now = rows[value]
    return _pair(rows[day].iloc[1], now, then, rows)


def _rates(figures: pd.DataFrame) -> dict[str, Any] | None:
    rows = figures.sort_values(["refers_to", "known_from"]).drop_duplicates(
        "refers_to", keep="last"
    )
    if len(rows) < 2:
        return None
    gaps = (rows["refers_to"].iloc[-1] - rows["refers_to"]).dt.days
    near = rows[gaps.between(*NEAREST)]
    if near.empty:
        return None
    at = (gaps[near.index] - YEAR).abs().idxmin()
    now, then = rows["value"].iloc[-1], rows.loc[at, "value"]
    pair = _pair(rows["refers_to"].iloc[-1], now, then, pd.concat([rows.loc[[at]], rows.tail(1)]))
    return {**pair, "factor": float((now / then) ** (YEAR / gaps[at]))}


def _pair(day: pd.Timestamp, now: float, then: float, used: pd.DataFrame) -> dict[str, Any]:
    return {
        "year_to": day,
        "revenue_usd": float(now),
        "before_usd": float(then),
        "factor": float(now / then),
        "grade": _worst(used),
    }


def _worst(rows: pd.DataFrame) -> str:
    return str(max(rows["grade"]))
