"""Labs, rounds, deals and the use of models: each fact is dated by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import tables
from analysis.sources import funding, labs, router_usage
from tests.sources.small_data import hold

LABS = (
    "lab,country,cohort,founded,valued_1bn_on,valuation_usd,exit,exit_on,note,grade,source\n"
    "Old,X,on 2023-01-01,2019,2023-06,2000000000,full purchase,2024-02-03,,B,an address\n"
    "New,X,entrant,2023-04,,,none,,,B,an address\n"
)
EPOCH = (
    "company,closed_on,status,equity_usd,debt_usd,valuation_usd,reported_on,kind,confidence,source\n"
    "A,2021-03-15,closed,2,,,2023-01-12,primary,Likely,s\n"
    "B,2024-01-11,closed,3,,9,2023-12-21,,Uncertain,s\n"
    "C,,discussions,4,,,2025-09-22,primary,Confident,s\n"
)
OTHER = (
    "company,period,status,equity_usd,debt_usd,valuation_usd,kind,note,grade,source\n"
    "D,2025-08,closed,5,,,primary,,C,s\n"
)
TOP = "month,week_end,captured_on,rank,model,tokens\n"


def test_a_lab_has_a_row_for_each_event(tmp_path: Path) -> None:
    rows = labs.labs(hold(tmp_path, {labs.LABS: LABS})).set_index(["lab", "event"])
    assert rows["refers_to"].to_dict() == {
        ("Old", "independent"): "2023-01-01",
        ("New", "founded"): "2023-04-30",
        ("Old", "valued at 1 billion"): "2023-06-30",
        ("Old", "exit"): "2024-02-03",
    }
    assert rows["exit"].dropna().tolist() == ["full purchase"]
    assert rows["valuation_usd"].dropna().tolist() == ["2000000000"]


def test_an_exit_is_unknown_before_it_happens() -> None:
    before = tables.load("labs", "2023-06-01")
    assert (before["event"] != "exit").all()
    assert set(before.loc[before["cohort"] == "yes", "lab"]) >= {"OpenAI", "Anthropic", "Cohere"}


def test_a_round_is_known_when_closed_and_reported(tmp_path: Path) -> None:
    rows = funding.funding_rounds(hold(tmp_path, {funding.EPOCH: EPOCH, funding.OTHER: OTHER}))
    known = rows.set_index("company")["known_from"].to_dict()
    assert known == {"A": "2023-01-12", "B": "2024-01-11", "C": "2025-09-22", "D": "2025-08-31"}
    assert rows.set_index("company")["grade"].to_dict() == {"A": "B", "B": "C", "C": "A", "D": "C"}


def test_weights_count_as_open_from_their_day(tmp_path: Path) -> None:
    usage = TOP + (
        "2026-03,2026-03-31,2026-04-01,1,z/late,9\n"
        "2026-04,2026-04-30,2026-05-01,1,z/late,9\n"
        "2026-04,2026-04-30,2026-05-01,2,openai/gpt-5,8\n"
        "2026-04,2026-04-30,2026-05-01,3,z/unknown,7\n"
    )
    weights = (
        "model,open_weights,opened_on,evidence\nz/late,yes,2026-04-12,e\nz/unknown,not checked,,e\n"
    )
    files = {router_usage.TOP: usage, router_usage.WEIGHTS: weights}
    rows = router_usage.router_usage(hold(tmp_path, files))
    assert rows["open_weights"].tolist() == ["no", "yes", "no", "not checked"]


@pytest.mark.parametrize(
    ("name", "where", "column", "value"),
    [
        ("acquisitions", {"target": "MosaicML"}, "value_usd", 1.3e9),
        ("pricing_events", {"service": "GPT-5.5 API"}, "price_change_percent", 100),
        ("brokers", {"firm": "OpenRouter"}, "valuation_usd", 1.3e9),
        ("compute_commitments", {"supplier": "Akamai"}, "years", 7),
        ("token_budgets", {"budget": "tracelab_total"}, "hours", 2782.7),
        ("ssm_models", {"model": "Hunyuan-TurboS"}, "active_parameters", 56e9),
        ("subscription_prices", {"plan": "Plus"}, "usd_per_month", 20),
        ("lab_accounts", {"company": "Z.ai", "value": 284e6}, "value", 284e6),
        ("cloud_shares", {"quarter": "2026Q1", "provider": "google"}, "share_percent", 14),
    ],
)
def test_known_figures(name: str, where: dict[str, object], column: str, value: float) -> None:
    rows = tables.load(name)
    for key, wanted in where.items():
        rows = rows[rows[key] == wanted]
    assert rows[column].tolist() == [value]


def test_a_forecast_counts_from_the_end_of_its_year() -> None:
    accounts = tables.load("lab_accounts")
    assert (accounts["known_from"] >= accounts["refers_to"]).all()


def test_pages_that_look_back_are_known_from_their_day() -> None:
    prices = tables.load("accelerator_prices")
    looking_back = prices[prices["source"].str.contains("nextplatform.com/2022/05/09")]
    assert len(looking_back) > 0
    assert (looking_back["known_from"] >= "2022-05-09").all()
    assert (looking_back["refers_to"] < "2022-01-01").any()
    assert set(prices["grade"]) == {"A", "B", "C"}
