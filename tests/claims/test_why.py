"""Why a verdict changed, told from two rows of a report or of the history."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.claims.model import Claim
from analysis.claims.movement import of_history
from analysis.claims.why import explain

LISTS = {
    "source": "price_lists", "direction": None, "clause": "", "estimate": 0.9, "low": 0.8,
    "high": 1.2, "level": 0.95, "unit": "factor per year", "n": 120, "agree_share": 0.9,
    "reason": "",
}  # fmt: skip
BELOW = {"estimate": 0.7, "low": 0.6, "high": 0.8, "n": 193, "direction": "contradicted"}
NONE = {"estimate": None, "low": None, "high": None, "level": None, "n": 0, "reason": "too few"}


def row(verdict: str, /, *sources: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A row of ``verdicts.table`` with one estimand."""
    estimand = {"id": "main", "supported_if": "low > 1", "contradicted_if": "high < 1"}
    return {
        "verdict": verdict, "rule": "r", "amendments": [], "q": None, "agree_share": 0.9,
        "reason": "As it is.", "estimands": [estimand | {"sources": list(sources)}],
    } | changed  # fmt: skip


def test_a_source_that_turns_is_told_with_both_intervals_and_where_they_lie() -> None:
    told = explain(row("undecided", LISTS), row("contradicted", LISTS | BELOW))
    assert told == (
        "The estimate on price lists is now 0.7× per year (95 % interval 0.6 to 0.8, n = 193), "
        "below 1; it was 0.9× per year (95 % interval 0.8 to 1.2, n = 120), with 1 inside the "
        "interval."
    )


def test_of_several_sources_the_ones_that_moved_are_told_and_all_are_counted() -> None:
    router = LISTS | {"source": "router"}
    before = row("undecided", LISTS, router)
    told = explain(before, row("contradicted", LISTS | BELOW, router | BELOW))
    assert "on price lists is now" in told and "on router is now" in told
    assert told.endswith("Both readings contradict it.")
    told = explain(before, row("undecided", LISTS | BELOW, router))
    assert "router" not in told and told.endswith("Of 2 readings 1 contradicts it.")
    above = {"estimate": 2.0, "low": 1.5, "high": 3.0, "direction": "supported"}
    told = explain(before, row("mixed", LISTS | BELOW, router | above))
    assert told.endswith("Of 2 readings 1 supports it and 1 contradicts it.")
    told = explain(row("contradicted", LISTS | BELOW, router | BELOW), before)
    assert told.endswith("Neither of the 2 readings decides.")


def test_a_first_estimate_says_why_there_was_none() -> None:
    told = explain(row("undecided", LISTS | NONE), row("contradicted", LISTS | BELOW))
    assert told == (
        "There is an estimate on price lists now, where there was none (too few): 0.7× per year "
        "(95 % interval 0.6 to 0.8, n = 193), below 1."
    )


def test_a_fact_is_told_with_what_the_notebook_says_of_it() -> None:
    fact = {"unit": "yes or no", "level": None, "low": None, "high": None, "source": "main"}
    yes = LISTS | fact | {"estimate": 1.0, "reason": "by the filing", "direction": "supported"}
    told = explain(row("undecided", LISTS | fact | NONE), row("supported", yes))
    assert told == (
        "There is an answer now, where there was none (too few): by the filing; the answer is yes."
    )
    no = yes | {"estimate": 0.0, "direction": "contradicted", "reason": "by another"}
    told = explain(row("supported", yes), row("contradicted", no))
    assert told == "The answer is now no (by another); it was yes."


def test_an_estimate_that_is_lost_is_told() -> None:
    told = explain(row("contradicted", LISTS | BELOW), row("undecided", LISTS | NONE))
    assert told == "There is no estimate on price lists any more (too few)."


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ({"agree_share": 0.79}, {"agree_share": 0.8}, "80 % of the specifications agree now, 79 %"),
        ({"agree_share": 0.9}, {"agree_share": 0.5}, "50 % of the specifications agree now"),
        ({"q": 0.14}, {"q": 0.1}, "q is now 0.1, it was 0.14; at most 0.1 is needed"),
        ({"q": 0.1}, {"q": 0.11}, "q is now 0.11, it was 0.1"),
        (
            {"reason": "The window is open until"},
            {"verdict": "contradicted"},
            "The window of the prediction has closed",
        ),
        ({"rule": "old"}, {}, "Its rule is another one."),
        ({}, {"amendments": [{"reason": "The unit was wrong"}]}, "Its rule was amended: The unit"),
        ({"verdict": "untestable"}, {}, "A public series that can decide it is known now."),
        ({"verdict": "not yet tested"}, {}, "It has evidence by this rule for the first time."),
        ({}, {}, "As it is."),
    ],
)
def test_what_else_has_to_hold(was: dict[str, Any], now: dict[str, Any], told: str) -> None:
    assert told in explain(row("undecided", LISTS, **was), row("supported", LISTS, **now))


def test_what_holds_on_both_sides_is_no_reason() -> None:
    told = explain(row("undecided", LISTS, q=0.3), row("contradicted", LISTS | BELOW, q=0.2))
    assert "family" not in told and "specifications" not in told


def test_reports_that_do_not_tell_explain_nothing() -> None:
    assert explain({}, row("supported", LISTS)) == explain(row("mixed", LISTS), {}) == ""
    assert explain({"verdict": "mixed"}, row("supported", LISTS)) == ""


def claim(*estimands: dict[str, Any], **changed: Any) -> Claim:
    return Claim.model_validate(
        {
            "id": "c01", "section": "Lead", "kind": "trend", "says": "Prices rise", "rule": "r",
            "unit": "factor per year", "frozen_on": "2026-11-01", "knew": "nothing",
            "decision": "interval", "estimands": list(estimands),
        }
        | changed
    )  # fmt: skip


ONE = {"id": "main", "sources": ["price_lists"], "supported_if": "low > 1",
       "contradicted_if": "high < 1"}  # fmt: skip


def past(verdict: str, estimate: float | None, low: float | None, high: float | None) -> dict:
    return {
        "as_of": "2026-03-31", "id": "c01", "verdict": verdict, "estimate": estimate, "low": low,
        "high": high, "unit": "factor per year", "n": 12, "grade": "A", "agree_share": 1.0,
        "pseudo_vintage": False,
    }  # fmt: skip


def test_the_history_explains_a_claim_with_one_reading_in_full() -> None:
    rows = [past("undecided", 0.9, 0.8, 1.2), past("contradicted", 0.7, 0.6, 0.8)]
    told = explain(*(of_history(found, claim(ONE)) for found in rows))
    assert told == (
        "The estimate on price lists is now 0.7× per year (interval 0.6 to 0.8, n = 12), below 1; "
        "it was 0.9× per year (interval 0.8 to 1.2, n = 12), with 1 inside the interval."
    )


def test_the_history_says_that_a_window_closed() -> None:
    soon = claim(ONE, kind="prediction", window_end="2026-06-30")
    rows = [past("undecided", 0.7, 0.6, 0.8), past("contradicted", 0.7, 0.6, 0.8)]
    rows[1]["as_of"] = "2026-09-30"
    told = explain(*(of_history(found, soon) for found in rows))
    assert told == "The window of the prediction has closed."
    rows = [past("undecided", 0.9, 0.8, 1.2), past("supported", 1.3, 1.2, 1.4)]
    early = explain(*(of_history(found, soon) for found in rows))
    assert early.startswith("The estimate on price lists is now 1.3×") and "window" not in early


def test_the_history_says_where_it_does_not_keep_what_decided() -> None:
    two = claim(ONE | {"sources": ["price_lists", "router"]}, family="H1")
    rows = [past("undecided", 0.7, 0.6, 0.8), past("contradicted", 0.6, 0.5, 0.8)]
    told = explain(*(of_history(found, two) for found in rows))
    assert told == (
        "Its first reading on price lists points where it did: it is now 0.6× per year (interval "
        "0.5 to 0.8, n = 12); it was 0.7× per year (interval 0.6 to 0.8, n = 12). What decided is "
        "its other reading or q in its pre-registered family, which the history does not keep."
    )


def test_a_claim_that_left_the_ledger_has_no_readings() -> None:
    assert of_history(past("mixed", 1.0, None, None), None)["estimands"] == []


def test_a_single_reading_that_points_where_it_did_is_told_all_the_same() -> None:
    rows = [past("undecided", 0.7, None, None), past("contradicted", 0.6, None, None)]
    told = explain(*(of_history(found, claim(ONE)) for found in rows))
    assert told == (
        "Its only reading on price lists points where it did: it is now 0.6× per year (n = 12); "
        "it was 0.7× per year (n = 12)."
    )
