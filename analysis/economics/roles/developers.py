"""The facts on Anthropic and on the community around open models."""

from __future__ import annotations

import pandas as pd

from analysis.economics.roles import accounts as accounts_of
from analysis.economics.roles import usage
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
    site,
)  # fmt: skip
from analysis.errors import InputError

RUNS = "Epoch AI, notable models"
ROUTER = "OpenRouter's ranking, captures by hanski319"


def raised(known: Known) -> Entry:
    """Equity that Anthropic raised in the year to its last closed round."""
    own = known.rounds[
        (known.rounds["company"] == accounts_of.ANTHROPIC) & (known.rounds["status"] == "closed")
    ].sort_values("refers_to", kind="stable")
    if own.empty:
        raise InputError("rounds", "has no round of Anthropic known by this day")
    day = own["refers_to"].iloc[-1]
    year = own[own["refers_to"] > day - pd.DateOffset(years=1)]
    money = year["equity_usd"].sum() / 1e9
    words = f"raised {money:.3g} billion USD in the year to its last round"
    return entry(own.iloc[-1], words, FITS if money >= 1 else OPEN)


def commitments(known: Known) -> Entry:
    """Commitments over annualised revenue (c52)."""
    found = accounts_of.committed_over_revenue(known.contracts, known.labs)
    ratio = number(found)
    rows = accounts_of.commitments(known.contracts)
    largest = rows.sort_values("value_usd", kind="stable").iloc[-1]
    words = (
        f"{rows['value_usd'].sum() / 1e9:.0f} billion USD committed, {ratio:.1f} times"
        " its annualised revenue"
    )
    return Entry(
        words, rows["refers_to"].iloc[-1], site(largest["source"]), found.grade,
        FITS if ratio > 1 else AGAINST,
    )  # fmt: skip


def burn(known: Known) -> Entry:
    """Cash used up in a year over that year's revenue."""
    row = fact(known, "anthropic_burn_2025")
    sales = known.labs[
        (known.labs["company"] == accounts_of.ANTHROPIC)
        & (known.labs["measure"] == "revenue")
        & (known.labs["period"] == "year")
        & (known.labs["refers_to"] == row["refers_to"])
    ]
    share = f", {row['value'] * 1e9 / sales['value'].iloc[-1]:.0%} of revenue" if len(sales) else ""
    words = f"expected to use up {row['value']:.1f} billion USD in {row['refers_to']:%Y}{share}"
    return entry(row, words, FITS if row["value"] > 0 else AGAINST)


def margins(known: Known) -> Entry:
    """Gross margin of the last whole year; it leaves research and staff out."""
    rows = known.labs[
        (known.labs["company"] == accounts_of.ANTHROPIC)
        & (known.labs["measure"] == "gross_margin")
        & (known.labs["period"] == "year")
    ]
    if rows.empty:
        raise InputError("labs", "has no gross margin of Anthropic known by this day")
    row = rows.sort_values("refers_to", kind="stable").iloc[-1]
    words = f"gross margin {row['value']:.0f}% in {row['refers_to']:%Y}, before research and staff"
    return entry(row, words, OPEN if row["value"] > 0 else FITS)


def open_tokens(known: Known) -> Entry:
    """Share of a router's tokens that went to open models, latest month."""
    last = usage.monthly(known.usage, kind="open").iloc[-1]
    day = known.usage.loc[known.usage["month"] == last["month"], "refers_to"].max()
    words = f"{last['share']:.0%} of the tokens whose model was looked up went to open weights"
    return Entry(words, day, ROUTER, "B", FITS if last["share"] > THIRD else OPEN)


def small_tokens(known: Known) -> Entry:
    """Share of a router's tokens that went to open models sold as small, latest month."""
    shares = usage.monthly(known.usage)
    month = known.usage[known.usage["month"] == shares["month"].iloc[-1]]
    small = month[usage.is_small(month["model"]) & (month["open_weights"] != "no")]
    share = small["tokens"].sum() / month["tokens"].sum()
    words = (
        f"{share:.0%} of the tokens of the fifteen most used models went to small ones that are"
        " open or not looked up; copies with fewer bits are counted nowhere"
    )
    return Entry(words, month["refers_to"].iloc[-1], ROUTER, "B", OPEN)


def frontier_gap(known: Known) -> Entry:
    """Compute of the largest open run of two years over that of the largest of all."""
    runs = known.runs[known.runs["training_compute_flop"].notna()].sort_values(
        "refers_to", kind="stable"
    )
    runs = runs[runs["refers_to"] > runs["refers_to"].max() - pd.DateOffset(years=2)]
    shared = runs[runs["open_weights"] == "Yes"]
    if shared.empty:
        raise InputError("runs", "has no open run of two years known by this day")
    best = shared.loc[shared["training_compute_flop"].idxmax()]
    over = best["training_compute_flop"] / runs["training_compute_flop"].max()
    words = (
        f"its largest run in two years ({best['model']}) had {over:.0%} of the largest's compute"
    )
    return Entry(words, best["refers_to"], RUNS, "A", FITS if over < THIRD else AGAINST)
