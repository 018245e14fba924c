"""Capital expenditure and revenue of the listed companies that own or sell AI compute."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.graded import GRADE, SOURCE, after, source_named
from analysis.sources.sidecar import Snapshots

FILINGS = "snapshots/sec/quarterly_facts.csv"
NVIDIA = "snapshots/epoch_ai/nvidia_revenue.csv"
LIVE = "was put together by hand from many answers, one for each tag and quarter"
FIGURES = "curated/company_figures.csv"
REPORTS = "curated/report_days.csv"

# Days after the end of a period by which a large company must file (SEC forms 10-Q and 10-K).
QUARTERLY_DEADLINE, YEARLY_DEADLINE = 40, 60
_YEAR_ENDS = {"MSFT": "06", "NVDA": "01", "ORCL": "05", "AVGO": "11"}  # months; others December

_TAGS = {
    "PaymentsToAcquirePropertyPlantAndEquipment": "capital_expenditure",
    "FinanceLeasePrincipalPayments": "finance_lease_principal",
    "RevenueFromContractWithCustomerExcludingAssessedTax": "revenue_from_customers",
    "Revenues": "revenue",
}
MEASURES = (
    *_TAGS.values(),
    "data_centre_revenue",
    "cloud_revenue",
    "ai_semiconductor_revenue",
    "accelerator_revenue",
    "property_and_equipment",
)
COMPANIES = (
    *("GOOGL", "META", "MSFT", "AMZN", "NVDA", "ORCL", "CRWV", "AVGO", "AMD", "BABA", "TCEHY"),
)


def company_accounts(snapshots: Snapshots) -> pd.DataFrame:
    """One row a figure; known from the report where its day is on record, else the deadline."""
    rows = pd.concat([_filings(snapshots), _nvidia(snapshots), snapshots.csv(FIGURES)])
    rows = rows.reset_index(drop=True)
    days = snapshots.csv(REPORTS).set_index(["company", "period_end"])["reported_on"]
    keys = pd.MultiIndex.from_frame(rows[["company", "period_end"]])
    reported = pd.Series(days.reindex(keys).to_numpy(), index=rows.index)
    deadline = [_deadline(*row) for row in zip(rows["company"], rows["period_end"], strict=True)]
    return rows.assign(
        refers_to=rows["period_end"],
        known_from=reported.where(reported.notna(), pd.Series(deadline, index=rows.index)),
        known_basis=reported.notna().map({True: "published", False: "reconstructed"}),
    )


def _filings(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(FILINGS).rename(columns={"quarter_end": "period_end"})
    return rows.assign(
        measure=rows["tag"].map(_TAGS),
        period="quarter",
        grade="A",
        source="SEC XBRL frames, us-gaap:" + rows["tag"],
    )


def _nvidia(snapshots: Snapshots) -> pd.DataFrame:
    rows = snapshots.csv(NVIDIA)
    parts = [
        rows.assign(measure=measure, value_usd=rows[f"{measure}_usd"])
        for measure in ("revenue", "data_centre_revenue")
    ]
    return pd.concat(parts).assign(
        company="NVDA",
        period="quarter",
        period_end=lambda all_: all_["quarter_end"],
        grade="A",
        source="NVIDIA quarterly results, compiled by Epoch AI",
    )


def _deadline(company: str, period_end: str) -> str:
    closing = period_end[5:7] == _YEAR_ENDS.get(company, "12")
    return after(period_end, YEARLY_DEADLINE if closing else QUARTERLY_DEADLINE)


def _tags_agree(accounts: pd.DataFrame) -> bool:
    """Where Alphabet files both revenue tags, they differ by less than two percent."""
    rows = accounts[(accounts["company"] == "GOOGL") & (accounts["period"] == "quarter")]
    wide = rows.pivot(index="refers_to", columns="measure", values="value_usd")
    both = wide[["revenue", "revenue_from_customers"]].dropna()
    gap = (both["revenue"] / both["revenue_from_customers"] - 1).abs()
    return len(both) > 0 and bool((gap < 0.02).all())


def _sum_of_quarters(accounts: pd.DataFrame) -> bool:
    """NVIDIA's four data-centre quarters of fiscal 2026 make the year within one percent."""
    rows = accounts[accounts["measure"] == "data_centre_revenue"].set_index("refers_to")
    quarters = rows.loc[rows["period"] == "quarter", "value_usd"]["2025-02-01":"2026-01-31"]
    year = rows.loc[rows["period"] == "year", "value_usd"]["2026-01-25"]
    return len(quarters) == 4 and bool(abs(quarters.sum() / year - 1) < 0.01)


TABLES = [
    Table(
        name="company_accounts",
        title="Capital expenditure and revenue of companies that own or sell AI compute",
        description=(
            "Cash capital expenditure leaves out what is bought by finance lease, whose principal"
            " is a measure of its own. Company-wide figures: no firm reports AI apart. A row counts"
            " as known from the day of the report where that is on record, else from the last day"
            " for filing, 40 days after a quarter and 60 after a fiscal year."
        ),
        build=company_accounts,
        key=("company", "measure", "period", "period_end"),
        columns=(
            Column("company", "text", "ticker", allowed=COMPANIES),
            Column("measure", "text", "what is measured", allowed=MEASURES),
            Column("period", "text", "what it covers", allowed=("quarter", "year", "point")),
            Column("period_end", "date", "last day of the period, or the day itself"),
            Column("value_usd", "number", "the figure, nominal", "USD", above=0),
            GRADE,
            SOURCE,
        ),
        checks=(
            value_is(
                "nvidia_data_centre_revenue_of_fy26q1_is_39.1",
                {
                    "company": "NVDA",
                    "measure": "data_centre_revenue",
                    "period_end": pd.Timestamp("2025-04-27"),
                },
                "value_usd",
                39.1e9,
            ),
            Check("revenue_tags_agree", "table", "Alphabet, to two percent", _tags_agree),
            Check("quarters_make_the_year", "table", "NVIDIA, fiscal 2026", _sum_of_quarters),
            source_named(),
            rows_at_least(190),
        ),
    )
]
