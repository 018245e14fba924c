"""Firms by capital spending, suppliers of accelerators by revenue, and regions by electricity.

Readings chosen before the result was seen. Capital spending: cash capital expenditure of the last
four quarters reported by the day; a firm of which fewer quarters are known enters with a bound
from above, the larger of its latest year and four times its latest quarter. Accelerators: NVIDIA's
data-centre revenue of its latest fiscal year, with what it sells beside the chips, against the
latest year that each rival has published by the end of that year; Broadcom's revenue from AI chips
is how own chips of the clouds are valued.
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
DATA_CENTRE = "data_centre_revenue"
RIVALS = {"AMD": "accelerator_revenue", "AVGO": "ai_semiconductor_revenue"}
YEAR_DAYS = 290
"""Days within which the ends of four consecutive quarters lie."""


def capital_spending(accounts: pd.DataFrame, by: Any = DECIDED) -> pd.DataFrame:
    """Capital spending of each firm, largest first: firm, billion_usd, basis, to.

    ``basis`` is "four quarters", or says from what a bound was made.

    Raises:
        InputError: when no firm has four quarters.
    """
    known = accounts[accounts["known_from"] <= pd.Timestamp(by)]
    rows = [_spending(name, part) for name, part in known.groupby("company")]
    found = pd.DataFrame([row for row in rows if row])
    if found.empty or (found["basis"] != "four quarters").all():
        raise InputError("accounts", f"no firm has four quarters reported by {by}")
    return found.sort_values("billion_usd", ascending=False, ignore_index=True)


def in_top_four(accounts: pd.DataFrame, by: Any = DECIDED) -> Answer:
    """How many of the four named firms are the four that spend most (c41).

    Raises:
        InputError: as ``capital_spending``, or when one of the four has fewer quarters.
    """
    ranked = capital_spending(accounts, by)
    whole = ranked.loc[ranked["basis"] == "four quarters", "firm"]
    if absent := [name for name in NAMED.values() if name not in set(whole)]:
        raise InputError("accounts", f"fewer than four quarters of {', '.join(absent)}")
    top = ranked["firm"].head(4)
    fourth, fifth = ranked["billion_usd"].iloc[3], ranked["billion_usd"].iloc[4:5]
    below = (
        f"; the next, {ranked['firm'].iloc[4]}, at most {fifth.iloc[0]:.0f}" if len(fifth) else ""
    )
    return Answer(
        estimate=int(top.isin(NAMED.values()).sum()),
        interval=None,
        n=len(ranked),
        method="cash capital expenditure of the last four quarters, ranked",
        reason=(
            f"The fourth spent {fourth:.0f} billion USD{below}. Only firms in the table are"
            " ranked, and spending is not split into AI and the rest"
        ),
        grade=str(accounts.loc[accounts["measure"] == CAPEX, "grade"].max()),
        detail={row["firm"]: row["billion_usd"] for row in ranked.to_dict("records")},
    )


def suppliers(accounts: pd.DataFrame) -> pd.DataFrame:
    """Data-centre accelerator revenue by supplier: firm, billion_usd, year_to, share.

    Raises:
        InputError: when NVIDIA has no full fiscal year, or no rival has published one.
    """
    day, revenue = _fiscal_year(accounts)
    rows = [{"firm": "NVIDIA", "billion_usd": revenue / 1e9, "year_to": day}]
    for company, measure in RIVALS.items():
        mine = _rows(accounts, company, measure, "year")
        mine = mine[mine["refers_to"] <= day].sort_values("refers_to").tail(1)
        rows += [
            {
                "firm": OTHERS[company],
                "billion_usd": row["value_usd"] / 1e9,
                "year_to": row["refers_to"],
            }
            for row in mine.to_dict("records")
        ]
    if len(rows) == 1:
        raise InputError("accounts", "no rival's accelerator revenue is known by this day")
    found = pd.DataFrame(rows)
    return found.assign(share=found["billion_usd"] / found["billion_usd"].sum())


def nvidia_share(accounts: pd.DataFrame) -> Answer:
    """NVIDIA's share of the accelerator revenue that suppliers publish (c93).

    Raises:
        InputError: as ``suppliers``.
    """
    found = suppliers(accounts)
    measures = {DATA_CENTRE, *RIVALS.values()}
    return Answer(
        estimate=float(found["share"].iloc[0]),
        interval=None,
        n=len(found),
        method="revenue of the latest fiscal year over that of all suppliers that publish it",
        reason=(
            f"Fiscal year to {found['year_to'].iloc[0]:%B %Y}, networks included; rivals: "
            + ", ".join(f"{r.firm} to {r.year_to:%B %Y}" for r in found.iloc[1:].itertuples())
            + ". Own chips of the clouds count at what their supplier is paid"
        ),
        grade=str(accounts.loc[accounts["measure"].isin(measures), "grade"].max()),
        detail={row["firm"]: row["share"] for row in found.to_dict("records")},
    )


def chips_share(sold: pd.DataFrame) -> pd.DataFrame:
    """Share of each designer in the chips sold over the last four quarters that all known cover.

    In H100 equivalents; the series are cumulative. Chips of the clouds' own design count at what
    they can compute, which is more than what is paid for them.

    Raises:
        InputError: when NVIDIA has no two quarters a year apart.
    """
    column = "h100_equivalents_median"
    wide = sold.pivot(index="refers_to", columns="designer", values=column).sort_index()
    ends = wide.index[wide.get("NVIDIA", pd.Series(dtype=float)).notna()] if len(wide) else []
    for end in reversed(list(ends)):
        start = end - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
        if start in wide.index and wide.loc[end].notna().sum() >= wide.loc[start].notna().sum() > 1:
            year = (wide.loc[end] - wide.loc[start].fillna(0)).dropna()
            share = year / year.sum()
            found = pd.DataFrame({"designer": year.index, "h100_equivalents": year.to_numpy()})
            found = found.assign(share=share.to_numpy(), year_to=end)
            return found.sort_values("share", ascending=False, ignore_index=True)
    raise InputError("sold", "no year of chips sold is known for NVIDIA and a rival")


def regions(energy: pd.DataFrame) -> pd.DataFrame:
    """Electricity of data centres by region in the latest year measured by the IEA, in TWh.

    Raises:
        InputError: when none is known.
    """
    rows = energy[
        (energy["fact"] == "data centre electricity")
        & (energy["subject"] == "all data centres")
        & (energy["publisher"] == "IEA")
        & (energy["stage"] == "measured")
    ]
    needed = {"World", "United States", "Europe", "China"}
    years = [day for day, part in rows.groupby("refers_to") if needed <= set(part["region"])]
    if not years:
        raise InputError("energy_facts", "has no year by region known by this day")
    latest = rows[rows["refers_to"] == max(years)]
    return latest[["region", "value", "refers_to", "grade"]].sort_values("value", ascending=False)


def region_ratio(energy: pd.DataFrame, over: str, under: str) -> Answer:
    """Data-centre electricity of one region over that of another (c74).

    Raises:
        InputError: as ``regions``.
    """
    found = regions(energy).set_index("region")
    first, second = float(found.loc[over, "value"]), float(found.loc[under, "value"])
    year = found["refers_to"].iloc[0].year
    return Answer(
        estimate=first / second,
        interval=None,
        n=len(found),
        method="published electricity use of data centres by region (IEA)",
        reason=(
            f"{over} {first:.0f} TWh, {under} {second:.0f} TWh in {year}; all data centres, of"
            " which AI is a part, and electricity is not compute"
        ),
        grade=str(found["grade"].max()),
    )


def _spending(company: Any, rows: pd.DataFrame) -> dict[str, Any] | None:
    name = NAMED.get(company, OTHERS.get(company, str(company)))
    quarters = _rows(rows, company, CAPEX, "quarter").sort_values("refers_to")
    last = quarters.tail(4)
    span = (last["refers_to"].max() - last["refers_to"].min()).days if len(last) == 4 else 0
    if 0 < span <= YEAR_DAYS:
        return _row(name, last["value_usd"].sum(), "four quarters", last["refers_to"].max())
    bounds = [
        _row(name, 4 * row["value_usd"], "at most: four times its last quarter", row["refers_to"])
        for row in quarters.tail(1).to_dict("records")
    ]
    for measure, period, words in (
        (CAPEX, "year", "its last fiscal year"),
        (STOCK, "point", "at most: all it owns"),
    ):
        known = _rows(rows, company, measure, period).sort_values("refers_to").tail(1)
        bounds += [
            _row(name, r["value_usd"], words, r["refers_to"]) for r in known.to_dict("records")
        ]
    return max(bounds, key=lambda row: row["billion_usd"], default=None)


def _row(firm: str, usd: float, basis: str, to: Any) -> dict[str, Any]:
    return {"firm": firm, "billion_usd": float(usd) / 1e9, "basis": basis, "to": to}


def _fiscal_year(accounts: pd.DataFrame) -> tuple[pd.Timestamp, float]:
    """End and revenue of NVIDIA's latest fiscal year: as published, else the sum of quarters."""
    quarters = _rows(accounts, "NVDA", DATA_CENTRE, "quarter").set_index("refers_to")["value_usd"]
    years = _rows(accounts, "NVDA", DATA_CENTRE, "year").set_index("refers_to")["value_usd"]
    sums = quarters.sort_index().rolling(4).sum().dropna()
    sums = sums[sums.index.month == 1]
    every = years.combine_first(sums)
    if every.empty:
        raise InputError("accounts", "NVIDIA has no full fiscal year known by this day")
    day = every.index.max()
    return pd.Timestamp(day), float(every[day])


def _rows(accounts: pd.DataFrame, company: Any, measure: str, period: str) -> pd.DataFrame:
    wanted = (accounts["company"] == company) & (accounts["measure"] == measure)
    return accounts[wanted & (accounts["period"] == period)]
