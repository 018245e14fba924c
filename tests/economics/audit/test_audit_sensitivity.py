"""Other choices under the frozen rules."""

from __future__ import annotations

from datetime import date

import pytest

from analysis import tables
from analysis.claims import store
from analysis.economics.audit import choices as audit_choices
from analysis.economics.audit import sensitivity as audit_sensitivity
from analysis.economics.audit.facts import Facts
from analysis.economics.audit.sensitivity import Choice
from analysis.economics.audit.text import Article

NOTEBOOK = "01_article_audit"


@pytest.mark.parametrize(
    ("estimate", "verdict"), [(1.0, "supported"), (2.0, "undecided"), (3.0, "contradicted")]
)
def test_verdict_is_that_of_the_frozen_rule(estimate: float, verdict: str) -> None:
    assert Choice("c25", "gpt35", "x", estimate).verdict == verdict


def test_moves_are_relative_to_the_headline() -> None:
    choices = [
        Choice("c25", "gpt35", "recorded", 8.0, headline=True),
        Choice("c25", "gpt35", "close", 1.2),
        Choice("c25", "gpt35", "far", 16.0),
    ]
    table = audit_sensitivity.table(choices)
    assert table["moves"].tolist() == ["", "yes", ""]
    (row,) = audit_sensitivity.summary(table).to_dict("records")
    assert row["verdict"] == "contradicted" and row["which"] == "close"
    assert (row["other choices"], row["move it"]) == (2, 1)


def test_a_headline_without_an_estimate_is_undecided_and_readings_that_decide_move_it() -> None:
    choices = [
        Choice("x10", "named", "all readings", None, headline=True),
        Choice("x10", "named", "strict reading", 3.0),
        Choice("x10", "named", "plain reading", 6.0),
    ]
    (row,) = audit_sensitivity.summary(audit_sensitivity.table(choices)).to_dict("records")
    assert (row["verdict"], row["move it"]) == ("undecided", 2)


@pytest.mark.parametrize("day", ["latest", "2026-05-10", "2025-06-30", "2024-01-31"])
def test_every_group_has_one_headline_on_any_day(day: str) -> None:
    found = _choices(day)
    heads = [(c.claim, c.estimand) for c in found if c.headline]
    assert len(heads) == len(set(heads))
    assert {(c.claim, c.estimand) for c in found} == set(heads)


def test_choices_of_the_newest_day_are_many_and_of_this_notebook() -> None:
    found = _choices("latest")
    assert len(found) >= 60
    assert {store.find(c.claim).notebook for c in found} == {NOTEBOOK}


def _choices(day: str) -> list[Choice]:
    text = Article(tables.load("article_tables", day), tables.load("article_statements", day))
    known, chips = Facts(tables.load("dated_facts", day)), tables.load("accelerators", day)
    as_of: date = tables.resolve(day)
    return list(audit_choices.choices(text, known, chips, as_of))
