"""Suppliers of accelerators, by what they are paid and by what their chips compute (c93).

Readings chosen before the result was seen: NVIDIA's data-centre revenue of its latest fiscal year,
with what it sells beside the chips, against the latest year that each rival has published by the
end of that year. Broadcom's revenue from AI chips is how own chips of the clouds are valued.
"""

from __future__ import annotations

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.concentration.spending import figures_of
from analysis.errors import InputError

NAMES = {"AMD": "AMD", "AVGO": "Broadcom"}
DATA_CENTRE = "data_centre_revenue"
RIVALS = {"AMD": "accelerator_revenue", "AVGO": "ai_semiconductor_revenue"}


def suppliers(accounts: pd.DataFrame) -> pd.DataFrame:
    """Data-centre accelerator revenue by supplier: firm, billion_usd, year_to, share.

    Raises:
        InputError: when NVIDIA has no full fiscal year, or no rival has published one.
    """
    day, revenue = _fiscal_year(accounts)
    rows = [{"firm": "NVIDIA", "billion_usd": revenue / 1e9, "year_to": day}]
    for company, measure in RIVALS.items():
        mine = figures_of(accounts, company, measure, "year")
        mine = mine[mine["refers_to"] <= day].sort_values("refers_to").tail(1)
        rows += [
            {
                "firm": NAMES[company],
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
    times = found["billion_usd"].iloc[0] / found["billion_usd"].iloc[1:].sum()
    return Answer(
        estimate=float(found["share"].iloc[0]),
        interval=None,
        n=len(found),
        method="revenue of the latest fiscal year over that of all suppliers that publish it",
        reason=(
            f"Fiscal year to {found['year_to'].iloc[0]:%B %Y}, networks included; rivals: "
            + ", ".join(f"{r.firm} to {r.year_to:%B %Y}" for r in found.iloc[1:].itertuples())
            + ". Own chips of the clouds count at what Broadcom is paid; other makers of them are"
            f" missing. Rivals with {times:.1f} times that revenue would bring it to half"
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
    for end in wide.index[::-1]:
        start = end - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
        known = set(wide.columns[wide.loc[end].notna()])
        before = set(wide.columns[wide.loc[start].notna()]) if start in wide.index else set()
        if "NVIDIA" in before and len(before) > 1 and before <= known:
            year = (wide.loc[end] - wide.loc[start].fillna(0)).dropna()
            found = pd.DataFrame({"designer": year.index, "h100_equivalents": year.to_numpy()})
            found = found.assign(share=found["h100_equivalents"] / year.sum(), year_to=end)
            return found.sort_values("share", ascending=False, ignore_index=True, kind="stable")
    raise InputError("sold", "no year of chips sold is known for NVIDIA and a rival")


def _fiscal_year(accounts: pd.DataFrame) -> tuple[pd.Timestamp, float]:
    """End and revenue of NVIDIA's latest fiscal year: as published, else the sum of quarters."""
    quarters = figures_of(accounts, "NVDA", DATA_CENTRE, "quarter").set_index("refers_to")[
        "value_usd"
    ]
    years = figures_of(accounts, "NVDA", DATA_CENTRE, "year").set_index("refers_to")["value_usd"]
    sums = quarters.sort_index().rolling(4).sum().dropna()
    sums = sums[pd.DatetimeIndex(sums.index).month == 1]
    every = years.combine_first(sums)
    if every.empty:
        raise InputError("accounts", "NVIDIA has no full fiscal year known by this day")
    day = every.index.max()
    return pd.Timestamp(day), float(every[day])
