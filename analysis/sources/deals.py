"""Purchases of AI firms and deals that come near one, announced or reported, with their day."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

DEALS = "curated/acquisitions.csv"
STRUCTURES = ("full", "licence and hire", "stake and hire", "merger", "merger under common control")


def acquisitions(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(DEALS))


def _closed_after_signing(deals: pd.DataFrame) -> bool:
    """No deal closes before it is announced, and none still announced has a closing day."""
    closed = deals.dropna(subset=["closed_on"])
    in_order = closed["closed_on"] >= closed["refers_to"]
    return bool(in_order.all() and (closed["status"] == "closed").all())


def _mosaic_was_bought(deals: pd.DataFrame) -> bool:
    """Databricks bought MosaicML whole: signed on 26 June 2023, closed on 19 July 2023."""
    row = deals[(deals["target"] == "MosaicML") & (deals["structure"] == "full")]
    return len(row) == 1 and bool((row["closed_on"] == "2023-07-19").all())


TABLES = [
    Table(
        name="acquisitions",
        title="Purchases of AI firms and deals near one, 2023 to June 2026",
        description=(
            "Full purchases, licences with hiring of the team, stakes, mergers and reported talks,"
            " kept apart. Found by looking for known deals, so later years are covered better than"
            " early ones and a month without a row is no proof of a month without a deal. A deal's"
            " status is that of the last report found, its closing day became known on that day."
        ),
        build=acquisitions,
        key=("target", "acquirer", "period"),
        columns=(
            Column("target", "text", "firm bought, or whose team moved"),
            Column("target_kind", "text", "what it does"),
            Column("acquirer", "text", "buyer, or the firm the team moved to"),
            Column("acquirer_kind", "text", "what the buyer does"),
            Column("structure", "text", "form of the deal", allowed=STRUCTURES),
            Column("status", "text", "last found", allowed=("closed", "announced", "talks")),
            Column("period", "text", "day, month or half-year of the announcement"),
            Column("closed_on", "date", "day of closing, where found", required=False),
            Column("value_usd", "number", "value as reported", "USD", required=False, above=0),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("closed_after_signing", "table", "never before", _closed_after_signing),
            Check("mosaicml_closed_in_july_2023", "table", "bought whole", _mosaic_was_bought),
            source_named(),
            rows_at_least(18),
        ),
    )
]
