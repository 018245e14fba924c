from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.methods import multiverse, trend

AXES = {"start": [2019, 2020, 2021], "panel": ["a", "b"], "label": ["x", "y"]}


def estimate(start: int, panel: str, label: str) -> tuple[float, float, float]:
    """The panel matters most, the start a little, the label not at all."""
    centre = (start - 2019) * 0.1 + (2.0 if panel == "b" else 1.0)
    return centre, centre - 0.5, centre + 0.5


def test_runs_every_combination_and_counts_repeats_once() -> None:
    found = multiverse.run(AXES, estimate)
    assert len(found.specifications) == 12
    assert found.n == 6
    assert found.estimates["label"].unique().tolist() == ["x"]
    assert found.axes == ("start", "panel", "label")


def test_repeats_of_different_groups_both_count() -> None:
    assert multiverse.run(AXES, estimate, group="label").n == 12


def test_nearly_equal_answers_are_repeats() -> None:
    answers = {1: (2.4001, 1, 3), 2: (2.4002, 1, 3), 3: (2.41, 1, 3)}
    assert multiverse.run({"k": [1, 2, 3]}, lambda k: answers[k]).n == 2


def test_shares_that_agree() -> None:
    found = multiverse.run(AXES, estimate)  # distinct: 1, 1.1, 1.2, 2, 2.1, 2.2 ± 0.5
    assert found.agree(1.5) == 0.5
    assert found.agree(1.15, "below") == pytest.approx(2 / 6)
    assert found.agree_share("low > 1") == 0.5
    assert found.agree_share("low > 0.55 and high < 2.55") == pytest.approx(3 / 6)
    assert found.agree_share(lambda estimate, low, high: high >= 2.65) == pytest.approx(1 / 6)
    assert found.median == pytest.approx(1.6)


def test_the_choice_that_moves_the_answer_comes_first() -> None:
    influence = multiverse.run(AXES, estimate).influence
    assert influence.index.tolist() == ["panel", "start", "label"]
    assert influence.sum() == pytest.approx(1)  # the design is balanced and additive
    assert influence["label"] == pytest.approx(0)


def test_equal_answers_have_no_influence() -> None:
    assert multiverse.run({"k": [1, 2]}, lambda k: (1, 0, 2)).influence["k"] == 0


def test_failures_are_recorded_not_fatal() -> None:
    def fragile(k: int) -> tuple[float, float, float]:
        if k == 1:
            raise InputError("threshold", "no model reaches it")
        return (np.nan, 0, 0) if k == 2 else (1.0, 0.0, np.inf)

    found = multiverse.run({"k": [1, 2, 3]}, fragile)
    assert found.n == 1
    assert found.skipped["skipped"].tolist() == [
        "threshold: no model reaches it",
        "the estimate is not finite",
    ]
    with pytest.raises(InputError, match="specs: no specification could be estimated: thresh"):
        multiverse.run({"k": [1]}, fragile)


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        multiverse.run({"k": [0]}, lambda k: 1 / k)


def test_results_of_methods_can_be_returned() -> None:
    years = np.arange(2015.0, 2024)

    def growth(start: int, covariance: str) -> object:
        kept = years >= start
        return trend.log_linear(years[kept], 3.0 ** (years[kept] - 2015), covariance=covariance)

    specs = {"start": [2015, 2017], "covariance": ["classical", "HC3"]}
    found = multiverse.run(specs, growth, value="growth_per_year")
    assert found.n == 1 and found.median == pytest.approx(3)

    @dataclass
    class Plain:
        estimate: float
        interval: tuple[float, float]

    assert multiverse.run([{"k": 1}], lambda k: Plain(k, (0, 2))).median == 1


def test_a_list_of_specifications_and_choices_of_any_kind() -> None:
    specs = [{"window": None, "models": ["a", "b"]}, {"window": 25, "models": []}]
    found = multiverse.run(specs, lambda window, models: (len(models), -1, 5))
    assert found.specifications["models"].tolist() == [["a", "b"], []]
    assert found.influence["window"] == pytest.approx(1)


def test_prints_one_line_and_a_table() -> None:
    found = multiverse.run(AXES, estimate)
    assert "panel matters most" in str(found) and "\n" not in str(found)
    assert len(found.table()) == 12


@pytest.mark.parametrize(
    ("specs", "message"),
    [
        ({}, "any axis"),
        ([], "one specification or more"),
        ({"a": [1], "b": []}, "no choices for b"),
        ([{"a": 1}, {"b": 1}], "same keys"),
        ({"low": [1]}, "may not name an axis 'low'"),
    ],
)
def test_bad_specifications(specs: object, message: str) -> None:
    with pytest.raises(InputError, match=f"specs: .*{message}"):
        multiverse.run(specs, lambda **_: (1, 0, 2))  # type: ignore[arg-type]


def test_bad_questions() -> None:
    found = multiverse.run({"k": [1, 2]}, lambda k: (k, 0, 3))
    with pytest.raises(InputError, match="group"):
        multiverse.run({"k": [1]}, lambda k: (k, 0, 3), group="j")
    with pytest.raises(InputError, match="direction"):
        found.agree(1, "up")
    with pytest.raises(InputError, match="threshold"):
        found.agree(np.nan)
    for text in ("low", "low > ", "mean > 1", "low > 1 or high < 2", "low == 1"):
        with pytest.raises(InputError, match="supported: cannot read"):
            found.agree_share(text)
