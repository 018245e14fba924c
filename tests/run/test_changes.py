"""What differs between two reports, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from analysis.run import state
from analysis.run.changes import compare
from analysis.run.state import Judged, Made, State

PRICE = Judged("Prices rise", "supported", "factor", "r", "x", ("03_price",), {"main/lists": 2.0})
COST = Judged("Costs grow", "undecided", "usd", "r", "x", ("02_cost",), {"main/main": 10.0})
MADE = Made({"as_of": "2026-11-16", "top_k": 10}, "c", "r", "e", ("prices",))
BEFORE = State(
    "2026-11-16",
    "a" * 20,
    {"c01": PRICE, "c02": COST},
    "1111",
    {"prices": "p", "costs": "k"},
    {"03_price": MADE, "02_cost": replace(MADE, tables=("costs",))},
)


def after(price: dict[str, Any] | None = None, **changed: Any) -> State:
    """The next report, in which c01 is contradicted; ``price`` changes what its notebook uses."""
    claims = {"c01": replace(PRICE, verdict="contradicted"), "c02": COST}
    made = BEFORE.made | {"03_price": replace(MADE, **(price or {}))}
    return replace(BEFORE, set="b" * 20, **({"claims": claims, "made": made} | changed))


@pytest.mark.parametrize(
    ("now", "causes"),
    [
        (after(tables={"prices": "other", "costs": "k"}), ("data (prices)",)),
        (after({"code": "d"}, commit="2222"), ("code (1111 to 2222)",)),
        (after({"code": "d"}), ("code",)),
        (after({"parameters": {"as_of": "2026-11-16", "top_k": 5}}), ("parameter (top_k)",)),
        (after({"environment": "f"}), ("environment (Python or a locked package)",)),
        (after(as_of="2026-11-23"), ("the day alone (2026-11-16 to 2026-11-23)",)),
        (
            after({"code": "d"}, commit="2222", tables={"prices": "q", "costs": "q"}),
            ("data (prices)", "code (1111 to 2222)"),
        ),
        # Nothing of its own changed: it moved with its family, whose table did.
        (after(tables={"prices": "p", "costs": "other"}), ("data (costs)",)),
        (after(made={}), ()),
    ],
)
def test_a_changed_verdict_has_its_causes(now: State, causes: tuple[str, ...]) -> None:
    (found,) = compare(BEFORE, now).verdicts
    assert (found.claim, found.was, found.now) == ("c01", "supported", "contradicted")
    assert found.causes == causes


def test_an_amended_rule_is_a_cause_for_its_own_claim_alone() -> None:
    claims = {
        "c01": replace(PRICE, verdict="mixed", rule="amended"),
        "c02": replace(COST, verdict="supported"),
    }
    made = {
        "03_price": replace(MADE, rules="s"),
        "02_cost": replace(MADE, tables=("costs",), code="d"),
    }
    found = compare(BEFORE, replace(BEFORE, claims=claims, made=made, commit="2222"))
    assert [one.causes for one in found.verdicts] == [("its rule",), ("code (1111 to 2222)",)]
    assert found.causes == ("code (1111 to 2222)", "rules")


@pytest.mark.parametrize(("conditions", "amended"), [("y", True), ("x", False), ("", False)])
def test_conditions_count_where_both_reports_have_them(conditions: str, amended: bool) -> None:
    claims = {"c01": replace(PRICE, verdict="mixed", conditions=conditions)}
    (found,) = compare(BEFORE, replace(BEFORE, claims=claims)).verdicts
    assert (found.causes == ("its rule",)) is amended


def test_the_line_says_what_was_and_what_is_and_why() -> None:
    lines = compare(BEFORE, after(tables={"prices": "q", "costs": "k"})).lines()
    assert lines == ["c01: supported -> contradicted (why: data (prices)): Prices rise"]
    unknown = replace(BEFORE, made={}, tables={}, set="")
    (line,) = compare(unknown, after()).lines()
    assert "why: the earlier report does not say" in line


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (10.0, 11.0, False),
        (10.0, 11.2, True),
        (11.2, 10.0, True),
        (0.0, 0.0, False),
        (0.0, 1e-9, True),
        (-1.0, 1.0, True),
        (None, 1.0, True),
        (1.0, None, True),
        (None, None, False),
    ],
)
def test_an_estimate_is_told_beyond_a_tenth(
    was: float | None, now: float | None, told: bool
) -> None:
    sides = [
        replace(BEFORE, claims={"c02": replace(COST, estimates={"main/main": value})})
        for value in (was, now)
    ]
    for side in sides:
        side.claims["c02"].estimates["main/other"] = 1.0
    found = compare(*sides).estimates
    assert [(one.claim, one.was, one.now) for one in found] == ([("c02", was, now)] if told else [])


def test_first_evidence_is_a_cause_and_its_estimates_are_no_changes() -> None:
    untested = replace(PRICE, verdict="not yet tested", estimates={})
    found = compare(replace(BEFORE, claims={"c01": untested}), replace(BEFORE, set="b"))
    assert [one.causes for one in found.verdicts] == [("first evidence",)]
    assert found.estimates == ()


def test_equal_reports_differ_in_nothing() -> None:
    found = compare(BEFORE, BEFORE)
    assert found.lines() == [] and not (found.verdicts or found.tables or found.causes)


def test_claims_that_enter_or_leave_the_ledger_are_no_changed_verdicts() -> None:
    found = compare(BEFORE, replace(BEFORE, claims={"c01": PRICE, "c99": COST}))
    assert (found.entered, found.left, found.verdicts) == (("c99",), ("c02",), ())
    assert found.lines() == ["c99: new in the ledger", "c02: no longer in the ledger"]


def test_a_state_survives_json() -> None:
    assert state.from_dict(json.loads(json.dumps(BEFORE.as_dict()))) == BEFORE
