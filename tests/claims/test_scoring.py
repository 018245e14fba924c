"""Scores on made-up resolutions, worked out by hand."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from small_predictions import made, prediction, resolved

from analysis.claims import scoring
from analysis.claims.predictions import Prediction, Resolution

END = date(2028, 4, 30)


def resolution(outcome: str, day: str = "2027-06-01") -> Resolution:
    return Resolution.model_validate(resolved(outcome, day))


@pytest.fixture
def target() -> Prediction:
    return prediction()


def test_scores_of_an_event_that_happened(target: Prediction) -> None:
    found = scoring.scores(target, resolution("happened"), [made(target, 0.4)])
    assert [score.forecaster for score in found] == [
        "our last forecast",
        "article, will = 0.7",
        "article, will = 0.9",
        "article, will = 0.95",
        "base rate",
    ]
    assert [score.brier for score in found[:4]] == pytest.approx([0.36, 0.09, 0.01, 0.0025])
    logs = [-math.log(q) for q in (0.4, 0.7, 0.9, 0.95)]
    assert [score.log_score for score in found[:4]] == pytest.approx(logs)


def test_scores_of_an_event_that_did_not_happen(target: Prediction) -> None:
    found = scoring.scores(target, resolution("did not happen"), [made(target, 0.4)])
    assert [score.brier for score in found[:4]] == pytest.approx([0.16, 0.49, 0.81, 0.9025])
    logs = [-math.log(1 - q) for q in (0.4, 0.7, 0.9, 0.95)]
    assert [score.log_score for score in found[:4]] == pytest.approx(logs)


def test_the_base_rate_is_that_of_the_frozen_count(target: Prediction) -> None:
    # One event in 39 months, 761 days = 25.002 months ahead: 1 - (39 / 64.002)^1.5.
    by_hand = 1 - (39 / (39 + 761 / (365.25 / 12))) ** 1.5
    assert scoring.base_rate(target, "strict", END) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.524, abs=0.001)
    last = scoring.scores(target, resolution("happened"), [])[-1]
    assert last.brier == pytest.approx((1 - by_hand) ** 2)


def test_without_a_count_or_a_forecast_there_is_no_score(target: Prediction) -> None:
    assert scoring.base_rate(target, "lenient", END) is None
    ours = scoring.scores(target, resolution("happened"), [])[0]
    assert (ours.probability, ours.brier, ours.log_score) == (None, None, None)


def test_annulled_means_no_score_at_all(target: Prediction) -> None:
    assert scoring.scores(target, resolution("annulled"), [made(target, 0.4)]) == []


def test_the_last_forecast_before_the_resolution_is_scored(target: Prediction) -> None:
    forecasts = [
        made(target, 0.6, as_of="2027-05-31"),
        made(target, 0.5, as_of="2027-01-01"),
        made(target, 0.99, as_of="2027-06-01"),
    ]
    found = scoring.scored_forecast(target, resolution("happened"), forecasts)
    assert found is not None and found.probability == 0.6


@pytest.mark.parametrize(
    "changes",
    [
        {"pseudo_vintage": True},
        {"as_of": "2026-11-22"},  # before the rule was frozen
        {"as_of": "2027-06-01"},  # the day it became known
        {"rule_hash": "0" * 64},
        {"rule": "lenient"},
        {"window_end": "2029-04-30"},
    ],
)
def test_what_is_no_forecast_of_it_is_never_scored(
    target: Prediction, changes: dict[str, Any]
) -> None:
    assert (
        scoring.scored_forecast(target, resolution("happened"), [made(target, 0.4, **changes)])
        is None
    )


def test_no_probability_is_not_scored(target: Prediction) -> None:
    assert scoring.scored_forecast(target, resolution("happened"), [made(target, None)]) is None


def test_expected_scores_are_means_over_both_outcomes() -> None:
    brier, log = scoring.expected(0.9, 0.4)
    assert brier == pytest.approx(0.4 * 0.01 + 0.6 * 0.81)
    assert log == pytest.approx(-0.4 * math.log(0.9) - 0.6 * math.log(0.1))
    assert scoring.expected(1.0, 1.0) == (0, 0)
    assert scoring.expected(1.0, 0.5)[1] == math.inf


def test_nobody_can_expect_to_beat_the_right_probability() -> None:
    grid = [q / 100 for q in range(1, 100)]
    for kind in (0, 1):
        best = min(grid, key=lambda q: scoring.expected(q, 0.31)[kind])
        assert best == 0.31
