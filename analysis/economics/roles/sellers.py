"""The facts on NVIDIA, which sells what computing runs on."""

from __future__ import annotations

from analysis.economics.roles import accounts as accounts_of
from analysis.economics.roles.known import AGAINST, FITS, OPEN, Entry, Known, entry, number
from analysis.errors import InputError

COMPILED = "Epoch AI, AI chip sales"
DESIGNERS = ["AMD", "Amazon", "Google", "NVIDIA"]
"""Designers whose sales are known by quarter over the longest time."""
QUARTERS, NOTABLE = 4, 0.02


def seller_share(known: Known) -> Entry:
    """NVIDIA's share of the computing power sold by the designers counted, on their last day."""
    wide = known.chips.pivot_table(
        index="refers_to", columns="designer", values="h100_equivalents_median"
    )
    held = wide.reindex(columns=[name for name in DESIGNERS if name in wide]).dropna()
    if held.empty or "NVIDIA" not in held:
        raise InputError("chips", "has no sales of NVIDIA and others by this day")
    last = held.iloc[-1]
    share = float(last["NVIDIA"] / last.sum())
    words = f"{share:.0%} of the computing power that {len(last)} designers sold since 2022"
    return Entry(words, held.index.max(), COMPILED, "B", FITS if share > 0.5 else AGAINST)


def growth(known: Known) -> Entry:
    """Growth of NVIDIA's data-centre revenue; a tie by software it does not show."""
    found = accounts_of.data_centre_growth(known.accounts)
    factor = number(found)
    own = known.accounts[
        (known.accounts["company"] == "NVDA") & (known.accounts["measure"] == "data_centre_revenue")
    ]
    ends = own[own["period_end"].dt.month == accounts_of.JANUARY].sort_values("period_end")
    words = f"data-centre revenue times {factor:.2f} in a fiscal year; no figure on the tie"
    says = OPEN if factor > 1 else AGAINST
    return Entry(words, ends["period_end"].iloc[-1], "company's results", found.grade, says)


def blackwell(known: Known) -> Entry:
    """First public offer of B200."""
    rows = known.facts[known.facts["fact"].isin(["b200_on_amazon", "b200_rate_cards"])]
    if rows.empty:
        raise InputError("facts", "has no offer of B200 by this day")
    row = rows.sort_values(["grade", "refers_to"]).iloc[0]
    return entry(row, str(row["statement"]), FITS)


def other_suppliers(known: Known) -> Entry:
    """The largest contract in the tables for chips of another designer."""
    rows = known.contracts[
        known.contracts["supplier"].str.contains("Google|Broadcom")
        & known.contracts["capacity_mw"].notna()
    ].sort_values("capacity_mw", kind="stable")
    if rows.empty:
        raise InputError("contracts", "has no capacity on other chips known by this day")
    row = rows.iloc[-1]
    words = (
        f"{row['customer']} took {row['capacity_mw'] / 1000:.1f} GW of capacity on chips of"
        f" {row['supplier']}"
    )
    return entry(row, words, FITS)


def share_of_sales(known: Known) -> Entry:
    """NVIDIA's share of what four designers sold in four quarters and before."""
    wide = known.chips.pivot_table(
        index="refers_to", columns="designer", values="h100_equivalents_median"
    )
    sold = wide.reindex(columns=DESIGNERS).dropna().diff().dropna()
    if len(sold) <= QUARTERS:
        raise InputError("chips", "has no year of sales of four designers by this day")
    now, then = sold.tail(QUARTERS).sum(), sold.iloc[:-QUARTERS].sum()
    share, before = float(now["NVIDIA"] / now.sum()), float(then["NVIDIA"] / then.sum())
    words = (
        f"NVIDIA sold {share:.0%} of what four designers sold in four quarters, {before:.0%} in"
        f" the {len(sold) - QUARTERS} before"
    )
    says = OPEN if abs(share - before) < NOTABLE else FITS if share < before else AGAINST
    return Entry(words, sold.index.max(), COMPILED, "B", says)


def challengers(known: Known) -> Entry:
    """The dearest deal by which a maker of chips took in a challenger: a threat, and its end."""
    rows = known.deals[
        known.deals["target"].isin(["Groq", "Enfabrica", "Modular"])
        & (known.deals["acquirer_kind"] == "hardware")
    ]
    if rows.empty:
        raise InputError("deals", "has no deal over a challenger known by this day")
    row = rows.sort_values("value_usd", na_position="first", kind="stable").iloc[-1]
    price = f" for {row['value_usd'] / 1e9:.1f} billion USD" if row["value_usd"] > 0 else ""
    words = f"{row['target']} went to {row['acquirer']} ({row['structure']}){price}"
    return entry(row, words, OPEN)
