"""Known brokers against the rule of the second prediction, and the chance of a large one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.economics.brokerage import answers, held, odds, odds_choices
from analysis.errors import InputError

NO_LISTS = pd.Series(dtype="datetime64[us]")
END = pd.Timestamp(2026, 12, 31)


def firm(name: str = "F", **changes: Any) -> dict[str, Any]:
    """A firm that meets the strict rule."""
    return {
        "firm": name, "founded": "2027", "brokers": "workloads", "accelerator_makers": "several",
        "customer_capacity": "yes", "independent": "yes", "revenue_usd_year": 2e9,
        "valuation_usd": 5e9, "refers_to": pd.Timestamp(2026, 10, 1), "grade": "B", **changes,
    }  # fmt: skip


def firms(*rows: dict[str, Any], lists: pd.Series = NO_LISTS) -> pd.DataFrame:
    return held.held(pd.DataFrame(rows), lists)


def record(*rows: dict[str, Any], coreweave: pd.Timestamp | None = None) -> odds.Record:
    return odds.Record(firms(*rows), coreweave, END)


SMALL = firm("S", revenue_usd_year=1e7, valuation_usd=1e8, founded="2023")


@pytest.mark.parametrize(
    ("change", "fails"),
    [
        ({"independent": "no"}, "independent"),
        ({"brokers": "model calls"}, "routes workloads"),
        ({"founded": "2023"}, "new since April 2026"),
        ({"founded": "", "refers_to": pd.Timestamp(2025, 4, 1)}, "new since April 2026"),
        ({"accelerator_makers": "one"}, "two architectures or more"),
        ({"customer_capacity": "no"}, "customers' own capacity"),
        ({"revenue_usd_year": 9e8}, "a billion USD of revenue"),
    ],
)
def test_every_condition_is_asked(change: dict[str, Any], fails: str) -> None:
    frame = firms(firm(), firm("G", **change))
    assert held.meets_strict(frame).tolist() == [True, False]
    assert held.against_the_rule(frame)["strict_fails_first"][1] == fails


def test_what_is_not_on_record_neither_meets_nor_fails() -> None:
    frame = firms(firm(founded="", accelerator_makers="not checked", revenue_usd_year=None))
    assert not held.meets_strict(frame).any()
    row = frame.iloc[0]
    assert {row["new"], row["architectures"], row["size"], row["vendors"]} == {"not on record"}
    assert held.against_the_rule(frame)["strict_fails_first"][0].startswith("none; not on record")
    counted = held.by_condition(frame).set_index("condition")
    assert counted.loc["two architectures or more", "not on record"] == 1


def test_a_listing_before_the_window_shows_that_a_firm_is_not_new() -> None:
    lists = held.first_listings(
        pd.DataFrame({"host": ["deepinfra", "deepinfra"], "refers_to": pd.to_datetime(
            ["2024-05-01", "2023-09-01"])})
    )  # fmt: skip
    assert lists["deepinfra"] == pd.Timestamp(2023, 9, 1)
    assert firms(firm("Deep Infra", founded=""), lists=lists)["new"].tolist() == ["no"]
    assert firms(firm("Other", founded=""), lists=lists)["new"].tolist() == ["not on record"]


def test_the_lenient_rule_has_two_readings() -> None:
    frame = firms(
        firm("own"),
        firm("router", brokers="model calls"),
        firm("futures", brokers="price contracts"),
    )
    by_firm = frame["firm"]
    assert set(by_firm[held.meets_lenient(frame)]) == {"own", "router"}
    assert set(by_firm[held.meets_lenient(frame, "own placing")]) == {"own"}
    with pytest.raises(InputError):
        held.meets_lenient(frame, "any")


def test_no_event_leaves_what_the_prior_says() -> None:
    found = odds.odds(record(SMALL), "strict", "brokers on record")
    assert (found.count, found.met) == (0, False)
    # 1 - (T / (T + w))^(1/2), T 48 months and w 28
    assert found.probability == pytest.approx(1 - (48 / 76) ** 0.5, abs=0.002)
    late = odds.odds(record(SMALL), "strict", "brokers on record", lead_months=12)
    assert late.probability == pytest.approx(1 - (48 / 64) ** 0.5, abs=0.002)


def test_classes_count_what_they_say() -> None:
    day = pd.Timestamp(2024, 12, 31)
    seen = record(
        SMALL, firm("V", brokers="model calls", revenue_usd_year=None, founded="2023"),
        firm("M", brokers="inference software", independent="no", revenue_usd_year=None),
        coreweave=day,
    )  # fmt: skip
    counts = {name: len(odds.event_days(seen, name)) for name in odds.SIZE_CLASSES}
    assert counts == {"brokers on record": 0, "with CoreWeave": 1, "valued at a billion": 1}
    assert [len(odds.event_days(seen, name)) for name in odds.LENIENT_CLASSES] == [0, 1]
    # an event before the first day of the exposure does not count
    later = odds.odds(seen, "strict", "with CoreWeave", since=pd.Timestamp(2025, 1, 1))
    assert later.count == 0
    with pytest.raises(InputError):
        odds.event_days(seen, "all")


def test_what_is_not_known_yet_does_not_count() -> None:
    early = odds.Record(firms(SMALL), pd.Timestamp(2024, 12, 31), pd.Timestamp(2024, 6, 30))
    assert odds.event_days(early, "with CoreWeave") == []
    found = odds.odds(early, "strict", "brokers on record")
    assert found.ahead == pytest.approx(37, abs=0.1)  # the window, not the time before it


def test_an_event_in_the_window_is_certain_one_before_it_is_not() -> None:
    met = odds.odds(record(SMALL, firm()), "strict", "brokers on record")
    assert (met.probability, met.met, met.count) == (1.0, True, 1)
    old = firm(refers_to=pd.Timestamp(2026, 3, 1))
    assert not odds.odds(record(old), "lenient", "independent brokers").met


def test_coreweave_is_dated_by_its_first_large_year() -> None:
    accounts = pd.DataFrame(
        {
            "company": ["CRWV", "CRWV", "CRWV", "MSFT"], "measure": "revenue",
            "period": ["year", "year", "quarter", "year"], "value_usd": [2e9, 3e8, 5e9, 2e11],
            "refers_to": pd.to_datetime(["2024-12-31", "2023-12-31", "2023-03-31", "2020-12-31"]),
        }
    )  # fmt: skip
    assert odds.coreweave_day(accounts) == pd.Timestamp(2024, 12, 31)
    assert odds.coreweave_day(accounts[1:]) is None


def test_table_and_curves() -> None:
    seen = record(SMALL, firm("V", brokers="model calls", revenue_usd_year=None))
    table = odds.table(seen)
    assert table["met"].tolist() == ["no"] * 3 + ["yes", "no", "no"]
    curve = odds_choices.curve(seen, "lenient", 0.95)
    assert curve.estimates["estimate"].max() == 1 and curve.n > 20
    assert (odds_choices.curve(seen, "strict", 0.95).skipped["skipped"].str.contains("prior")).all()


def test_the_record_has_no_estimate_before_the_end_unless_met() -> None:
    seen = record(SMALL)
    answer = answers.brokers(seen, odds.table(seen))
    assert answer.estimate is None and answer.n == 1 and "31 December 2026" in answer.reason
    met = record(firm())
    assert answers.brokers(met, odds.table(met)).estimate == 1
    over = odds.Record(firms(SMALL), None, held.WINDOW_END)
    assert answers.brokers(over, pd.DataFrame()).estimate == 0
    assert answers.brokers(None, None).estimate is None


def test_forecasts_say_what_they_count() -> None:
    seen = record(SMALL, firm("V", brokers="model calls", revenue_usd_year=None, grade="C"))
    strict = answers.forecast(seen, "strict", pseudo_vintage=True, level=0.9)
    assert "0 in 48 months" in strict["reference_class"] and strict["grade"] == "C"
    assert strict["window_end"] == "2029-04-30" and strict["level"] == 0.9
    lenient = answers.forecast(seen, "lenient", pseudo_vintage=False)
    assert lenient["probability"] == 1 and lenient["n"] == 1 and lenient["grade"] == "C"
    # met by one reading only: the interval reaches down to that of the other
    own = odds.odds(seen, "lenient", "independent brokers", definition="own placing")
    assert lenient["interval"] == (own.interval[0], 1.0) and own.interval[0] < 0.01
    assert f"{own.probability:.0%}" in lenient["reason"] and "one reading" in lenient["method"]
    both = answers.forecast(record(firm(founded="2023")), "lenient", pseudo_vintage=False)
    assert both["interval"] == (1.0, 1.0) and both["method"] == "met on record"
    assert "little more than the prior" in strict["reason"] and "1 of 2 firms" in strict["reason"]
    flat = answers.forecast(seen, "strict", pseudo_vintage=False, prior="uniform")
    assert "uniform prior" in flat["method"]
    nobody = answers.forecast(None, "strict", pseudo_vintage=False)
    assert nobody["probability"] is None and nobody["reason"]


def test_nobody_known_is_refused() -> None:
    with pytest.raises(InputError):
        held.held(pd.DataFrame([firm()])[:0], NO_LISTS)
