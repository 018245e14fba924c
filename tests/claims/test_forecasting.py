from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import IPython
import IPython.display
import numpy as np
import pytest
from small_ledgers import growth
from small_predictions import made, prediction, purchase, write

from analysis.claims import forecast_card, forecasting, ledger, predictions, schemas, summary
from analysis.errors import ClaimError, UnknownNameError

Ledger = Callable[..., Path]


@pytest.fixture
def root(ledger_of: Ledger) -> Path:
    folder = ledger_of(growth())
    write(folder, purchase())
    forecasting.session.clear()
    return folder


def forecast(**changes: Any) -> Any:
    """A forecast that passes, with some arguments changed."""
    values: dict[str, Any] = {
        "prediction": "p1",
        "rule": "strict",
        "window_end": "2028-04-30",
        "probability": 0.4,
        "interval": (0.1, 0.8),
        "n": 1,
        "as_of": date(2026, 11, 23),
        "reference_class": "Purchases since 2023",
    }
    return ledger.forecast(**(values | changes))


def test_a_forecast_is_rounded_and_carries_the_hash_of_its_rule(root: Path) -> None:
    done = forecast(
        probability=np.float64(0.123456789), n=np.int64(3), window_end=date(2029, 4, 30)
    )
    assert (done.probability, done.low, done.high, done.n) == (0.123457, 0.1, 0.8, 3)
    assert done.rule_hash == predictions.rule_hash(predictions.find("p1"))
    schemas.check("forecast", done.as_dict())


def test_no_probability_needs_a_reason_and_has_no_interval(root: Path) -> None:
    done = forecast(probability=None, interval=None, reason="Nothing to count.", reference_class="")
    assert (done.probability, done.low, done.level) == (None, None, None)
    schemas.check("forecast", done.as_dict())
    for changes in ({}, {"reason": "Nothing.", "interval": (0, 1)}):
        with pytest.raises(ClaimError, match="where there is none"):
            forecast(**({"probability": None, "interval": None} | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prediction": "p2"}, "unknown prediction 'p2'; did you mean 'p1'?"),
        ({"rule": "strct"}, "unknown rule of prediction p1 'strct'; did you mean 'strict'?"),
        ({"window_end": "2028-04-29"}, "of prediction p1 '2028-04-29'; did you mean '2028-04-30'?"),
    ],
)
def test_what_is_not_declared_gets_a_suggestion(
    root: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(UnknownNameError) as raised:
        forecast(**changes)
    assert message in str(raised.value)
    assert forecasting.session == []


def test_a_reading_that_a_prediction_lacks_is_unknown(root: Path) -> None:
    write(root, purchase(rules={"strict": "Two purchases"}))
    with pytest.raises(UnknownNameError, match="valid: strict"):
        forecast(rule="lenient")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"probability": 1.2}, "strict, by 2028-04-30: probability: "),
        ({"probability": -0.1}, "probability: "),
        ({"probability": math.nan}, "probability: "),
        ({"interval": (-0.1, 0.5)}, "low: "),
        ({"interval": (0.1, 1.01)}, "high: "),
        ({"interval": (0.8, 0.1)}, "interval: low 0.8 is above high 0.1"),
        ({"interval": 0.3}, r"interval: expected \(low, high\)"),
        ({"interval": None}, "interval: a probability needs one"),
        ({"reference_class": ""}, "reference_class: "),
        ({"n": -1}, "n: "),
        ({"grade": "D"}, "grade: "),
        ({"level": 95}, "level: "),
        ({"as_of": None}, "as_of: "),
    ],
)
def test_values_out_of_range_are_named(root: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ClaimError, match=message):
        forecast(**changes)


def test_the_same_rule_and_window_again_replaces_the_forecast(root: Path) -> None:
    forecast()
    last = forecast(probability=0.5)
    other = forecast(rule="lenient")
    assert forecasting.session == [last, other]


def test_a_notebook_shows_a_card_and_the_typed_output(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: object())
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: shown.append(data))
    done = forecast(reason="One <event>.")
    (bundle,) = shown
    assert bundle[forecasting.MIME] == json.loads(json.dumps(done.as_dict()))
    assert "40 % (95 % interval 10 % to 80 %)" in bundle["text/plain"]
    assert "One &lt;event&gt;." in bundle["text/html"]
    assert 'id="forecast-p1-strict-2028-04-30"' in bundle["text/html"]


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.001, "under 1 %"), (0.0, "0 %"), (1.0, "100 %"), (0.999, "over 99 %"), (0.314, "31 %")],
)
def test_a_chance_is_never_written_as_certain(probability: float, words: str) -> None:
    assert forecast_card.chance(probability) == words


def test_forecasts_are_read_from_the_run_else_from_the_summary(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ledger.forecasts() == []
    committed, fresh = made(prediction(), 0.4), made(prediction(), 0.6)
    summary.write(summary.build([], forecasts=[committed]))
    assert ledger.forecasts() == [committed.as_dict()]
    run = tmp_path / "run"
    (run / "forecasts").mkdir(parents=True)
    (run / "forecasts" / "09.json").write_text(json.dumps([fresh.as_dict()]))
    monkeypatch.setenv("RECKON_EVIDENCE", str(run))
    assert ledger.forecasts() == [fresh.as_dict()]
    assert ledger.evidence() == []


@pytest.mark.parametrize("text", ["{}", "[1]", '[{"prediction": "p1"}]'])
def test_what_is_no_list_of_forecasts_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "forecasts.json"
    path.write_text(text)
    with pytest.raises(ClaimError):
        forecasting.read(path)


def test_a_summary_with_forecasts_is_in_order_and_compared(root: Path) -> None:
    first, second = made(prediction(), 0.4), made(prediction(), 0.6, window_end="2029-04-30")
    before = summary.build([], forecasts=[second, first])
    schemas.check("summary", before)
    assert [row["window_end"] for row in before["forecasts"]] == ["2028-04-30", "2029-04-30"]
    later = [
        made(prediction(), 0.5, reason="Said otherwise"),
        made(prediction(), 0.2, rule="lenient"),
    ]
    assert summary.compare(before, summary.build([], forecasts=later)) == [
        "forecast p1 lenient by 2028-04-30: new",
        "forecast p1 strict by 2028-04-30, probability: 0.5, it was 0.4",
        "forecast p1 strict by 2029-04-30: no longer recorded",
    ]
    old = {name: part for name, part in before.items() if name != "forecasts"}
    schemas.check("summary", old)
    assert len(summary.compare(old, before)) == 2
