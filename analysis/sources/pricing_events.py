"""Dated changes of prices and of free use of AI services that users noticed."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, PRECISION, SOURCE, dated, source_named
from analysis.sources.sidecar import Snapshots

EVENTS = "curated/pricing_events.csv"


def pricing_events(snapshots: Snapshots) -> pd.DataFrame:
    return dated(snapshots.csv(EVENTS))


def _something_changed(events: pd.DataFrame) -> bool:
    """A stated price change is a rise: the list holds none of the many price cuts."""
    stated = events["price_change_percent"].dropna()
    return bool(len(stated) >= 5 and (stated > 0).all())


TABLES = [
    Table(
        name="pricing_events",
        title="Price rises and cuts of free use of AI services, 2023 to July 2026",
        description=(
            "Events that press or users reported, found by looking for known ones: the list says"
            " nothing about how often prices fall or stay, and recent months are covered better."
            " No rate per month may be taken from it; free_tier_panel serves for that. A blank in"
            " free_tier_cut means that the source leaves it open."
        ),
        build=pricing_events,
        key=("service", "period", "event"),
        columns=(
            Column("service", "text", "product or plan"),
            Column("kind", "text", "what it is"),
            Column("consumer", "text", "a product for consumers", allowed=("yes", "no")),
            Column("period", "text", "day, month or half-year in which it took effect"),
            Column("event", "text", "what changed"),
            Column(
                "price_change_percent", "number", "rise of the same tier", "percent", required=False
            ),
            Column(
                "free_tier_cut",
                "text",
                "whether free use was cut or ended",
                required=False,
                allowed=("yes", "no"),
            ),
            Column(
                "free_cut_percent", "number", "cut of the free quota", "percent", required=False
            ),
            Column(
                "part_only",
                "text",
                "whether the same use stayed free elsewhere in the service",
                required=False,
                allowed=("yes", "no"),
            ),
            Column("reversed", "text", "whether undone", allowed=("yes", "no", "partly")),
            Column(
                "large",
                "text",
                "whether 50 million used it monthly or it was among the twenty leading"
                " generative apps; a blank is not looked up",
                required=False,
                allowed=("yes", "no"),
            ),
            Column(
                "national_outlets",
                "number",
                "national outlets of general interest found that reported it within 14 days;"
                " a blank is not looked up",
                "count",
                required=False,
                least=0,
            ),
            Column("note", "text", "what to know about it", required=False),
            PRECISION,
            GRADE,
            SOURCE,
            Column(
                "conditions_source",
                "text",
                "where users, quota and outlets come from",
                required=False,
            ),
        ),
        checks=(
            value_is(
                "microsoft_365_personal_rose_by_45_percent",
                {"service": "Microsoft 365 Personal"},
                "price_change_percent",
                45,
            ),
            Check("only_rises_are_listed", "table", "no price cut", _something_changed),
            source_named(),
            rows_at_least(19),
        ),
    )
]
