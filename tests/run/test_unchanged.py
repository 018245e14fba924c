"""A run with nothing to do is noticed from times and sizes of files, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_collection import RECORD, Collection

from analysis.cli import reckon
from analysis.run import unchanged

NOTICED = "1 notebooks unchanged"


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(reckon, ["run", *arguments])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def ran(collection: Collection) -> Collection:
    collection.write("01_article_audit", RECORD)
    run()
    return collection


def test_same_request_on_same_files_runs_nothing(ran: Collection) -> None:
    record = ran.record()
    done = run()
    assert NOTICED in done.stderr
    assert Path(done.stdout.strip()) == ran.reports / "latest" / "index.html"
    assert ran.record() == record


def other_cell(collection: Collection) -> None:
    collection.write("01_article_audit", RECORD, "1 + 1")


def touched_ledger(collection: Collection) -> None:
    os.utime(collection.root / "data" / "claims.yaml", (1, 1))


def new_summary(collection: Collection) -> None:
    (collection.reports / "summary.json").write_text("{}", encoding="utf-8")


def report_gone(collection: Collection) -> None:
    for link in ("latest", collection.record()["as_of"]):
        (collection.reports / link).unlink()


def damaged_memory(collection: Collection) -> None:
    (collection.reports / ".cache" / "unchanged.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "change", [other_cell, touched_ledger, new_summary, report_gone, damaged_memory]
)
def test_whatever_was_touched_is_looked_at(
    ran: Collection, change: Callable[[Collection], None]
) -> None:
    change(ran)
    assert NOTICED not in run().stderr
    assert (ran.reports / "latest" / "index.html").exists()
    assert NOTICED in run().stderr


def test_other_requests_and_force_run(ran: Collection) -> None:
    assert NOTICED not in run("--as-of", "2025-01-01").stderr
    assert NOTICED not in run("--force").stderr
    assert NOTICED in run().stderr


def test_files_edited_during_a_run_are_not_remembered(ran: Collection) -> None:
    before = unchanged.stamp()
    other_cell(ran)
    unchanged.keep(["a request"], before, ran.reports / "latest", page="")
    assert unchanged.find(["a request"]) is None
