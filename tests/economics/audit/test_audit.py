"""The article and the facts as they were known on a day."""

from __future__ import annotations

from datetime import date

import pytest
from audit_samples import article, facts, unpublished

from analysis import tables
from analysis.claims.answer import attempt
from analysis.economics.audit import facts as audit
from analysis.economics.audit import text as audit_text
from analysis.economics.audit.facts import Facts
from analysis.economics.audit.text import Article, Span
from analysis.errors import InputError


@pytest.mark.parametrize(("value", "off"), [(10, 1), (40, 1), (20, 1), (5, 2), (120, 3)])
def test_distance_of_a_range_is_one_inside_and_times_outside(value: float, off: float) -> None:
    assert Span(10, 40).distance(value) == pytest.approx(off)


def test_middle_of_a_range_is_geometric() -> None:
    assert Span(10, 40).middle == pytest.approx(20)


def test_an_open_cell_has_its_number_at_both_ends() -> None:
    assert article().cell(audit_text.GPT4, audit_text.PRICE) == Span(20, 20)


def test_nothing_is_known_of_an_article_that_has_not_appeared() -> None:
    assert not unpublished().published
    found = attempt(lambda: unpublished().cell(audit_text.CHAT, audit_text.PRICE))
    assert found.estimate is None and found.reason == "article: had not been published by then"
    with pytest.raises(InputError, match="had not been published"):
        unpublished().items("giants_in_lead")


def test_readings_take_in_all_narrower_ones() -> None:
    named = [article().items("frontier_trainer", r) for r in ("strict", "plain", "wide")]
    assert named == [["P"], ["P", "Q"], ["P", "Q", "R"]]


def test_a_number_that_the_text_states_twice_is_refused() -> None:
    with pytest.raises(InputError, match="2 times"):
        article().number("giants_in_lead")


def test_facts_after_the_article_do_not_count() -> None:
    known = facts(
        ("release", "x", None, "A", "2024-01-01"),
        ("release", "x", None, "A", "2026-05-01"),
    )
    assert [fact.day for fact in known.about("release")] == [date(2024, 1, 1)]
    with pytest.raises(InputError, match="none on closure of y was known"):
        known.about("closure", subject="y")


def test_grade_c_is_dropped_where_there_is_better() -> None:
    rows = [("stars", "x", 1, "C", "2026-01-01"), ("stars", "x", 2, "A", "2025-01-01")]
    assert [fact.value for fact in audit.weighty(facts(*rows).about("stars"))] == [2]
    assert [fact.value for fact in audit.weighty(facts(rows[0]).about("stars"))] == [1]


def test_preferred_is_the_best_grade_then_the_newest_publication() -> None:
    known = facts(
        ("cost", "x", 1, "A", "2023-03-01", "2024-05-01"),
        ("cost", "x", 2, "A", "2023-03-01", "2025-07-01"),
        ("cost", "x", 3, "B", "2023-03-01", "2026-01-01"),
    )
    assert audit.preferred(known.about("cost")).value == 2


def test_an_answer_has_the_weakest_grade_of_its_facts() -> None:
    known = facts(("act", "x", None, "A", "2024-01-01"), ("act", "y", None, "B", "2024-01-01"))
    found = audit.answer(2, known.all, "method", "reason")
    assert (found.estimate, found.n, found.grade) == (2.0, 2, "B")
    assert found.detail == {"facts": "fact_0, fact_1", "dated_back": False}


@pytest.mark.parametrize(
    ("pseudo", "basis", "expected"),
    [(True, "reconstructed", True), (True, "published", False), (False, "reconstructed", False)],
)
def test_pseudo_vintage_needs_a_reconstructed_fact(
    pseudo: bool, basis: str, expected: bool
) -> None:
    known = facts(("act", "x", 1, "A", "2024-01-01"), pseudo_vintage=pseudo, basis=basis)
    found = audit.answer(1, known.all, "method", "reason")
    record = audit.evidence(found, date(2025, 1, 1))
    assert record["pseudo_vintage"] is expected
    assert record["as_of"] == date(2025, 1, 1) and record["interval"] is None


def test_months_and_whole_months() -> None:
    assert audit.months(date(2024, 11, 15), date(2026, 4, 30)) == 17
    assert audit.whole_months(date(2025, 5, 15), date(2026, 4, 30)) == 11
    assert audit.whole_months(date(2025, 5, 30), date(2026, 4, 29)) == 10


def test_a_source_is_cited_by_site_or_by_address() -> None:
    known = facts(("act", "x", 1, "A", "2024-01-01"))
    assert known.all[0].cited == "example.org"
    fields = vars(known.all[0]) | {"source": "https://arxiv.org/abs/2405.21015v1"}
    assert audit.Fact(**fields).cited == "arxiv.org/abs/2405.21015v1"


def test_numbers_and_lists_in_words() -> None:
    assert audit.dollars(78_562_016.9) == "$78.6 million" and audit.dollars(0.6) == "$0.60"
    assert audit.listed(["A"]) == "A" and audit.listed("ABC") == "A, B and C"


def test_grades_are_counted_by_topic() -> None:
    counted = audit.facts_by_grade(
        facts(("release", "x", None, "A", "2024-01-01"), ("revenue", "x", 1, "A", "2024-01-01"))
    )
    assert counted.to_dict("records") == [{"topic": "release", "A": 1, "B": 0, "C": 0}]


def test_real_tables_have_all_that_the_audit_asks_for() -> None:
    known = Facts(tables.load("dated_facts"))
    text = Article(tables.load("article_tables"), tables.load("article_statements"))
    subjects = {fact.subject for fact in known.all if fact.topic in ("release", "announcement")}
    assert set(audit.TOPICS) <= {fact.topic for fact in known.all}
    assert set(text.items("named_as_current")) <= subjects


def test_the_article_is_unknown_the_day_before() -> None:
    day = "2026-04-29"
    assert not len(tables.load("article_tables", day))
    assert not len(tables.load("article_statements", day))
