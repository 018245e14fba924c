"""Synergy Research: quarterly spending on cloud infrastructure services, and who gets it."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, last_day, source_named
from analysis.sources.sidecar import Snapshots

QUARTERS = "curated/cloud_quarters.csv"
PROVIDERS = ("amazon", "microsoft", "google")


def cloud_market(snapshots: Snapshots) -> pd.DataFrame:
    rows = _dated(snapshots)
    return rows[(rows["spend_usd_bn"] != "") | (rows["growth_percent"] != "")]


def cloud_shares(snapshots: Snapshots) -> pd.DataFrame:
    """One row a provider and quarter; the rest of the market is what these leave."""
    rows = _dated(snapshots)
    parts = [rows.assign(provider=p, share_percent=rows[f"{p}_percent"]) for p in PROVIDERS]
    shares = pd.concat(parts)
    return shares[shares["share_percent"] != ""]


def _dated(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(QUARTERS)
    return rows.assign(refers_to=[last_day(quarter)[0] for quarter in rows["quarter"]])


def _three_hold_most(shares: pd.DataFrame) -> bool:
    """The three together hold between 60 and 68 percent, as every release says."""
    totals = shares.groupby("quarter")["share_percent"].agg(["sum", "size"])
    return bool(totals["sum"].between(60, 68).all() and (totals["size"] == 3).all())


def _levels_match_growth(market: pd.DataFrame) -> bool:
    """Levels a year apart agree with the growth stated for the later one, to 2.5 points."""
    level = market.set_index("quarter")["spend_usd_bn"]
    stated = market.set_index("quarter")["growth_percent"]
    gaps = [
        abs(100 * (level[q] / level[f"{int(q[:4]) - 1}{q[4:]}"] - 1) - stated[q])
        for q in level.index
        if f"{int(q[:4]) - 1}{q[4:]}" in level.index
    ]
    return max(gap for gap in gaps if gap == gap) <= 2.5


_QUARTER = Column("quarter", "text", "quarter (YYYYQn)")
_NOTE = Column("note", "text", "what is uncertain about it", required=False)

TABLES = [
    Table(
        name="cloud_market",
        title="Quarterly spending on cloud infrastructure services, 2022 to March 2026",
        description=(
            "Infrastructure, platform and hosted private cloud worldwide, as Synergy Research first"
            " published each quarter: later releases restate levels without a table, so growth is"
            " safer than the ratio of two levels. All cloud, of which AI is an unknown part."
        ),
        build=cloud_market,
        key=("quarter",),
        columns=(
            _QUARTER,
            Column("spend_usd_bn", "number", "spending in it", "USD bn", required=False, above=0),
            Column(
                "growth_percent",
                "number",
                "growth over a year as stated, in dollars",
                "percent per year",
                required=False,
            ),
            _NOTE,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is("2024q4_is_90.6", {"quarter": "2024Q4"}, "spend_usd_bn", 90.6),
            Check("levels_match_growth", "table", "to 2.5 points", _levels_match_growth),
            source_named(),
            rows_at_least(14),
        ),
    ),
    Table(
        name="cloud_shares",
        title="Shares of the three largest providers of cloud infrastructure services",
        description=(
            "Shares of worldwide spending by quarter, whole percent, as first published by Synergy"
            " Research. Microsoft restated its segments in the third quarter of 2024: its share"
            " fell by three points between two releases without losing business, so levels before"
            " and after do not compare."
        ),
        build=cloud_shares,
        key=("provider", "quarter"),
        columns=(
            _QUARTER,
            Column("provider", "text", "whose share", allowed=PROVIDERS),
            Column("share_percent", "number", "share of spending", "percent", above=0),
            _NOTE,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "amazon_of_2025q1_is_29",
                {"provider": "amazon", "quarter": "2025Q1"},
                "share_percent",
                29,
            ),
            Check("three_hold_60_to_68", "table", "in every quarter", _three_hold_most),
            source_named(),
            rows_at_least(42),
        ),
    ),
]
