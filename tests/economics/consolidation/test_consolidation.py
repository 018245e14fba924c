"""Deals held against the rule, labs at risk, and the odds of an event."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from consolidation_samples import acquisitions, labs, record

from analysis import tables
from analysis.economics.consolidation import answers, choices, cohort, deals, odds
from analysis.errors import InputError

IN_WINDOW = ("Late", "model developer", "Oracle", "cloud giant", "full", "closed",
             "2026-04-10", "2026-05-01", 2e9)  # fmt: skip


def _targets(definition: str, universe: str = "labs") -> list[str]:
    frame = deals.held(labs(), acquisitions())
    return list(frame.loc[deals.meets(frame, definition, universe), "target"])


def test_each_definition_takes_the_deals_that_meet_it() -> None:
    assert _targets("strict") == ["Alpha"]
    assert _targets("strict, valued before the sale") == []
    assert _targets("broad") == ["Alpha", "Beta"]
    assert _targets("broad, staff on record") == ["Alpha", "Beta"]
    assert _targets("broad", "deals") == ["Alpha", "Beta", "Tiny"]


def test_a_licence_without_staff_on_record_leaves_the_narrow_reading() -> None:
    unknown = labs().assign(note="")
    frame = deals.held(unknown, acquisitions())
    assert list(frame.loc[deals.meets(frame, "broad, staff on record"), "target"]) == ["Alpha"]


@pytest.mark.parametrize(("definition", "universe"), [("wide", "labs"), ("strict", "all")])
def test_unknown_readings_are_refused(definition: str, universe: str) -> None:
    frame = deals.held(labs(), acquisitions())
    with pytest.raises(InputError):
        deals.meets(frame, definition, universe)


def test_a_purchase_counts_from_its_closing_not_its_signing() -> None:
    frame, start = deals.held(labs(), acquisitions()), pd.Timestamp(2023, 1, 1)
    assert deals.events(frame, "strict", start, pd.Timestamp(2023, 6, 30)).empty
    assert len(deals.events(frame, "strict", start, pd.Timestamp(2023, 7, 1))) == 1


def test_the_table_says_why_a_deal_does_not_count() -> None:
    shown = deals.against_the_rule(deals.held(labs(), acquisitions())).set_index("target")
    assert shown.loc["Alpha", "counts_as"] == "strict and broad"
    assert shown.loc["Beta", "counts_as"] == "broad: not a full purchase"
    assert shown.loc["Tiny", "counts_as"] == "neither: no valuation of a billion on record"
    assert shown.loc["Gamma", "counts_as"] == "neither: not closed"


def test_lab_months_by_hand() -> None:
    """Beta 365 days of 2023, Alpha 30, Gamma 182, Late 184 to 1 January 2025."""
    start, end = pd.Timestamp(2023, 1, 1), pd.Timestamp(2025, 1, 1)
    frame = cohort.spells(labs(), end)
    assert cohort.lab_months(frame, start, end) * cohort.DAYS_PER_MONTH == pytest.approx(761)
    assert cohort.at_risk(frame) == 1


def test_what_comes_after_the_end_is_not_seen() -> None:
    frame = cohort.spells(labs(), pd.Timestamp(2023, 6, 15)).set_index("lab")
    assert "Late" not in frame.index and frame["left"].isna().all()
    assert list(frame.index[frame["valued"].notna()]) == ["Alpha", "Beta"]


def test_survival_counts_purchases_and_stops_at_other_exits() -> None:
    """Of four, one bought at 6 months (3/4), one by licence at 12 (2/3 of that), one listed."""
    end = pd.Timestamp(2025, 1, 1)
    seen = record("2025-01-01")
    strict = cohort.survival(seen.labs, seen.deals, "strict", end)
    broad = cohort.survival(seen.labs, seen.deals, "broad", end)
    assert strict.survival == pytest.approx([0.75]) and strict.n == 4
    assert broad.survival == pytest.approx([0.75, 0.5])
    assert broad.last == pytest.approx(cohort.months(cohort.COHORT_START, end))


def test_odds_by_hand() -> None:
    """Jeffreys: 1 - (T / (T + w))^1.5 with T from 2023 and w from the window's start, less 1."""
    found = odds.odds(record("2025-01-01"), "strict", 24)
    time = 731 / (365.25 / 12)
    ahead = 760 / (365.25 / 12) - 1
    assert (found.count, found.exposure, found.ahead) == pytest.approx((1, time, ahead))
    assert found.probability == pytest.approx(1 - (time / (time + ahead)) ** 1.5)
    assert found.interval[0] < found.probability < found.interval[1]


def test_odds_shrink_with_time_spent_and_grow_with_the_window() -> None:
    early, late = record("2026-04-01"), record("2027-04-01")
    assert odds.odds(late, "strict", 24).probability < odds.odds(early, "strict", 24).probability
    assert odds.odds(early, "strict", 36).probability > odds.odds(early, "strict", 24).probability
    slow = odds.odds(early, "strict", 24, closing_months=12)
    assert slow.probability < odds.odds(early, "strict", 24).probability


def test_an_event_in_the_window_makes_it_certain() -> None:
    found = odds.odds(record("2026-06-30", IN_WINDOW), "strict", 24)
    assert (found.probability, found.in_window) == (1.0, 1)
    assert odds.odds(record("2026-04-20", IN_WINDOW), "strict", 24).probability < 1


def test_neither_event_nor_prior_gives_no_odds() -> None:
    with pytest.raises(InputError, match="prior"):
        odds.odds(record("2025-01-01"), "strict, valued before the sale", 24, prior="none")


def test_a_window_that_is_over_gives_no_odds() -> None:
    with pytest.raises(InputError, match="over"):
        odds.odds(record("2028-05-01"), "strict", 24)


def test_the_open_window_has_no_estimate_and_carries_the_odds() -> None:
    seen = record("2026-06-30")
    found = answers.purchase(seen, odds.table(seen), odds.rates(seen))
    assert found.estimate is None and "decides nothing" in found.reason and found.detail
    assert [row["months"] for row in found.detail["chances"]] == [24, 36, 24, 36]
    before = record("2025-01-01")
    early = answers.purchase(before, odds.table(before), odds.rates(before))
    assert early.estimate is None and "had not begun" in early.reason


def test_an_event_settles_the_first_but_not_its_reason() -> None:
    seen = record("2026-06-30", IN_WINDOW)
    chances = odds.table(seen)
    assert answers.purchase(seen, chances, odds.rates(seen)).estimate == 1
    why = answers.for_compute(seen, chances)
    assert why.estimate is None and "filings" in why.reason


def test_silence_to_the_end_settles_both() -> None:
    over, chances = record("2029-04-30"), odds.table(record("2026-06-30"))
    assert answers.purchase(over, chances, chances).estimate == 0
    assert answers.for_compute(over, chances).estimate == 0


def test_one_lab_has_a_smaller_chance_than_all() -> None:
    seen = record("2024-06-30")
    one = answers.one_lab(seen, closing_months=1)
    every = odds.odds(seen, "strict", 24, exposure=odds.LABS)
    assert cohort.at_risk(seen.labs) == 1
    assert one["probability"].iloc[0] == pytest.approx(every.probability)
    assert one["probability"].is_monotonic_increasing


def test_curve_names_its_axes_and_skips_what_has_no_odds() -> None:
    found = choices.curve(record("2026-06-30"), deals.DEFINITIONS[:2], 36, 0.95)
    assert {"definition", "source", "exposure", "since", "prior"} <= set(found.axes)
    assert (found.skipped["prior"] == "none").all() and len(found.skipped)
    assert found.estimates["estimate"].between(0, 1, inclusive="neither").all()


def test_base_rate_of_the_tables_as_the_sources_have_it() -> None:
    """One full purchase (MosaicML, closed 19 July 2023), three licences of 2024; none since."""
    known, made = tables.load("labs"), tables.load("acquisitions")
    end = min(deals.last_day(known, made), pd.Timestamp(2026, 6, 30))
    frame, start = deals.held(known, made), pd.Timestamp(2023, 1, 1)
    assert list(deals.events(frame, "strict", start, end)["target"]) == ["MosaicML"]
    broad = deals.events(frame, "broad", start, end)["target"]
    assert set(broad) == {"MosaicML", "Inflection AI", "Adept AI", "Character.AI"}
    seen = odds.Record(cohort.spells(known, end), frame, end)
    rate = odds.rates(seen).set_index("definition").loc["strict"]
    assert math.isclose(rate["high"] * rate["observed_months"], 5.5716, rel_tol=1e-4)


def test_exposure_ends_with_observation() -> None:
    known, made = tables.load("labs", "2025-06-30"), tables.load("acquisitions", "2025-06-30")
    assert deals.last_day(known, made) == pd.Timestamp(2025, 6, 30)
    latest = tables.load("labs"), tables.load("acquisitions")
    assert deals.last_day(*latest) == pd.Timestamp(latest[1].attrs["observed_through"])
