from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_predictions import claimed, prediction, purchase, resolved, write

from analysis.claims import predictions
from analysis.errors import ClaimError, UnknownNameError

Ledger = Callable[..., Path]


@pytest.fixture
def root(ledger_of: Ledger) -> Path:
    folder = ledger_of(claimed())
    write(folder, purchase())
    return folder


def test_the_file_is_required_and_its_names_are_checked(ledger_of: Ledger) -> None:
    root = ledger_of(claimed())
    with pytest.raises(ClaimError, match=r"predictions\.yaml: the predictions are not there"):
        predictions.predictions()
    write(root, purchase())
    with pytest.raises(UnknownNameError, match="did you mean 'p1'"):
        predictions.find("p2")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"window_ends": []}, "window_ends"),
        ({"window_ends": ["2026-03-31"]}, "window_ends: must follow on the start"),
        ({"window_ends": ["2029-04-30", "2028-04-30"]}, "window_ends: must follow"),
        ({"rules": {"lenient": "talks"}}, r"rules\.strict"),
        ({"stated_probability": [1.2]}, "stated_probability"),
        ({"resolved": [resolved("perhaps", "2027-01-01")]}, "outcome"),
        ({"resolved": [resolved("happened", "2027-01-01", window_end="2027-12-31")]}, "resolved"),
        ({"resolved": [resolved("happened", "2027-01-01")] * 2}, "resolved: one entry at most"),
        ({"verdict": "supported"}, "verdict"),
    ],
)
def test_a_broken_entry_is_named(root: Path, changes: dict[str, Any], message: str) -> None:
    write(root, purchase(**changes))
    with pytest.raises(ClaimError, match=rf"predictions\.yaml, prediction p1: .*{message}"):
        predictions.predictions()


def test_every_reading_has_every_end_of_the_window() -> None:
    days = [date(2028, 4, 30), date(2029, 4, 30)]
    assert prediction().windows == [(rule, day) for rule in ("strict", "lenient") for day in days]
    assert prediction(rules={"strict": "x"}).windows == [("strict", day) for day in days]


def test_a_resolution_is_known_from_its_day(root: Path) -> None:
    target = prediction(resolved=[resolved("happened", "2027-03-01")])
    end = date(2028, 4, 30)
    assert target.resolution("strict", end, date(2027, 2, 28)) is None
    known = target.resolution("strict", end, date(2027, 3, 1))
    assert known is not None and known.outcome == "happened"
    assert target.resolution("lenient", end, date(2027, 3, 1)) is None


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"says": "Labs are bought"}, True),
        ({"resolved": [resolved("happened", "2027-03-01")]}, True),
        ({"rules": {"strict": "Three purchases"}}, False),
        ({"window_ends": ["2029-04-30"]}, False),
        ({"announced": "Counts as yes"}, False),
        ({"stated_probability": [0.5]}, False),
        ({"base_rate": {"reference_class": "Purchases since 2023"}}, False),
    ],
)
def test_what_decides_is_frozen(root: Path, changes: dict[str, Any], kept: bool) -> None:
    predictions.freeze()
    write(root, purchase(**changes))
    if kept:
        predictions.check()
    else:
        with pytest.raises(ClaimError, match="p1: the rule changed without a fitting amendment"):
            predictions.check()


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"rule": "Strict: One purchase. Lenient: talks suffice."}, "strict rule is not in the"),
        ({"rule": f"Strict: {purchase()['rules']['strict']}"}, "lenient rule is not in the words"),
        ({"window_end": "2029-05-31"}, "the claim's window ends on 2029-05-31"),
        ({"kind": "trend"}, "p1 is no prediction of the ledger"),
    ],
)
def test_a_prediction_says_what_its_claim_says(
    ledger_of: Ledger, claim: dict[str, Any], message: str
) -> None:
    write(ledger_of(claimed(**claim)), purchase())
    predictions.freeze()
    with pytest.raises(ClaimError, match=message):
        predictions.check()


def test_line_breaks_and_capitals_are_no_disagreement(root: Path) -> None:
    write(root, purchase(rules={"strict": "two purchases\nthat closed inside the WINDOW."}))
    predictions.freeze()
    predictions.check()


def test_the_predictions_of_the_article_are_frozen_and_agree_with_their_claims() -> None:
    predictions.check()
    known = predictions.predictions()
    assert list(known) == ["p1", "p1b", "p2", "p3a", "p3b"]
    ends = {name: [day.isoformat() for day in one.window_ends] for name, one in known.items()}
    assert ends == {
        "p1": ["2028-04-30", "2029-04-30"],
        "p1b": ["2028-04-30", "2029-04-30"],
        "p2": ["2029-04-30"],
        "p3a": ["2027-10-31"],
        "p3b": ["2029-04-30"],
    }
    assert all(one.stated_probability == (0.7, 0.9, 0.95) for one in known.values())
