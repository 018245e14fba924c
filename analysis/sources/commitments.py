"""Disclosed commitments of AI labs to buy or build compute."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

COMMITMENTS = "curated/compute_commitments.csv"


def compute_commitments(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(COMMITMENTS))


def _size_is_stated(rows: pd.DataFrame) -> bool:
    return bool(rows[["value_usd", "capacity_mw"]].notna().any(axis=1).all())


TABLES = [
    Table(
        name="compute_commitments",
        title="Disclosed compute commitments of Anthropic to May 2026",
        description=(
            "Announced or reported, in dollars or in power, some for years and some without a"
            " term: no sum should be taken without saying which rows it holds. Commitments may"
            " overlap; the reported one to Google may contain the two announced before."
        ),
        build=compute_commitments,
        key=("customer", "supplier", "period"),
        columns=(
            Column("customer", "text", "lab"),
            Column("supplier", "text", "who supplies"),
            Column("value_usd", "number", "sum over the term", "USD", required=False, above=0),
            Column("years", "number", "term", "year", required=False, above=0),
            Column("capacity_mw", "number", "power", "MW", required=False, above=0),
            Column(
                "kind",
                "text",
                "what is committed",
                allowed=("capacity", "own investment", "purchase"),
            ),
            Column("period", "text", "day or month of the announcement or report"),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "azure_commitment_is_30_billion",
                {"customer": "Anthropic", "supplier": "Microsoft"},
                "value_usd",
                30e9,
            ),
            Check("size_is_stated", "table", "in money or power", _size_is_stated),
            source_named(),
            rows_at_least(6),
        ),
    )
]
