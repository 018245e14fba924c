"""Stated numbers against published figures, on small facts."""

from __future__ import annotations

from datetime import date

import pytest
from audit_samples import article, facts, unpublished

from analysis.claims.answer import attempt
from analysis.economics.audit import against_facts as against
from analysis.economics.audit import text as audit_text
from analysis.errors import InputError

FIRST, LAST = audit_text.FIRST_DAY, audit_text.LAST_DAY
COMPUTE = (
    ("training_compute", "GPT-3 (175B)", 1.1e23, "A", "2020-05-28"),
    ("training_compute", "GPT-3.5", 4e23, "B", "2022-11-28"),
)


def test_accountings_are_kept_apart() -> None:
    known = facts(
        ("training_cost_amortised", "GPT-4", 4e7, "A", "2023-03-15"),
        ("training_cost_cloud", "GPT-4", 8e7, "B", "2023-03-15"),
        ("training_cost_cloud", "Gemini Ultra", 2e8, "A", "2023-12-06"),
    )
    found = against.training_costs(known)
    assert found["amortised"].estimate == 4e7
    assert (found["cloud_rental"].estimate, found["cloud_rental"].grade) == (8e7, "B")
    assert found["acquisition"].estimate is None and "acquisition" in found["acquisition"].reason


def test_stars_are_the_latest_count_that_is_not_grade_c() -> None:
    known = facts(
        ("github_stars", "vLLM", 14_000, "A", "2024-01-31"),
        ("github_stars", "vLLM", 32_600, "A", "2024-12-31"),
        ("github_stars", "vLLM", 71_000, "C", "2026-02-24"),
        ("github_stars", "vLLM", 90_000, "A", "2026-06-01"),
    )
    found = against.stars(known)
    assert found.estimate == 32_600 and found.grade == "A"
    assert found.reason.endswith("71,000 on 24 February 2026 by a source of grade C")


def test_compute_is_compared_with_the_rows_own_model_and_names_the_match() -> None:
    found = against.compute_apart(article(), facts(*COMPUTE), audit_text.CHAT)
    assert found.estimate == pytest.approx(4) and found.grade == "B"
    assert found.reason.endswith("the cell matches GPT-3 (175B) with 1.1e23")


@pytest.mark.parametrize(("prices", "off"), [((5, 8), 10 / 6.5), ((12, 90, 30), 1), ((80, 160), 3)])
def test_video_is_judged_by_the_median_of_the_month(prices: tuple[float, ...], off: float) -> None:
    rows = [("video_list_price", f"m{p}", p, "B", "2026-04-26") for p in prices]
    known = facts(*rows, ("video_list_price", "old", 1000, "B", "2025-10-26"))
    found = against.video_price(article(), known)
    assert found.estimate == pytest.approx(off) and found.n == len(prices)


def test_video_needs_a_price_of_the_month() -> None:
    known = facts(("video_list_price", "old", 10, "B", "2025-10-26"))
    with pytest.raises(InputError, match="no list price of the article's month"):
        against.video_price(article(), known)


def test_investment_is_the_best_known_total_in_dollars() -> None:
    known = facts(
        ("investment", "Microsoft in OpenAI", 10, "B", "2023-01-23"),
        ("investment", "Microsoft in OpenAI", 13, "A", "2025-09-30", "2025-10-31"),
        ("investment", "Microsoft in OpenAI", 99, "A", "2026-04-01", "2026-06-01"),
    )
    assert against.investment(known).estimate == 13e9


def test_months_on_market_count_from_the_first_offer() -> None:
    known = facts(
        ("public_offer", "NVIDIA B200", None, "C", "2025-01-31"),
        ("public_offer", "NVIDIA B200", None, "B", "2025-05-15"),
        ("public_offer", "NVIDIA B200", None, "B", "2025-08-15"),
    )
    assert against.months_on_market(known, date(2026, 11, 1)).estimate == 11


def test_no_offer_is_zero_only_when_the_article_is_out() -> None:
    assert against.months_on_market(facts(), LAST).estimate == 0
    with pytest.raises(InputError, match="none on public offer"):
        against.months_on_market(facts(), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("day", "as_of", "expected"),
    [(FIRST, LAST, 1), (LAST, LAST, 0), (LAST, date(2026, 4, 27), 0), (FIRST, FIRST, 1)],
)
def test_exclusive_until_it_is_announced_to_end(day: date, as_of: date, expected: float) -> None:
    known = facts(
        ("exclusive_licence", "Microsoft", 1, "B", "2025-10-28"),
        ("exclusive_licence", "Microsoft", 0, "B", "2026-04-27"),
    )
    assert against.exclusive(known, day, as_of).estimate == expected


def test_a_day_ahead_has_no_answer_while_the_licence_is_exclusive() -> None:
    known = facts(("exclusive_licence", "Microsoft", 1, "B", "2025-10-28"))
    found = attempt(against.exclusive, known, LAST, date(2026, 4, 20))
    assert found.estimate is None and "30 April 2026 still lay ahead" in found.reason


def test_list_prices_are_matched_to_the_cent() -> None:
    known = facts(
        ("openai_list_price", "a", 0.5, "B", "2024-07-25"),
        ("openai_list_price", "b", 0.5, "B", "2026-04-26"),
        ("openai_list_price", "c", 20.02, "C", "2024-07-25"),
    )
    found = against.list_prices_hit(article(), known)
    assert (found.estimate, found.n, found.grade) == (1, 3, "B")
    assert found.reason == "$0.50 was the price of a and b"


def test_before_publication_there_is_nothing_to_compare() -> None:
    known = facts(*COMPUTE, ("openai_list_price", "a", 0.5, "B", "2024-07-25"))
    for function, rest in (
        (against.compute_apart, (audit_text.CHAT,)),
        (against.video_price, ()),
        (against.list_prices_hit, ()),
    ):
        found = attempt(function, unpublished(), known, *rest)
        assert found.estimate is None and "published" in found.reason
