"""Who spends most, who supplies, and where the electricity goes."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.concentration import regions, spending, suppliers
from analysis.errors import InputError

ENDS = pd.date_range("2025-06-30", periods=4, freq="QE")


def quarters(company: str, value: float, measure: str = spending.CAPEX, n: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "company": company,
            "measure": measure,
            "period": "quarter",
            "refers_to": ENDS[-n:],
            "known_from": ENDS[-n:],
            "value_usd": value,
            "grade": "A",
        }
    )


def one(company: str, measure: str, period: str, day: str, value: float) -> pd.DataFrame:
    row = {"company": company, "measure": measure, "period": period, "value_usd": value}
    when = pd.Timestamp(day)
    return pd.DataFrame([row]).assign(refers_to=when, known_from=when, grade="B")


def four(least: float = 10e9) -> list[pd.DataFrame]:
    return [quarters(name, least + 1e9 * i) for i, name in enumerate(spending.NAMED)]


def test_four_quarters_are_added_and_ranked() -> None:
    accounts = pd.concat([*four(), quarters("ORCL", 1e9, n=1)])
    table = spending.capital_spending(accounts)
    assert list(table["firm"][:1]) == ["Meta"] and table["billion_usd"].iloc[0] == 52
    oracle = table.set_index("firm").loc["Oracle"]
    assert oracle["billion_usd"] == 4 and "four times" in oracle["basis"]
    found = spending.in_top_four(accounts)
    assert found.estimate == 4 and found.n == 5 and "Oracle, about 4" in found.reason


def test_a_fifth_firm_that_spends_more_takes_a_place() -> None:
    accounts = pd.concat([*four(), quarters("ORCL", 20e9)])
    assert spending.in_top_four(accounts).estimate == 3


def test_the_larger_bound_counts() -> None:
    stock = one("CRWV", spending.STOCK, "point", "2025-12-31", 30e9)
    year = one("ORCL", spending.CAPEX, "year", "2025-05-31", 21e9)
    accounts = pd.concat([*four(), quarters("ORCL", 12e9, n=1), year, stock])
    table = spending.capital_spending(accounts).set_index("firm")["billion_usd"]
    assert table["Oracle"] == 48 and table["CoreWeave"] == 30


def test_reports_after_the_day_do_not_count() -> None:
    late = quarters("MSFT", 90e9).assign(known_from=pd.Timestamp("2026-05-01"))
    accounts = pd.concat([*four()[1:], late, quarters("ORCL", 1e9)])
    with pytest.raises(InputError, match="Microsoft"):
        spending.in_top_four(accounts)


def test_four_firms_alone_prove_nothing() -> None:
    with pytest.raises(InputError, match="no fifth firm"):
        spending.in_top_four(pd.concat(four()))


def nvidia() -> pd.DataFrame:
    ends = pd.to_datetime(["2025-04-27", "2025-07-27", "2025-10-26", "2026-01-25"])
    return quarters("NVDA", 20e9, suppliers.DATA_CENTRE).assign(refers_to=ends)


def test_the_share_uses_the_fiscal_year_and_rivals_up_to_its_end() -> None:
    old = one("AMD", "accelerator_revenue", "year", "2024-12-31", 5e9)
    new = one("AVGO", "ai_semiconductor_revenue", "year", "2026-11-01", 99e9)
    known = one("AVGO", "ai_semiconductor_revenue", "year", "2025-11-02", 15e9)
    found = suppliers.nvidia_share(pd.concat([nvidia(), old, new, known]))
    assert found.estimate == pytest.approx(80 / 100) and found.n == 3 and found.grade == "B"
    assert "4.0 times that revenue" in found.reason
    with pytest.raises(InputError, match="no rival"):
        suppliers.suppliers(nvidia())
    with pytest.raises(InputError, match="no full fiscal year"):
        suppliers.suppliers(old)


def test_chips_sold_are_differences_over_a_year() -> None:
    ends = pd.to_datetime(["2024-12-31", "2025-12-31", "2026-03-31"])
    sold = pd.DataFrame(
        {
            "designer": ["NVIDIA", "Google", "NVIDIA", "Google", "NVIDIA"],
            "refers_to": [ends[0], ends[0], ends[1], ends[1], ends[2]],
            "h100_equivalents_median": [100.0, 10.0, 160.0, 50.0, 999.0],
        }
    )
    table = suppliers.chips_share(sold).set_index("designer")
    assert table.loc["NVIDIA", "share"] == 0.6 and table["year_to"].iloc[0] == ends[1]
    with pytest.raises(InputError):
        suppliers.chips_share(sold[sold["designer"] == "NVIDIA"])


def energy() -> pd.DataFrame:
    values = {"World": 400.0, "United States": 160.0, "Europe": 60.0, "China": 80.0}
    return pd.DataFrame(
        {
            "fact": "data centre electricity",
            "subject": "all data centres",
            "publisher": "IEA",
            "stage": "measured",
            "region": list(values),
            "value": list(values.values()),
            "refers_to": pd.Timestamp("2024-12-31"),
            "grade": "B",
        }
    )


def test_regions_of_the_latest_whole_year() -> None:
    newer = energy().iloc[:1].assign(refers_to=pd.Timestamp("2025-12-31"), value=999.0)
    guess = energy().assign(stage="projected", value=1.0)
    every = pd.concat([energy(), newer, guess])
    assert regions.region_ratio(every, "United States", "World").estimate == 0.4
    assert regions.region_ratio(every, "Europe", "China").estimate == 0.75
    with pytest.raises(InputError):
        regions.regions(energy().iloc[:2])
