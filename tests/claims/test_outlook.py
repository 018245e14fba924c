"""The predictions on a day, with made-up resolutions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_predictions import claimed, made, prediction, purchase, resolved, write

from analysis.claims import forecasting, history, outlook, schemas, summary

Ledger = Callable[..., Path]
END = date(2028, 4, 30)


@pytest.fixture
def root(ledger_of: Ledger) -> Path:
    folder = ledger_of(claimed())
    write(folder, purchase())
    return folder


def table(root: Path, as_of: str | None = "2026-11-23", **changes: Any) -> list[dict[str, Any]]:
    write(root, purchase(**changes))
    ours = [made(prediction(**changes), 0.4), made(prediction(**changes), None, rule="lenient")]
    found = outlook.rows(ours, date.fromisoformat(as_of) if as_of else None)
    schemas.check("predictions", found)
    return found


def test_every_reading_and_end_has_a_row(root: Path) -> None:
    found = table(root)
    assert [(row["rule"], row["window_end"]) for row in found] == [
        ("strict", "2028-04-30"),
        ("strict", "2029-04-30"),
        ("lenient", "2028-04-30"),
        ("lenient", "2029-04-30"),
    ]
    assert [row["status"] for row in found] == ["open", *["no probability"] * 3]
    assert [row["reason"] for row in found[1:3]] == [outlook.NOT_STATED, "Nothing to count."]
    assert found[0]["days_left"] == (END - date(2026, 11, 23)).days == 524


def test_nothing_is_scored_while_it_is_open(root: Path) -> None:
    later = table(root, resolved=[resolved("happened", "2026-11-24")])
    assert [(row["status"], row["scores"], row["resolved"]) for row in later[:1]] == [
        ("open", [], None)
    ]


@pytest.mark.parametrize("outcome", ["happened", "did not happen", "annulled"])
def test_a_resolution_shows_from_its_day(root: Path, outcome: str) -> None:
    row = table(root, "2027-07-01", resolved=[resolved(outcome, "2027-06-01")])[0]
    assert row["status"] == outcome and row["resolved"]["source"] == "A filing"
    assert len(row["scores"]) == (0 if outcome == "annulled" else 5)


def test_a_prediction_that_happened_without_a_probability_scores_the_article(root: Path) -> None:
    row = table(root, "2027-07-01", resolved=[resolved("happened", "2027-06-01", rule="lenient")])[
        2
    ]
    ours, first, *_ = row["scores"]
    assert (row["status"], ours["brier"], first["brier"]) == ("happened", None, 0.09)


def test_an_infinite_score_is_null_in_json(root: Path) -> None:
    wrong = made(prediction(resolved=[resolved("happened", "2027-06-01")]), 0.0, low=0)
    write(root, purchase(resolved=[resolved("happened", "2027-06-01")]))
    row = outlook.rows([wrong], date(2027, 7, 1))[0]
    schemas.check("predictions", [row])
    assert (row["scores"][0]["brier"], row["scores"][0]["log_score"]) == (1, None)


def test_earlier_forecasts_are_scored_and_later_ones_are_not_known(root: Path) -> None:
    write(root, purchase(resolved=[resolved("happened", "2027-06-01")]))
    early = made(prediction(), 0.6, as_of="2027-03-31")
    late = made(prediction(), 1.0, as_of="2027-07-01")
    row = outlook.rows([late], date(2027, 7, 1), [early])[0]
    assert (row["probability"], row["scores"][0]["probability"]) == (1.0, 0.6)


def test_without_a_run_there_is_no_day(root: Path) -> None:
    write(root, purchase())
    found = outlook.latest_rows()
    schemas.check("predictions", found)
    assert {(row["as_of"], row["days_left"]) for row in found} == {(None, None)}


def test_the_last_good_run_comes_before_the_summary(root: Path) -> None:
    summary.write(summary.build([], as_of=date(2026, 11, 23), forecasts=[made(prediction(), 0.2)]))
    assert outlook.latest_rows()[0]["probability"] == 0.2
    latest = root / "reports" / "latest"
    latest.mkdir()
    (latest / "run.json").write_text('{"as_of": "2026-12-01"}')
    (latest / forecasting.FILE).write_text(json.dumps([made(prediction(), 0.4).as_dict()]))
    row = outlook.latest_rows()[0]
    assert (row["probability"], row["days_left"]) == (0.4, 516)


def test_history_is_read_if_it_is_there(root: Path) -> None:
    assert outlook.past() == []
    early = made(prediction(), 0.6, as_of="2026-03-31", pseudo_vintage=True)
    history.write({"2026-03-31": history.entry({}, [], [early.as_dict()], "k")})
    assert outlook.past() == [early]


def test_lines_are_aligned(root: Path) -> None:
    found = outlook.lines(table(root))
    assert found[0] == ("p1  strict   by 2028-04-30  40 % (10 % to 90 %)  524 days left  open")
    assert found[3] == (
        "p1  lenient  by 2029-04-30  –                    889 days left  no probability"
    )
