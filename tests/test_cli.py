from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from claims.small_predictions import claimed, purchase, write
from click.testing import CliRunner, Result
from run.small_collection import RECORD, Collection, alive

from analysis.cli import reckon

# A shell starts what it puts in the background with SIGINT ignored, and children inherit that.
ATTENTIVE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
COMMAND = [sys.executable, "-c", f"{ATTENTIVE}\nfrom analysis.cli import main; main()"]
CHILD = """\
import subprocess, pathlib, time, os
child = subprocess.Popen(["sleep", "300"])
pathlib.Path(os.environ["RECKON_ROOT"], "child").write_text(f"{child.pid} {os.getpid()}")
time.sleep(60)"""


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path / "root"))
    monkeypatch.delenv("RECKON_EVIDENCE", raising=False)
    return Collection(tmp_path / "root")


def call(*arguments: str) -> Result:
    """A command; anything but an orderly end is an error of the test."""
    return CliRunner().invoke(reckon, arguments, catch_exceptions=False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rnu"], "unknown command 'rnu'; did you mean 'run'?"),
        (["data", "lst"], "unknown command 'lst'; did you mean 'list'?"),
        (["run", "01_article"], "unknown notebook '01_article'; did you mean '01_article_audit'?"),
        (["run", "-p", "asof=2025-01-01"], "unknown parameter 'asof'; did you mean 'as_of'?"),
        (["run", "-p", "as_of"], "'as_of' is not a parameter; write name=value"),
        (["run", "--as-of", "2025-06-31"], "did you mean '2025-06-30'?"),
        (["data", "show", "training_rnus"], "unknown table 'training_rnus'; did you mean"),
        (["data", "build", "training_rnus"], "unknown table 'training_rnus'; did you mean"),
        (["data", "extract", "no-such-package"], "unknown package 'no-such-package'"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(
    collection: Collection, arguments: list[str], message: str
) -> None:
    collection.write("01_article_audit", "1")
    done = call(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr and len(done.stderr.splitlines()) == 1
    assert list(collection.reports.iterdir()) == []


def test_a_broken_ledger_is_named(collection: Collection) -> None:
    (collection.root / "data" / "claims.yaml").write_text("- id: c18\n  says: [")
    done = call("claims")
    assert done.exit_code == 2 and "claims.yaml" in done.stderr


def test_missing_tables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECKON_ROOT", "/nowhere")
    done = call("data", "list")
    assert done.exit_code == 2 and "is missing" in done.stderr


def test_claims_without_a_report_are_not_yet_tested(collection: Collection) -> None:
    (row,) = json.loads(call("claims", "--json").stdout)
    assert (row["id"], row["verdict"], row["estimate"]) == ("c18", "not yet tested", None)
    assert "c18  not yet tested  A minute" in call("claims").stdout


def test_the_lock_is_written_and_held_against(collection: Collection) -> None:
    assert call("claims", "--check").exit_code == 2
    assert call("claims", "--freeze").exit_code == 0
    assert call("claims", "--check").exit_code == 0


def test_predictions_are_frozen_and_held_against_their_claims(collection: Collection) -> None:
    collection.ledger(claimed())
    write(collection.root, purchase())
    assert call("claims", "--freeze").exit_code == 0
    assert (collection.root / "data" / "predictions.lock").exists()
    assert call("claims", "--check").exit_code == 0
    write(collection.root, purchase(annulled="When in doubt"))
    assert "p1: the rule changed" in call("claims", "--check").stderr


def test_predictions_without_a_run_have_no_probability(collection: Collection) -> None:
    collection.ledger(claimed())
    assert "the predictions are not there" in call("predictions").stderr
    write(collection.root, purchase())
    rows = json.loads(call("predictions", "--json").stdout)
    assert [(row["id"], row["status"], row["as_of"]) for row in rows] == [
        ("p1", "no probability", None)
    ] * 4
    assert len(call("predictions").stdout.splitlines()) == 4


def test_tables_are_listed_and_shown(collection: Collection) -> None:
    assert "training_runs" in call("data", "list").stdout
    shown = call("data", "show", "training_runs", "--as-of", "2020-01-01", "--rows", "2").stdout
    assert "as_of: '2020-01-01'" in shown and "training_compute_flop" in shown


def test_a_run_its_claims_and_its_summary(collection: Collection) -> None:
    collection.write("01_article_audit", RECORD)
    assert "call `reckon run`" in call("summary", "--write").stderr
    done = call("run", "--jobs", "1")
    page = collection.reports / "latest" / "index.html"
    assert (done.exit_code, done.stdout) == (0, f"{page}\n")
    (row,) = json.loads(call("claims", "--json").stdout)
    assert (row["verdict"], row["estimate"]) == ("supported", 1800)
    assert call("summary", "--check").exit_code == 1
    assert call("summary", "--write").exit_code == 0
    assert call("summary", "--check").exit_code == 0
    summary = collection.reports / "summary.json"
    summary.write_text(summary.read_text().replace("1800", "1801"))
    differing = call("summary", "--check")
    assert differing.exit_code == 1 and "c18" in differing.stderr


def test_a_failed_notebook_is_exit_code_1(collection: Collection) -> None:
    collection.write("01_article_audit", "value = 1\nvalue / 0")
    done = call("run")
    assert done.exit_code == 1
    assert "01_article_audit failed: cell 4: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, 130)]
)
def test_a_signal_ends_the_run_and_all_it_started(
    collection: Collection, number: signal.Signals, code: int
) -> None:
    collection.write("01_article_audit", CHILD)
    with subprocess.Popen([*COMMAND, "run"], stderr=subprocess.PIPE, text=True) as runner:
        note, deadline = collection.root / "child", time.monotonic() + 30
        while not (note.exists() and " " in note.read_text()):
            assert time.monotonic() < deadline and runner.poll() is None
            time.sleep(0.1)
        os.kill(runner.pid, number)
        told = runner.communicate(timeout=30)[1]
    assert runner.returncode == code and "Traceback" not in told
    child, kernel = map(int, note.read_text().split())
    assert not alive(child) and not alive(kernel)
    # The cache has what was found out about tables; there is no report.
    assert {path.name for path in collection.reports.iterdir()} <= {".cache", ".sets"}
