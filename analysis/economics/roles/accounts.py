"""What accounts and contracts say of NVIDIA, Anthropic and CoreWeave (c51, c52, c53).

Readings chosen before the figures were computed:

- NVIDIA's *fiscal year* ends with its fourth quarter, in the last days of January: the four
  quarters to then, over the four before.
- Anthropic's *disclosed compute commitments* are all rows of the table that bear its name and a
  value: purchases and its own investment in data centres, whether stated by a party (``PAGES``)
  or reported. They run over several years. Its revenue is the annualised figure of the latest day.
- CoreWeave's ratio takes property and equipment at the end of the last fiscal year whose revenue
  is in the tables too.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.errors import InputError

QUARTERS = 4
JANUARY = 1
ANTHROPIC = "Anthropic"
PAGES = ("https://www.anthropic.com/", "https://blogs.microsoft.com/")
"""Where the parties themselves announce: what is cited from there counts as confirmed."""
READINGS = ("all with a value", "purchases alone", "confirmed alone", "confirmed purchases alone")


def data_centre_growth(accounts: pd.DataFrame) -> Answer:
    """NVIDIA's data-centre revenue, last whole fiscal year over the year before (c51).

    Raises:
        InputError: without eight quarters up to the end of a fiscal year.
    """
    own = accounts[
        (accounts["company"] == "NVDA")
        & (accounts["measure"] == "data_centre_revenue")
        & (accounts["period"] == "quarter")
    ].sort_values("period_end")
    ends = own.index[own["period_end"].dt.month == JANUARY]
    if ends.empty:
        raise InputError("accounts", "has no fiscal year of NVIDIA known by this day")
    quarters = own.loc[: ends[-1]].tail(2 * QUARTERS)
    if len(quarters) < 2 * QUARTERS:
        raise InputError("accounts", "has no two fiscal years of NVIDIA known by this day")
    now, then = (part["value_usd"].sum() for part in (quarters.tail(4), quarters.head(4)))
    day = quarters["period_end"].iloc[-1]
    return Answer(
        float(now / then), None, len(quarters),
        "sum of four quarters over the four before, company's results",
        f"Fiscal year to {day:%d %B %Y}. Growth shows that customers still buy; it does not show"
        " that they are locked in.",
        str(quarters["grade"].max()),
        detail={"revenue_usd": float(now), "before_usd": float(then)},
    )  # fmt: skip


def commitments(contracts: pd.DataFrame, reading: str = READINGS[0]) -> pd.DataFrame:
    """Anthropic's commitments with a value, under one of ``READINGS``.

    Raises:
        InputError: for an unknown reading, or when none with a value is known.
    """
    if reading not in READINGS:
        raise InputError("reading", f"must be one of {', '.join(READINGS)}")
    kept = (contracts["customer"] == ANTHROPIC) & contracts["value_usd"].notna()
    if "purchases" in reading:
        kept &= contracts["kind"] == "purchase"
    if "confirmed" in reading:
        kept &= contracts["source"].str.startswith(PAGES)
    if not kept.any():
        raise InputError("contracts", "has no commitment with a value known by this day")
    return contracts[kept].sort_values("refers_to", kind="stable")


def annualised(accounts: pd.DataFrame, company: str = ANTHROPIC) -> pd.Series:
    """The latest annualised revenue of a lab: its row.

    Raises:
        InputError: when none is known.
    """
    own = accounts[
        (accounts["company"] == company)
        & (accounts["measure"] == "revenue")
        & (accounts["scope"] == "company")
        & (accounts["period"] == "rate")
    ]
    if own.empty:
        raise InputError("accounts", f"has no annualised revenue of {company} known by this day")
    return own.sort_values(["refers_to", "known_from"]).iloc[-1]


def committed_over_revenue(
    contracts: pd.DataFrame, accounts: pd.DataFrame, reading: str = READINGS[0]
) -> Answer:
    """Disclosed compute commitments of Anthropic over its annualised revenue (c52).

    Raises:
        InputError: without a commitment with a value, or without revenue.
    """
    rows, revenue = commitments(contracts, reading), annualised(accounts)
    total = float(rows["value_usd"].sum())
    return Answer(
        total / float(revenue["value"]), None, len(rows),
        f"sum of commitments ({reading}) over the latest annualised revenue",
        f"Commitments to {rows['refers_to'].max():%B %Y} against a rate of"
        f" {revenue['refers_to']:%B %Y}; they run over years, some end dates are not public, and"
        " capacity without a price, and what can be left at short notice, is left out.",
        max(str(rows["grade"].max()), str(revenue["grade"])),
        detail={"committed_usd": total, "revenue_usd": float(revenue["value"])},
    )  # fmt: skip


def readings(contracts: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """The ratio of ``committed_over_revenue`` under each reading that has a commitment."""
    rows = []
    for reading in READINGS:
        try:
            found = committed_over_revenue(contracts, accounts, reading)
        except InputError:
            continue
        billions = {
            name.replace("_usd", "_usd_bn"): v / 1e9 for name, v in (found.detail or {}).items()
        }
        rows.append({"reading": reading, "contracts": found.n, **billions, "ratio": found.estimate})
    return pd.DataFrame(rows)


def asset_intensity(accounts: pd.DataFrame) -> Answer:
    """CoreWeave's property and equipment over the revenue of the same fiscal year (c53).

    Raises:
        InputError: without a balance sheet, or without the year's revenue.
    """
    own = accounts[accounts["company"] == "CRWV"]
    assets = own[own["measure"] == "property_and_equipment"].set_index("period_end")
    sales = own[(own["measure"] == "revenue") & (own["period"] == "year")].set_index("period_end")
    days = assets.index.intersection(sales.index)
    if days.empty:
        raise InputError("accounts", "has no balance sheet of CoreWeave known by this day")
    owned, sold = assets.loc[days.max()], sales.loc[days.max()]
    return Answer(
        float(owned["value_usd"] / sold["value_usd"]), None, 1,
        "property and equipment over revenue, annual report by way of a page that quotes it",
        f"Fiscal year {days.max():%Y}. Data centres that it leases are not in it; the report's"
        " words on its one supplier are not in the tables.",
        max(str(owned["grade"]), str(sold["grade"])),
        detail={"assets_usd": float(owned["value_usd"]), "revenue_usd": float(sold["value_usd"])},
    )  # fmt: skip
