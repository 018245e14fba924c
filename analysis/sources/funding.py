"""Funding rounds of AI labs, and what providers of data count as venture money for AI."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, last_day, source_named
from analysis.sources.sidecar import Snapshots

EPOCH = "snapshots/epoch_ai/company_funding_rounds.csv"
LIVE = "holds chosen columns of an export that is not kept, and no code here reads exports"
OTHER = "curated/funding_rounds_other.csv"
TOTALS = "curated/venture_totals.csv"
_GRADES = {"Confident": "A", "Likely": "B", "Uncertain": "C"}


def funding_rounds(snapshots: Snapshots) -> pd.DataFrame:
    """Epoch AI's rounds of six labs, and rounds of other labs from the press."""
    other = dated(snapshots.csv(OTHER)).assign(dataset="press")
    return pd.concat([_epoch(snapshots.csv(EPOCH)), other], ignore_index=True)


def venture_totals(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(TOTALS)
    return rows.assign(refers_to=rows["period_end"], known_basis="reconstructed")


def _epoch(rows: pd.DataFrame) -> pd.DataFrame:
    """A round is known when it was closed and reported; one of these days may be missing."""
    closed, reported = rows["closed_on"], rows["reported_on"]
    period = closed.where(closed != "", reported)
    known = [max(pair) for pair in zip(closed, reported, strict=True)]
    return rows.assign(
        dataset="Epoch AI",
        period=period,
        grade=rows["confidence"].map(_GRADES),
        kind=rows["kind"].replace("", "not stated"),
        refers_to=[last_day(day)[0] for day in period],
        date_precision="day",
        known_from=known,
        known_basis="reconstructed",
    )


def _a_sum_is_stated(rounds: pd.DataFrame) -> bool:
    """Every row has equity, debt or a valuation, but for one that only names the investors."""
    stated = rounds[["equity_usd", "debt_usd", "valuation_usd"]].notna().any(axis=1)
    return bool((~stated).sum() <= 1)


def _labs_are_listed_once(rounds: pd.DataFrame) -> bool:
    """Money that a lab raised in a month comes from one dataset only."""
    raised = rounds[(rounds["status"] == "closed") & (rounds["equity_usd"] > 0)]
    months = raised.groupby(["company", raised["refers_to"].dt.to_period("M")])
    return bool((months["dataset"].nunique() == 1).all())


_MONEY = (
    Column(
        "equity_usd",
        "number",
        "new equity; 0 is a sale between holders",
        "USD",
        required=False,
        least=0,
    ),
    Column("debt_usd", "number", "debt raised with it", "USD", required=False, above=0),
    Column("valuation_usd", "number", "valuation after the money", "USD", required=False, above=0),
)

TABLES = [
    Table(
        name="funding_rounds",
        title="Funding rounds and valuations of AI labs to June 2026",
        description=(
            "Epoch AI lists six labs and two listed firms at length; rounds of other labs are from"
            " the press, found by looking for known labs. A quarter without a row is no proof of a"
            " quarter without a round, least of all after June 2026. Take status closed for money"
            " raised; market values at quarter ends and sales between holders raise none."
        ),
        build=funding_rounds,
        key=("dataset", "company", "refers_to", "status", "kind", "equity_usd", "valuation_usd"),
        columns=(
            Column("dataset", "text", "who lists it", allowed=("Epoch AI", "press")),
            Column("company", "text", "lab"),
            Column("status", "text", "closed, talks or cancelled"),
            Column("kind", "text", "primary, secondary, debt or market value"),
            *_MONEY,
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("a_sum_is_stated", "table", "in all rows but one", _a_sum_is_stated),
            Check("labs_are_listed_once", "table", "per month", _labs_are_listed_once),
            source_named(),
            rows_at_least(77),
        ),
    ),
    Table(
        name="venture_totals",
        title="Venture money for AI and for foundation models, 2019 to the first quarter of 2026",
        description=(
            "Published totals. Providers draw the line around foundation models differently: take"
            " a change from one publisher only. No free series splits AI money by what it is for."
        ),
        build=venture_totals,
        key=("area", "publisher", "period"),
        columns=(
            Column("area", "text", "what is counted"),
            Column("publisher", "text", "who counts"),
            Column("period", "text", "year, quarter or part of a year"),
            Column("value_usd_bn", "number", "money raised, nominal", "USD bn", above=0),
            Column("note", "text", "what to know about it", required=False),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "cb_insights_counted_42.5_in_2023",
                {"area": "all AI", "period": "2023"},
                "value_usd_bn",
                42.5,
            ),
            source_named(),
            rows_at_least(11),
        ),
    ),
]
