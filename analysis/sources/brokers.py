"""Firms that broker compute or route model calls, and markets for the price of compute."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

BROKERS = "curated/brokers.csv"
BROKERED = ("GPU time", "workloads", "model calls", "inference software", "price contracts")
_ANSWERS = ("yes", "no", "not checked")
_MAKERS = ("one", "several", "not checked")


def brokers(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(BROKERS))


def _bought_are_not_independent(rows: pd.DataFrame) -> bool:
    bought = rows["status"].str.contains("bought|purchase")
    return bool((rows.loc[bought, "independent"] == "no").all())


TABLES = [
    Table(
        name="brokers",
        title="Brokers and routers of compute known by June 2026",
        description=(
            "What each firm brokers, over accelerators of one maker or several, and whether it"
            " takes in customers' own machines: the three conditions of the second prediction. The"
            " list was made by looking for known firms. Most sources are weak, sums are rarely"
            " stated, and a blank is no zero. The period is that of the source, not of the start."
        ),
        build=brokers,
        key=("firm",),
        columns=(
            Column("firm", "text", "name"),
            Column("founded", "text", "year of founding, where a source gives it", required=False),
            Column("brokers", "text", "what changes hands", allowed=BROKERED),
            Column("accelerator_makers", "text", "whose chips it covers", allowed=_MAKERS),
            Column("customer_capacity", "text", "customers' own machines too", allowed=_ANSWERS),
            Column("independent", "text", "belongs to no larger firm", allowed=_ANSWERS),
            Column("funding_usd", "number", "money raised", "USD", required=False, above=0),
            Column("valuation_usd", "number", "last valuation", "USD", required=False, above=0),
            Column(
                "revenue_usd_year", "number", "a year's revenue", "USD", required=False, above=0
            ),
            Column("status", "text", "as last found"),
            Column("period", "text", "day, month or year of the source"),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("bought_are_not_independent", "table", "nor to be", _bought_are_not_independent),
            source_named(),
            rows_at_least(17),
        ),
    )
]
