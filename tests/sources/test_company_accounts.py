"""Accounts are known from the report, else from the day by which a company must file."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import tables
from analysis.sources import company_accounts
from tests.sources.small_data import hold

FIGURES = "company,measure,period,period_end,value_usd,grade,source\n"


def figures(tmp_path: Path, company: str, end: str, reports: str = "") -> dict[str, str]:
    row = f"{company},revenue,quarter,{end},1,A,annual report\n"
    snapshots = hold(
        tmp_path,
        {
            company_accounts.FILINGS: "company,tag,quarter_end,value_usd\n"
            "META,Revenues,2020-03-31,17737000000\n",
            company_accounts.NVIDIA: "quarter,quarter_end,revenue_usd,data_centre_revenue_usd\n"
            "FY26Q1,2025-04-27,44062000000,39100000000\n",
            company_accounts.FIGURES: FIGURES + row,
            company_accounts.REPORTS: "company,period_end,reported_on,source\n"
            "META,2020-03-31,2020-04-29,press release\n" + reports,
        },
    )
    table = company_accounts.company_accounts(snapshots)
    found = table[(table["company"] == company) & (table["refers_to"] == end)]
    return dict(found.iloc[-1])


@pytest.mark.parametrize(
    ("company", "end", "known"),
    [
        ("AMZN", "2026-03-31", "2026-05-10"),  # 40 days after a quarter
        ("AMZN", "2025-12-31", "2026-03-01"),  # 60 days after the year
        ("MSFT", "2025-12-31", "2026-02-09"),  # its year ends in June
        ("MSFT", "2026-06-30", "2026-08-29"),
        ("NVDA", "2026-01-25", "2026-03-26"),
    ],
)
def test_without_a_report_the_deadline_counts(
    tmp_path: Path, company: str, end: str, known: str
) -> None:
    row = figures(tmp_path, company, end)
    assert (row["known_from"], row["known_basis"]) == (known, "reconstructed")


def test_a_report_on_record_counts(tmp_path: Path) -> None:
    row = figures(tmp_path, "AMZN", "2026-03-31", "AMZN,2026-03-31,2026-04-29,press release\n")
    assert (row["known_from"], row["known_basis"]) == ("2026-04-29", "published")


def test_nvidia_sold_39_billion_to_data_centres_in_spring_2025() -> None:
    table = tables.load("company_accounts")
    rows = table[(table["company"] == "NVDA") & (table["measure"] == "data_centre_revenue")]
    values = rows.set_index("refers_to")["value_usd"]
    assert values["2025-04-27"] == 39_100_000_000
    later = tables.load("company_accounts", "2025-05-01")
    assert later["refers_to"].max() < values.index[values == 39_100_000_000][0]
