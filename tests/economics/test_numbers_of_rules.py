"""Numbers that modules repeat from the frozen rules, held against the files that freeze them."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims import ledger, predictions, rules
from analysis.economics.brokerage import held
from analysis.economics.concentration import trainers
from analysis.economics.consolidation import deals
from analysis.economics.energy import answers, labels
from analysis.economics.price_events import against_rule
from analysis.economics.serving import hour_answers

WINDOWS = {
    "p1": (deals.WINDOW_START, *deals.WINDOW_ENDS.values()),
    "p1b": (deals.WINDOW_START, *deals.WINDOW_ENDS.values()),
    "p2": (held.WINDOW_START, held.WINDOW_END),
    "p3a": (against_rule.WINDOW_START, against_rule.WINDOW_END),
    "p3b": (labels.WINDOW_START, labels.WINDOW_END),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_are_those_of_the_predictions(name: str) -> None:
    frozen = predictions.find(name)
    stated = [frozen.window_start, *frozen.window_ends]
    assert [pd.Timestamp(day).date() for day in WINDOWS[name]] == stated


def test_every_prediction_has_its_window_checked() -> None:
    assert set(WINDOWS) == set(predictions.predictions())


@pytest.mark.parametrize("estimand", ["video", "agent"])
def test_orders_over_chat_are_those_of_the_rule(estimand: str) -> None:
    rule = ledger.find("c39").estimand(estimand).supported_if
    assert rule is not None
    assert tuple(rules.parse(rule).numbers) == hour_answers.CLAIMED


def test_counts_of_trainers_are_those_of_the_rule() -> None:
    rule = ledger.find("c73").estimand("trainers").supported_if
    assert rule is not None
    assert rules.parse(rule).numbers == [trainers.FEWEST, trainers.STATED]


def test_share_of_inference_agrees_by_its_rule() -> None:
    assert ledger.find("c77").estimand("share_2030").supported_if == answers.AGREES
