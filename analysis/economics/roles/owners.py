"""The facts on Microsoft and CoreWeave, which own what computing runs on."""

from __future__ import annotations

import pandas as pd

from analysis.economics.roles import accounts as accounts_of
from analysis.economics.roles import split
from analysis.economics.roles.firms import LISTED
from analysis.economics.roles.known import (
    AGAINST,
    FITS,
    OPEN,
    THIRD,
    Entry,
    Known,
    entry,
    fact,
    number,
)
from analysis.errors import InputError

RATE_CARDS = "public rate cards, gpu-price-index"


def capital(known: Known) -> Entry:
    """Microsoft's capital spending of four quarters, and its place among the firms known."""
    spent, own = _year_spend(known, "MSFT")
    firms = {firm.name: split.owned(known.accounts, firm)[0] for firm in LISTED.values()}
    place = 1 + sum(value > spent for name, value in firms.items() if name != "Microsoft")
    words = f"{spent / 1e9:.0f} billion USD in four quarters, place {place} of the firms known"
    return entry(own.iloc[-1], words, FITS if place <= 4 else AGAINST)


def exclusive(known: Known) -> Entry:
    """Whether the last announcement leaves the licence exclusive."""
    row = fact(known, *known.facts.loc[known.facts["topic"] == "exclusive_licence", "fact"])
    return entry(row, str(row["statement"]), FITS if row["value"] == 1 else AGAINST)


def backlog(known: Known) -> Entry:
    """OpenAI's share in Microsoft's contracted revenue."""
    row = fact(known, "microsoft_backlog_openai_share")
    words = f"OpenAI is {row['value']:.0f}% of contracted revenue to come"
    return entry(row, words, FITS if row["value"] / 100 > THIRD else OPEN)


def intensity(known: Known) -> Entry:
    """Capital spending over revenue, four quarters, now and a year before."""
    _, own = _year_spend(known, "MSFT")
    sales = known.accounts[
        (known.accounts["company"] == "MSFT")
        & (known.accounts["measure"] == "revenue_from_customers")
    ]
    both = own.merge(sales, on="period_end", suffixes=("", "_sales")).tail(8)
    if len(both) < 8:
        raise InputError("accounts", "has no two years of spending and revenue by this day")
    now, then = (
        part["value_usd"].sum() / part["value_usd_sales"].sum()
        for part in (both.tail(4), both.head(4))
    )
    words = f"{now:.0%} of revenue, {then:.0%} the year before"
    return entry(both.iloc[-1], words, FITS if now > then else AGAINST)


def assets(known: Known) -> Entry:
    """CoreWeave's property and equipment over revenue (c53)."""
    ratio = number(accounts_of.asset_intensity(known.accounts))
    own = known.accounts[known.accounts["company"] == "CRWV"]
    row = own[own["measure"] == "property_and_equipment"].sort_values("period_end").iloc[-1]
    owned = f"owns {row['value_usd'] / 1e9:.1f} billion USD of equipment"
    words = f"{owned}, {ratio:.1f} times a year's revenue"
    says = AGAINST if ratio > 1 else FITS if ratio < 0.5 else OPEN
    return entry(row, words, says)


def nvidia_only(known: Known) -> Entry:
    """What the registration statement says of NVIDIA."""
    row = fact(known, "nvidia_stake_in_coreweave")
    words = f"its fleet is described as NVIDIA's, which held {row['value']:.0f}% of the firm"
    return entry(row, words, FITS)


def commodity(known: Known) -> Entry:
    """Rent of one H100-hour, now and a year before."""
    rows = known.rents[(known.rents["gpu"] == "H100") & known.rents["usd_per_gpu_hour"].notna()]
    rows = rows.sort_values("refers_to", kind="stable")
    if rows.empty:
        raise InputError("rents", "has no rent of an H100 known by this day")
    last = rows.iloc[-1]
    before = rows[rows["refers_to"] == last["refers_to"] - pd.DateOffset(years=1)]
    if before.empty:
        raise InputError("rents", "has no rent of a year before")
    now, then = last["usd_per_gpu_hour"], before["usd_per_gpu_hour"].iloc[0]
    words = f"an H100-hour rents at {now:.2f} USD, {then:.2f} a year before"
    says = FITS if now < then else AGAINST
    return Entry(words, last["refers_to"], RATE_CARDS, "B", says)


def _year_spend(known: Known, ticker: str) -> tuple[float, pd.DataFrame]:
    own = known.accounts[
        (known.accounts["company"] == ticker)
        & (known.accounts["measure"] == "capital_expenditure")
        & (known.accounts["period"] == "quarter")
    ].sort_values("period_end")
    if len(own) < 4:
        raise InputError("accounts", f"has no year of capital spending of {ticker} by this day")
    return float(own["value_usd"].tail(4).sum()), own
