"""Revenue, commitments, assets and valuations on small made-up accounts."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.roles import accounts, classes, revenue, valuation
from analysis.errors import InputError

PARTIES = ("www.anthropic.com", "press.com", *["www.anthropic.com"] * 3)


def _filed(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["company", "measure", "period", "period_end", "value_usd"])
    days = pd.to_datetime(frame["period_end"])
    return frame.assign(
        period_end=days, known_from=days, refers_to=days, grade="A", source="filing"
    )


def _reported(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["company", "period", "refers_to", "value"])
    days = pd.to_datetime(frame["refers_to"])
    return frame.assign(
        refers_to=days, known_from=days, measure="revenue", scope="company", grade="B"
    )


def _quarters(company: str, measure: str, first: str, values: list[float]) -> pd.DataFrame:
    ends = pd.date_range(first, periods=len(values), freq="QE-JAN" if "NVDA" in company else "QE")
    days = [str(day.date()) for day in ends]
    return _filed(
        *((company, measure, "quarter", day, v) for day, v in zip(days, values, strict=True))
    )


def test_a_fiscal_year_ends_in_january_and_later_quarters_wait() -> None:
    own = _quarters("NVDA", "data_centre_revenue", "2024-04-30", [1, 1, 1, 1, 2, 2, 2, 2, 99])
    assert accounts.data_centre_growth(own).estimate == 2
    with pytest.raises(InputError, match="two fiscal years"):
        accounts.data_centre_growth(own.head(7))


def test_commitments_count_by_reading_and_skip_capacity_without_a_price() -> None:
    contracts = pd.DataFrame(
        {
            "customer": ["Anthropic"] * 4 + ["OpenAI"],
            "kind": ["purchase", "purchase", "own investment", "capacity", "purchase"],
            "value_usd": [30.0, 200.0, 50.0, None, 999.0],
            "grade": ["B", "B", "A", "A", "A"],
            "source": [f"https://{page}/news" for page in PARTIES],
            "refers_to": pd.Timestamp(2026, 1, 1),
        }
    )
    labs = _reported(
        ("Anthropic", "rate", "2025-12-31", 10.0), ("Anthropic", "rate", "2026-01-31", 20.0)
    )
    found = accounts.readings(contracts, labs).set_index("reading")["ratio"]
    assert list(found) == [14, 11.5, 4, 1.5]
    assert accounts.committed_over_revenue(contracts, labs).grade == "B"


def test_assets_meet_the_revenue_of_their_own_year() -> None:
    own = _filed(
        ("CRWV", "property_and_equipment", "point", "2025-12-31", 30.0),
        ("CRWV", "revenue", "year", "2025-12-31", 5.0),
        ("CRWV", "revenue", "year", "2026-12-31", 50.0),
    )
    assert accounts.asset_intensity(own).estimate == 6
    with pytest.raises(InputError, match="no balance sheet"):
        accounts.asset_intensity(own[own["measure"] == "revenue"])


def test_listed_growth_takes_the_measure_reported_last() -> None:
    whole = _quarters("MSFT", "revenue", "2023-03-31", [1.0] * 8)
    part = _quarters("MSFT", "revenue_from_customers", "2023-06-30", [1.0] * 4 + [3.0] * 4)
    row = revenue.listed(pd.concat([whole, part], ignore_index=True)).iloc[0]
    assert row["measure"] == "revenue_from_customers" and row["factor"] == 3


def test_a_missing_quarter_is_no_year() -> None:
    own = _quarters("MSFT", "revenue", "2022-03-31", [1.0] * 12).drop(index=[7])
    assert revenue.listed(own).empty


def test_labs_take_years_before_rates_and_bring_rates_to_a_year() -> None:
    labs = _reported(
        ("Alpha", "year", "2024-12-31", 1.0), ("Alpha", "year", "2025-12-31", 4.0),
        ("Alpha", "rate", "2025-01-01", 1.0), ("Alpha", "rate", "2026-01-01", 9.0),
        ("Beta", "rate", "2025-01-01", 1.0), ("Beta", "rate", "2026-01-01", 2.0),
        ("Gamma", "rate", "2025-08-01", 1.0), ("Gamma", "rate", "2026-01-01", 2.0),
    )  # fmt: skip
    found = revenue.labs(labs).set_index("firm")["factor"]
    assert found["Alpha"] == 4 and found["Beta"] == pytest.approx(2, rel=1e-3)
    assert "Gamma" not in found
    assert revenue.labs(labs, years=False).set_index("firm")["factor"]["Alpha"] > 8.9


def test_the_ratio_is_one_of_growth_rates() -> None:
    growth = pd.DataFrame(
        {
            "firm": list("abcd"),
            "kind": ["model firms", "integrated", "hardware", "sellers of capacity"],
            "factor": [1.3, 1.5, 1.7, 9.0],
            "grade": ["B", "A", "A", "C"],
        }
    )
    found = revenue.ratio(growth)
    assert found.estimate == pytest.approx(0.5) and found.n == 3 and found.grade == "B"
    with pytest.raises(InputError, match="not above zero"):
        revenue.ratio(growth.assign(factor=0.9))


def _rounds(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["company", "refers_to", "valuation_usd", "grade"])
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]), status="closed")


def test_valuation_compares_with_the_one_nearest_to_a_year_before() -> None:
    rounds = _rounds(
        ("Anthropic", "2024-01-01", 1e9, "C"), ("Anthropic", "2025-02-01", 2e9, "A"),
        ("Anthropic", "2026-01-01", 6e9, "A"), ("OpenAI", "2026-01-01", 5e9, "A"),
        ("Cohere", "2025-01-01", 4e9, "C"), ("Cohere", "2026-01-01", 4e9, "C"),
        ("Other", "2025-01-01", 1e9, "A"), ("Other", "2026-01-01", 90e9, "A"),
    )  # fmt: skip
    found = valuation.over_a_year(rounds).set_index("firm")["ratio"]
    assert dict(found) == {"Anthropic": 3, "Cohere": 1}
    answer = valuation.ratio(rounds)
    assert answer.estimate == 2 and answer.grade == "C"


def test_classes_sum_the_latest_rates_and_valuations() -> None:
    filed = _quarters("MSFT", "revenue", "2023-03-31", [1e9] * 4 + [2e9] * 4)
    labs = _reported(("OpenAI", "rate", "2025-01-01", 1e9), ("Z.ai", "rate", "2025-01-01", 2e9))
    rounds = _rounds(("OpenAI", "2026-01-01", 5e9, "A"), ("Old", "2023-01-01", 9e9, "A"))
    found = classes.table(filed, labs, rounds).set_index("class")
    assert found.loc["integrated", "revenue_usd_bn"] == 8
    assert found.loc["open-model firms", "revenue_usd_bn"] == 2
    assert found.loc["model firms", "valuation_usd_bn"] == 5
