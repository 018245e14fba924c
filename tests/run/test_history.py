"""``reckon history`` on a small collection."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from small_collection import RECORD, Collection, frames

from analysis.claims import history as past
from analysis.claims import ledger
from analysis.cli import reckon
from analysis.errors import ClaimError, RunError
from analysis.run import history, runner
from analysis.run.handover import Limits

DATES = [date(2024, 3, 31), date(2024, 6, 30)]
FROM_JUNE = """\
from analysis.claims import ledger
if p_day >= "2024-06-01":
    ledger.record("c18", 60 * 30, None, "frames", 1)"""


@pytest.fixture
def quarters(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> Collection:
    """Two dates, and a claim that has evidence on the second only."""
    monkeypatch.setattr(history, "quarters", lambda end: DATES)
    collection.write("01_article_audit", "p_day = as_of", FROM_JUNE)
    return collection


def compute() -> dict[str, bool]:
    done = history.compute(Limits(2), io.StringIO())
    return {day.isoformat(): computed for day, computed in done}


def test_quarters_are_ends_of_quarters_before_the_last_day() -> None:
    found = history.quarters(date(2025, 1, 10))
    assert [day.isoformat() for day in found] == [
        "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31",
    ]  # fmt: skip
    assert history.quarters(date(2024, 6, 30)) == [date(2024, 3, 31)]


def test_each_date_is_computed_once(quarters: Collection) -> None:
    assert compute() == {"2024-03-31": True, "2024-06-30": True}
    before = past.path().read_bytes()
    assert compute() == {"2024-03-31": False, "2024-06-30": False}
    assert past.path().read_bytes() == before
    frame = ledger.history(date(2024, 12, 31))
    assert dict(zip(frame["as_of"], frame["verdict"], strict=True)) == {
        "2024-03-31": "not yet tested",
        "2024-06-30": "supported",
    }
    assert list(ledger.history(date(2024, 4, 1))["as_of"]) == ["2024-03-31"]


def test_edited_notebook_is_computed_again(quarters: Collection) -> None:
    compute()
    quarters.write("01_article_audit", "p_day = as_of", RECORD)
    assert compute() == {"2024-03-31": True, "2024-06-30": True}
    assert set(ledger.history(date(2024, 12, 31))["verdict"]) == {"supported"}


def test_verdict_by_another_rule_is_left_out(quarters: Collection) -> None:
    compute()
    quarters.ledger(frames(estimands=[{"supported_if": "estimate > 0"}]))
    assert ledger.history(date(2024, 12, 31)).empty


def test_failed_date_keeps_those_before(quarters: Collection) -> None:
    fails = 'assert as_of < "2024-06-01", "too late"'
    quarters.write("01_article_audit", fails, RECORD)
    with pytest.raises(RunError, match=r"01_article_audit as of 2024-06-30: .*too late"):
        compute()
    assert list(past.read()) == ["2024-03-31"]


def test_command_prints_counts_and_changes(quarters: Collection) -> None:
    done = CliRunner().invoke(reckon, ["history", "--jobs", "2"])
    assert done.exit_code == 0, done.output
    assert "2024-06-30  c18   not yet tested -> supported" in done.stdout
    again = CliRunner().invoke(reckon, ["history", "--json"])
    assert list(json.loads(again.stdout)) == ["2024-03-31", "2024-06-30"]


def test_damaged_history_is_one_clear_error(quarters: Collection) -> None:
    past.path().write_text('{"soon": {}}', encoding="utf-8")
    with pytest.raises(ClaimError, match="entry 'soon' is not of the form"):
        past.read()


def test_a_set_made_after_the_history_tells_of_it(quarters: Collection) -> None:
    before = runner.run(runner.Options()).link.resolve()
    compute()
    after = runner.run(runner.Options()).link.resolve()
    assert before != after
    assert "30 June 2024" in (after / "claims/c18.html").read_text()
    assert "30 June 2024" not in (before / "claims/c18.html").read_text()
    early = runner.run(runner.Options(as_of="2024-05-01")).link.resolve()
    assert "30 June 2024" not in (early / "claims/c18.html").read_text()
