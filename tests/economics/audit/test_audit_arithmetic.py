"""Arithmetic on the article's own numbers, on a small article and on the real one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from audit_samples import article, unpublished

from analysis import tables
from analysis.claims.answer import Answer, attempt
from analysis.economics.audit import arithmetic
from analysis.economics.audit.text import Article, Span

TEXT = (
    arithmetic.frame_count,
    arithmetic.growth_apart,
    arithmetic.orders_apart,
    arithmetic.ranges_inside,
    arithmetic.frame_argument,
    arithmetic.slowing_rows,
    arithmetic.months_ahead,
    arithmetic.giants_apart,
    arithmetic.frontier_trainers,
    arithmetic.prediction_span,
    arithmetic.left_open,
)


@pytest.fixture(scope="module")
def real() -> Article:
    return Article(tables.load("article_tables"), tables.load("article_statements"))


def test_small_article() -> None:
    """Compute grows 200 times and price 40; 1,500 frames are 300 short of 60 s at 30."""
    found = {function.__name__: function(article()).estimate for function in TEXT}
    assert found["frame_count"] == 300
    assert found["growth_apart"] == pytest.approx(5)
    assert found["orders_apart"] == pytest.approx(0.69897, abs=1e-5)
    assert found["slowing_rows"] == 1
    assert found["months_ahead"] == 20
    assert found["giants_apart"] == 1
    assert found["frontier_trainers"] == 2
    assert found["prediction_span"] == 30
    assert found["left_open"] == 1


def test_pairs_of_the_small_article() -> None:
    """Video 20 to 80 times chat and 0.5 to 2 times GPT-4; the agent 10 to 40 and 0.25 to 1."""
    spans = [pair.times for pair in arithmetic.pairs(article())]
    assert spans == [Span(20, 80), Span(0.5, 2), Span(10, 40), Span(0.25, 1)]
    assert arithmetic.ranges_inside(article()).estimate == 0.5


def test_frame_argument_of_the_small_article() -> None:
    """1,500 frames x 2 to 8 s x 3 USD/h / 3600 = 2.5 to 10, middle 5, against a middle of 20."""
    found = arithmetic.frame_argument(article(), Span(2, 8), Span(3, 3))
    assert found.estimate == pytest.approx(4)


@pytest.mark.parametrize(("reading", "points"), [("one_year", 10), ("two_years", -65)])
def test_sums_of_the_small_article(reading: str, points: float) -> None:
    """6 over 4 is 50 percent in one year; half of it is 25 percent less; the best rate is 40."""
    assert arithmetic.chip_outlier(article(), reading).estimate == pytest.approx(points)


@pytest.mark.parametrize(("reading", "ratio"), [("raw", 40), ("per_compute", 0.2)])
def test_experts_of_the_small_article(reading: str, ratio: float) -> None:
    assert arithmetic.experts_price(article(), reading).estimate == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (arithmetic.frame_count, 0),
        (arithmetic.growth_apart, (2.1e25 / 3.2e23) / (30 / 0.6)),
        (arithmetic.ranges_inside, 0.25),
        (arithmetic.frame_argument, (15 * 50 / (2 * 10)) ** 0.5),
        (arithmetic.slowing_rows, 3),
        (arithmetic.months_ahead, -4),
        (arithmetic.giants_apart, 2),
        (arithmetic.prediction_span, 18),
        (arithmetic.left_open, 1),
    ],
)
def test_real_article(
    real: Article, function: Callable[[Article], Answer], expected: float
) -> None:
    assert function(real).estimate == pytest.approx(expected)


@pytest.mark.parametrize(("reading", "count"), [("strict", 3), ("plain", 6), ("wide", 7)])
def test_real_trainers_by_reading(real: Article, reading: str, count: int) -> None:
    assert arithmetic.frontier_trainers(real, reading).estimate == count


def test_readings_on_both_sides_of_the_number_allowed_decide_nothing(real: Article) -> None:
    found = attempt(arithmetic.frontier_trainers, real)
    assert found.estimate is None
    assert "3 in a strict reading, 6 in a plain reading and 7 in a wide reading" in found.reason


def test_unit_of_money_leaves_row_ratios_alone() -> None:
    cents = article()
    prices = cents.cells["column"] == "inference_cost"
    cells = cents.cells.copy()
    cells.loc[prices, ["value_low", "value_high"]] *= 100
    rescaled = Article(cells, cents.statements)
    assert arithmetic.growth_apart(rescaled).estimate == pytest.approx(5)
    assert arithmetic.ranges_inside(rescaled).estimate == 0.5


@pytest.mark.parametrize("function", TEXT)
def test_no_answer_before_publication(function: Callable[[Article], Answer]) -> None:
    found = attempt(function, unpublished())
    assert found.estimate is None and "published" in found.reason
