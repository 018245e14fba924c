"""Reported events held against the rule, and the odds of one in the window."""

from __future__ import annotations

import pandas as pd
import pytest
from price_event_samples import IN_WINDOW, record, reported

from analysis import tables
from analysis.economics.price_events import against_rule, answers, odds
from analysis.errors import InputError

MONTH = 365.25 / 12


def _services(definition: str) -> list[str]:
    frame = against_rule.held(reported())
    return list(frame.loc[against_rule.meets(frame, definition), "service"])


def test_each_reading_takes_the_events_that_meet_it() -> None:
    assert _services("strict") == ["Paywall", "Part"]
    assert _services("strict, whole service") == ["Paywall"]
    assert _services("strict, coverage as given") == ["Paywall", "Unseen", "Part"]
    assert _services("lenient") == ["Paywall", "Unseen", "Small", "Coder", "Part"]
    assert _services("lenient, coverage on record") == ["Paywall", "Small", "Part"]
    assert _services("lenient, closings too") == [*_services("lenient"), "Shut"]


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(InputError, match="definition"):
        against_rule.meets(against_rule.held(reported()), "wide")


def test_the_table_says_why_an_event_does_not_count() -> None:
    counts = against_rule.table(against_rule.held(reported())).set_index("service")["counts_as"]
    assert counts["Paywall"] == "strict and lenient"
    assert counts["Unseen"] == "lenient: fewer outlets on record"
    assert counts["Small"] == "lenient: users and rank not on record"
    assert counts["Coder"] == "lenient: not of the kind named"
    assert counts["Undone"] == "neither: undone"
    assert counts["Shut"] == "neither: closed, not cut"
    for name in ("Exact", "Third"):
        assert counts[name] == "neither: size not on record or too small"


def test_rows_are_counted_by_half_year() -> None:
    found = against_rule.by_half_year(against_rule.held(reported())).set_index("half_year")
    assert found["rows"].to_dict() == {"2024 H1": 2, "2024 H2": 1, "2025 H1": 6}
    assert found.loc["2024 H1", "of_grade_c"] == 1


def test_odds_by_hand() -> None:
    """Two events; Jeffreys: 1 - (T / (T + w))^2.5, T from 2023 and w from the last day."""
    found = odds.odds(record("2026-07-01"), "strict")
    time, ahead = 1277 / MONTH, 487 / MONTH
    assert (found.count, found.exposure, found.ahead) == pytest.approx((2, time, ahead))
    assert found.probability == pytest.approx(1 - (time / (time + ahead)) ** 2.5)
    assert found.interval[0] < found.probability < found.interval[1]


def test_before_the_window_only_the_window_counts() -> None:
    found = odds.odds(record("2025-12-31"), "strict")
    assert found.ahead == pytest.approx(578 / MONTH)


def test_events_that_the_list_misses_raise_the_odds() -> None:
    seen = record("2026-07-01")
    all_found, half_found = (odds.odds(seen, "strict", found=share) for share in (1.0, 0.5))
    assert half_found.exposure == pytest.approx(all_found.exposure / 2)
    assert half_found.probability > all_found.probability
    table = odds.by_share_found(seen)
    strict = table[table["definition"] == "strict"]
    assert strict["probability"].is_monotonic_decreasing
    assert strict["probability"].iloc[-1] == pytest.approx(all_found.probability)


def test_weak_sources_can_be_left_out() -> None:
    seen = record("2026-07-01")
    assert odds.odds(seen, "lenient").count == 5
    graded = odds.odds(seen, "lenient", source="grade A or B")
    assert (graded.count, graded.grade) == (4, "B")


@pytest.mark.parametrize("share", [0.0, 1.2, -1.0])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    with pytest.raises(InputError, match="found"):
        odds.odds(record("2026-07-01"), "strict", found=share)


def test_neither_event_nor_prior_gives_no_odds() -> None:
    with pytest.raises(InputError, match="prior"):
        odds.odds(record("2023-06-01"), "strict", prior="none")


def test_an_event_in_the_window_settles_it() -> None:
    seen = record("2026-07-01", IN_WINDOW)
    assert odds.odds(seen, "strict").probability == 1
    assert odds.odds(record("2026-04-20", IN_WINDOW), "strict").probability < 1
    assert answers.controversy(seen, odds.table(seen)).estimate == 1


def test_an_event_of_grade_c_alone_settles_nothing() -> None:
    weak = (*IN_WINDOW[:-1], "C")
    seen = record("2026-07-01", weak)
    found = answers.controversy(seen, odds.table(seen))
    assert found.estimate is None and "lowest grade only" in found.reason


def test_the_open_window_has_no_estimate_and_its_end_has() -> None:
    seen = record("2026-07-01")
    chances = odds.table(seen)
    assert answers.controversy(seen, chances).estimate is None
    over = record("2027-10-31")
    assert answers.controversy(over, chances).estimate == 0
    with pytest.raises(InputError, match="over"):
        odds.odds(record("2027-11-01"), "strict")
    before = record("2026-01-01")
    assert "had not begun" in answers.controversy(before, odds.table(before)).reason


def test_a_forecast_carries_its_reference_class_or_the_reason_why_there_is_none() -> None:
    seen = record("2026-07-01")
    stated = answers.forecast(seen, "strict")
    assert stated["n"] == 2 and "2 of 9 events" in stated["reference_class"]
    assert "made by searching" in stated["reference_class"]
    assert stated["probability"] == odds.odds(seen, "strict").probability
    nothing = answers.forecast(None, "strict")
    assert nothing["probability"] is None and "no price event" in nothing["reason"]


def test_curve_names_its_axes_and_stays_between_0_and_1() -> None:
    curve = odds.curve(record("2026-07-01"), against_rule.STRICT, 0.95)
    assert curve.axes == ("definition", "since", "source", "prior", "share_found")
    assert curve.estimates["estimate"].between(0, 1).all()
    with_half = curve.specifications[curve.specifications["share_found"] == 0.5]
    assert (with_half["skipped"] == "").any()


def test_no_event_of_the_open_window_meets_the_strict_rule_and_a_closing_meets_a_wide_one() -> None:
    rows = tables.load("pricing_events", "2026-11-23")
    seen = odds.record(against_rule.held(rows), rows.attrs["observed_through"], rows.attrs["as_of"])
    assert odds.odds(seen, "strict").in_window == odds.odds(seen, "lenient").in_window == 0
    wide = against_rule.events(seen.events, "lenient, closings too", odds.OPEN, seen.end)
    assert wide["service"].tolist() == ["Sora app"]


def test_the_list_ends_with_observation() -> None:
    rows = tables.load("pricing_events", "2026-01-31")
    seen = odds.record(against_rule.held(rows), rows.attrs["observed_through"], rows.attrs["as_of"])
    assert seen.end == pd.Timestamp(2026, 1, 31)
