"""Epoch AI: revenue, compute spending, usage and funding of AI companies, export of 2026-09-09."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, after, source_named
from analysis.sources.sidecar import Snapshots

REVENUE = "snapshots/epoch_ai/company_revenue.csv"
COMPUTE = "snapshots/epoch_ai/company_compute.csv"
USAGE = "snapshots/epoch_ai/company_usage.csv"
LIVE = "holds chosen columns of an export that is not kept, and no code here reads exports"
MARGINS = "curated/lab_margins.csv"
CONFIDENCES = ("Confident", "Likely", "Uncertain")
USES = ("weekly users", "monthly users", "daily users", "daily messages", "daily tokens")
_PURPOSES = {
    "inference": "inference_compute_spend",
    "research": "research_compute_spend",
    "research and inference": "compute_spend",
    "research, inference and data": "compute_spend",
}
MEASURES = ("revenue", *sorted(set(_PURPOSES.values())), "gross_margin")
PERIODS = ("rate", "quarter", "half-year", "three quarters", "year")


def lab_accounts(snapshots: Snapshots) -> pd.DataFrame:
    """Revenue, compute spending and gross margins, one row a reported figure."""
    revenue = snapshots.csv(REVENUE).assign(measure="revenue", unit="USD")
    revenue["period"] = revenue["period"].replace("point", "rate")
    compute = snapshots.csv(COMPUTE).assign(scope="company", how="period", unit="USD")
    compute["measure"] = compute["purpose"].map(_PURPOSES)
    reported = pd.concat([revenue, compute]).rename(columns={"value_usd": "value"})
    margins = snapshots.csv(MARGINS)
    rows = pd.concat([_graded(reported), margins], ignore_index=True)
    return _known(rows).drop_duplicates(
        ["company", "measure", "scope", "period", "refers_to", "value"]
    )


def lab_usage(snapshots: Snapshots) -> pd.DataFrame:
    return _known(_graded(snapshots.csv(USAGE)))


def _graded(rows: pd.DataFrame) -> pd.DataFrame:
    """A what the company said, B the press; C other estimates and what Epoch AI doubts."""
    grade = rows["origin"].map({"company": "A", "media": "B", "other": "C"})
    return rows.assign(grade=grade.where(rows["confidence"] != "Uncertain", "C"))


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Known from the day of the report; without one, from 45 days after the day it is about.

    A year's figure reported before the year was over was a forecast, and counts as known only
    from the end of the year.
    """
    day, reported = rows["day"], rows["reported_on"]
    late = [after(text, 45) for text in day]
    known = reported.where(reported != "", pd.Series(late, index=rows.index))
    early = known < day
    basis = pd.Series("published", rows.index).where(~early & (reported != ""), "reconstructed")
    return rows.assign(refers_to=day, known_from=known.where(~early, day), known_basis=basis)


def _shares_add_up(accounts: pd.DataFrame) -> bool:
    """OpenAI's inference and research of 2025 make the total reported for that year."""
    rows = accounts[(accounts["company"] == "OpenAI") & (accounts["refers_to"] == "2025-12-31")]
    spend = rows.set_index("measure")["value"]
    parts = spend["inference_compute_spend"] + spend["research_compute_spend"]
    return bool(abs(parts - spend["compute_spend"]) <= 0.05 * spend["compute_spend"])


def _sums_are_positive(accounts: pd.DataFrame) -> bool:
    return bool((accounts.loc[accounts["unit"] == "USD", "value"] > 0).all())


_CONFIDENCE = Column("confidence", "text", "confidence of the compiler", allowed=CONFIDENCES)
_COMPANY = Column("company", "text", "whose")

TABLES = [
    Table(
        name="lab_accounts",
        title="Revenue, compute spending and gross margin of AI companies, 2022 to August 2026",
        description=(
            "Figures that companies or the press gave, as Epoch AI compiled them, and gross margins"
            " by hand. A rate is annualised: a month's revenue times twelve, recurring contracts,"
            " or a period's revenue spread over its middle (interpolated). A figure of a product"
            " is not one of the company. Nothing is audited but what listed companies file."
        ),
        build=lab_accounts,
        key=("company", "measure", "scope", "period", "refers_to", "value"),
        columns=(
            _COMPANY,
            Column("measure", "text", "what is measured", allowed=MEASURES),
            Column("scope", "text", "company or one product", allowed=("company", "product")),
            Column("period", "text", "what it covers, up to the day", allowed=PERIODS),
            Column(
                "how",
                "text",
                "how a rate was made",
                allowed=("run rate", "recurring", "interpolated", "period"),
            ),
            Column("value", "number", "the figure"),
            Column("unit", "text", "unit of the figure", allowed=("USD", "percent")),
            _CONFIDENCE,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "anthropic_stood_at_30_billion_on_2026_04_06",
                {"company": "Anthropic", "refers_to": pd.Timestamp("2026-04-06")},
                "value",
                3e10,
            ),
            Check("parts_make_the_total", "table", "OpenAI, 2025, to 5 percent", _shares_add_up),
            Check("sums_are_positive", "table", "a margin may be negative", _sums_are_positive),
            source_named(),
            rows_at_least(90),
        ),
    ),
    Table(
        name="lab_usage",
        title="Users, messages and tokens a day of AI products, 2023 to February 2026",
        description=(
            "What companies said of their products, as Epoch AI compiled it. Products and"
            " definitions differ: Google counts tokens of all its products, Z.ai perhaps those that"
            " customers serve themselves."
        ),
        build=lab_usage,
        key=("company", "product", "measure", "refers_to", "value"),
        columns=(
            _COMPANY,
            Column("product", "text", "of which product"),
            Column("measure", "text", "what is counted", allowed=USES),
            Column("value", "number", "the count", "count", above=0),
            _CONFIDENCE,
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "chatgpt_had_2627_million_messages_a_day_in_june_2025",
                {"product": "ChatGPT", "refers_to": pd.Timestamp("2025-06-24")},
                "value",
                2.627e9,
            ),
            source_named(),
            rows_at_least(50),
        ),
    ),
]
