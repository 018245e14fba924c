"""Published sizes and growth rates of markets near the segments of the article's third table."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, source_named
from analysis.sources.sidecar import Snapshots

COMPARATORS = "curated/growth_comparators.csv"
POINTS = "curated/market_growth_points.csv"
FUNDING = "curated/chip_funding.csv"
_PERCENT = "percent per year"


def growth_comparators(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(COMPARATORS)
    return rows.assign(refers_to=rows["period_end"])


def market_growth_points(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(POINTS)
    return rows.assign(refers_to=rows["period_end"])


def chip_funding(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(FUNDING)
    return rows.assign(refers_to=rows["year"] + "-12-31")


def _something_is_said(rows: pd.DataFrame) -> bool:
    return bool(rows.filter(regex="^(value|growth)_").notna().any(axis=1).all())


def _projected_is_early(rows: pd.DataFrame) -> bool:
    """A measured figure is known only after its period; a projection may come before."""
    measured = rows[rows["stage"] == "measured"]
    return bool((measured["known_from"] >= measured["refers_to"]).all())


def _vintages_differ(funding: pd.DataFrame) -> bool:
    """Crunchbase's funding of 2023 was revised upwards between its two vintages."""
    rows = funding[(funding["year"] == 2023) & (funding["scope"] == "semiconductor start-ups")]
    values = rows.set_index("vintage")["value_usd_bn"]
    return bool(values["June 2024"] < values["early 2025"])


def _number(name: str, description: str, unit: str) -> Column:
    return Column(name, "number", description, unit, required=False, above=0)


_VALUE = _number("value_usd_bn", "the sum, nominal", "USD bn")
_SAID = Check("something_is_said", "table", "a sum or a growth rate", _something_is_said)

TABLES = [
    Table(
        name="growth_comparators",
        title="Published figures nearest to the article's four market segments",
        description=(
            "Definitions differ from one publisher to the next and from the article, which gives"
            " none; many rows are copies of analysts' figures (grade C). Take growth within one"
            " series and publisher only."
        ),
        build=growth_comparators,
        key=("series", "publisher", "period", "measure"),
        columns=(
            Column("series", "text", "what kind of market"),
            Column("publisher", "text", "who says it"),
            Column("measure", "text", "what is measured"),
            Column("period", "text", "period as the publisher names it"),
            Column("period_end", "date", "last day of the period"),
            Column("stage", "text", "past or expected", allowed=("measured", "projected")),
            _VALUE,
            _number("growth_percent", "growth over a year as stated", _PERCENT),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "nvidia_grew_by_75_percent",
                {"series": "nvidia_datacenter", "period": "FY26Q4"},
                "growth_percent",
                75,
            ),
            _SAID,
            Check("measured_after_its_period", "table", "always", _projected_is_early),
            source_named(),
            rows_at_least(24),
        ),
    ),
    Table(
        name="market_growth_points",
        title="Single growth rates of cloud services and consumer apps",
        description=(
            "Points beside the series: growth of cloud services made for generative AI, which"
            " Synergy gives as a range, and of consumer apps. An open range has no upper end."
        ),
        build=market_growth_points,
        key=("segment", "publisher", "period"),
        columns=(
            Column("segment", "text", "which market"),
            Column("publisher", "text", "who says it"),
            Column("period", "text", "quarter or year"),
            Column("period_end", "date", "last day of the period"),
            _VALUE,
            _number("growth_low_percent", "growth over a year, lower end", _PERCENT),
            _number("growth_high_percent", "growth over a year, upper end", _PERCENT),
            Column("scope", "text", "what the growth rate covers"),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "ai_cloud_of_2025q1_grew_by_140_or_more",
                {"segment": "cloud services for generative AI", "period": "2025Q1"},
                "growth_low_percent",
                140,
            ),
            _SAID,
            source_named(),
            rows_at_least(9),
        ),
    ),
    Table(
        name="chip_funding",
        title="Venture funding of chip start-ups by year",
        description=(
            "Crunchbase counts all semiconductor start-ups, Omdia those of AI chips whose rounds"
            " were disclosed. Crunchbase revised 2023 from 8.8 to 13.8 billion dollars: take a"
            " change from one vintage."
        ),
        build=chip_funding,
        key=("scope", "publisher", "vintage", "year"),
        columns=(
            Column("scope", "text", "which start-ups"),
            Column("publisher", "text", "who counts"),
            Column("vintage", "text", "when it was counted"),
            Column("year", "integer", "calendar year", "year"),
            Column("value_usd_bn", "number", "money raised, nominal", "USD bn", above=0),
            Column("deals", "integer", "rounds counted", "count", required=False, least=1),
            GRADE,
            SOURCE,
        ),
        checks=(
            Check("2023_was_revised_upwards", "table", "from 8.8 to 13.8", _vintages_differ),
            source_named(),
            rows_at_least(8),
        ),
    ),
]
