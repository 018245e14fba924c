"""An analysis answers, or says why it cannot."""

from __future__ import annotations

import pytest

from analysis.claims.answer import Answer, attempt
from analysis.errors import InputError


def three(n: int) -> Answer:
    if n < 3:
        raise InputError("n", "at least 3 observations are needed")
    return Answer(2.0, (1.0, 3.0), n, method="mean")


def test_attempt_passes_an_answer_through() -> None:
    assert attempt(three, 5) == Answer(2.0, (1.0, 3.0), 5, method="mean")


def test_attempt_turns_a_broken_rule_into_a_reason() -> None:
    answer = attempt(three, n=1)
    assert (answer.estimate, answer.interval, answer.n) == (None, None, 0)
    assert answer.reason == "n: at least 3 observations are needed"


def test_attempt_does_not_hide_other_faults() -> None:
    with pytest.raises(TypeError):
        attempt(three, "many")


def test_rest_is_what_record_takes_by_keyword() -> None:
    answer = three(4).robust(0.9, 60)
    assert answer.rest["agree_share"] == 0.9
    assert answer.rest["specifications"] == 60
    assert not {"estimate", "interval", "n"} & answer.rest.keys()


def test_no_estimate_has_no_robustness() -> None:
    assert attempt(three, 0).robust(1.0, 60).agree_share is None
