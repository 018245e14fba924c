"""Scheduled runs as a timer starts them, with real kernels, processes and deliveries."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from messages import Mailbox, mailbox
from small_collection import Collection, frames

from analysis import tables
from analysis.cli import reckon
from analysis.refresh import swap
from analysis.run import record

NAME = "01_article_audit"
COMMAND = [sys.executable, "-c", "from analysis.cli import main; main()", "run", "--scheduled"]
SUPPORTED = "from analysis.claims import ledger\nledger.record('c18', 60 * 30, None, 'frames', 1)"
CONTRADICTED = SUPPORTED.replace("30", "29")
COUNTED = """\
from analysis.claims import ledger
from analysis import tables
rows = len(tables.load("dated_facts", as_of=as_of))
ledger.record('c18', 1800 + rows - {}, None, 'frames', 1)"""
BY_DAY = """\
from analysis.claims import ledger
ledger.record('c18', 1800 if as_of < "{}" else 1, None, 'frames', 1)"""
WAITING = """\
import os, pathlib, time
root = pathlib.Path(os.environ["RECKON_ROOT"])
(root / "started").touch()
while not (root / "go").exists():
    time.sleep(0.05)"""


def call(*arguments: str) -> Result:
    return CliRunner().invoke(reckon, ["run", "--jobs", "1", *arguments], catch_exceptions=False)


def scheduled(*arguments: str) -> Result:
    return call("--scheduled", *arguments)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
def ran(collection: Collection) -> Collection:
    """A collection whose first scheduled run is done."""
    collection.write(NAME, SUPPORTED)
    done = scheduled()
    assert done.exit_code == 0, done.output
    return collection


def heartbeat(collection: Collection) -> dict[str, object]:
    return json.loads((collection.reports / "heartbeat.json").read_text(encoding="utf-8"))


def test_the_first_run_has_nothing_to_compare_with(ran: Collection, box: Mailbox) -> None:
    found = heartbeat(ran)
    newest = tables.default_as_of().isoformat()
    assert (found["exit_code"], found["as_of"], found["run"]) == (0, newest, 1)
    assert found["finished"] is not None and found["next_due"] is None


def test_unchanged_is_silent(ran: Collection, box: Mailbox) -> None:
    before = ran.record()
    done = scheduled("--on-change", box.url, "--every", "7d")
    assert (done.exit_code, box.messages) == (0, [])
    assert done.stderr == "1 notebooks unchanged\n"
    assert Path(done.stdout.strip()) == ran.reports / "latest" / "index.html"
    assert ran.record() == before
    assert heartbeat(ran)["run"] == 2 and heartbeat(ran)["next_due"]


def test_a_changed_verdict_is_told_once(ran: Collection, box: Mailbox) -> None:
    ran.write(NAME, CONTRADICTED)
    done = scheduled("--on-change", box.url)
    assert (done.exit_code, heartbeat(ran)["exit_code"]) == (3, 3)
    (message,) = box.messages
    newest = tables.default_as_of().isoformat()
    assert message["title"] == f"Compute Reckoning: 1 verdict changed (as of {newest})"
    assert "c18: supported -> contradicted (why: code): A minute" in message["message"]
    assert "The estimate is now 1740 frames (n = 1), other than 1800; it was" in message["message"]
    assert "Report: reports/latest/index.html" in message["message"]
    assert str(ran.root) not in message["message"] and message["type"] == "info"
    (kept,) = ran.record()["schedule"]
    jsonschema.validate(ran.record(), json.loads(record.SCHEMA.read_text(encoding="utf-8")))
    assert [one["delivered"] for one in kept["sent"]] == [True]
    assert "secret" not in json.dumps(ran.record()) + done.output
    assert scheduled("--on-change", box.url).exit_code == 0
    assert len(box.messages) == 1


def test_prose_and_another_estimate_with_the_same_verdict_are_silent(
    ran: Collection, box: Mailbox
) -> None:
    ran.write(NAME, SUPPORTED, "1 + 1", title="Another title")
    assert scheduled("--on-change", box.url).exit_code == 0
    ran.write(NAME, CONTRADICTED)
    assert scheduled().exit_code == 3
    ran.write(NAME, CONTRADICTED.replace("29", "2"))
    done = scheduled("--on-change", box.url)
    assert (done.exit_code, box.messages) == (0, [])
    assert "c18 main/main: 1740 -> 120 frames" in done.stderr


def test_data_are_named_as_the_cause(collection: Collection, box: Mailbox) -> None:
    folder = collection.root / "data" / "tables"
    real = folder.resolve()
    folder.unlink()
    shutil.copytree(real, folder)
    file = folder / "dated_facts.csv"
    rows = len(tables.load("dated_facts"))
    collection.write(NAME, COUNTED.format(rows))
    assert scheduled("--on-change", box.url).exit_code == 0
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    assert scheduled("--on-change", box.url).exit_code == 3
    assert "(why: data (dated_facts))" in box.messages[0]["message"]


def test_an_amended_rule_is_named_as_the_cause(ran: Collection, box: Mailbox) -> None:
    reading = {"supported_if": "estimate == 1", "contradicted_if": "estimate != 1"}
    ran.ledger(frames(estimands=[reading]))
    assert scheduled("--on-change", box.url).exit_code == 3
    assert "supported -> contradicted (why: its rule)" in box.messages[0]["message"]


def test_a_failed_notebook_is_told_and_the_last_report_stays(ran: Collection, box: Mailbox) -> None:
    good = ran.link("latest")
    ran.write(NAME, "1 / 0")
    done = scheduled("--on-change", box.url)
    assert (done.exit_code, heartbeat(ran)["exit_code"]) == (1, 1)
    (message,) = box.messages
    assert "the scheduled run failed" in message["title"] and message["type"] == "failure"
    assert "ZeroDivisionError" in message["message"]
    assert str(ran.root) not in message["message"]
    assert ran.link("latest") == good
    assert scheduled("--on-change", box.url).exit_code == 1
    assert len(box.messages) == 2  # until it is mended
    ran.write(NAME, SUPPORTED)
    assert scheduled("--on-change", box.url).exit_code == 0
    assert len(box.messages) == 2


def test_a_broken_ledger_is_bad_input_and_told(ran: Collection, box: Mailbox) -> None:
    (ran.root / "data" / "claims.yaml").write_text("- id: [", encoding="utf-8")
    assert scheduled("--on-change", box.url).exit_code == 2
    assert "claims.yaml" in box.messages[0]["message"]
    assert heartbeat(ran)["exit_code"] == 2


def test_a_fault_of_ours_is_told_before_it_is_raised(ran: Collection, box: Mailbox) -> None:
    shutil.rmtree(ran.reports / ".sets")
    (ran.reports / ".sets").write_text("no folder", encoding="utf-8")
    with pytest.raises(OSError):
        scheduled("--force", "--on-change", box.url)
    assert "Error" in box.messages[0]["message"]
    assert heartbeat(ran)["exit_code"] == 1


def test_a_message_that_cannot_be_sent_is_a_line_and_comes_later(ran: Collection) -> None:
    with mailbox() as box:
        port, url = box.port, box.url
    ran.write(NAME, CONTRADICTED)
    done = scheduled("--on-change", url)
    assert done.exit_code == 3 and "not delivered to json://reader:****@127.0.0.1" in done.stderr
    assert [one["delivered"] for one in ran.record()["schedule"][0]["sent"]] == [False]
    kept = (ran.reports / ".schedule" / "undelivered.json").read_text(encoding="utf-8")
    assert "secret" not in kept
    with mailbox(port) as box:
        box.status = 500
        assert scheduled("--on-change", url).exit_code == 0
        box.status = 200
        assert scheduled("--on-change", url).exit_code == 0
        assert scheduled("--on-change", url).exit_code == 0
        assert ["1 verdict changed" in one["title"] for one in box.messages] == [True]
    assert not (ran.reports / ".schedule" / "undelivered.json").exists()


def test_every_address_hears(ran: Collection, box: Mailbox) -> None:
    ran.write(NAME, CONTRADICTED)
    with mailbox() as second:
        scheduled("--on-change", box.url, "--on-change", second.url)
        assert len(box.messages) == len(second.messages) == 1


def test_addresses_of_the_environment_reach_no_notebook(
    collection: Collection, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECKON_ON_CHANGE", box.url)
    look = "import os\nraise SystemError([x for x in os.environ if x == 'RECKON_ON_CHANGE'])"
    collection.write(NAME, look)
    assert scheduled().exit_code == 1
    assert "SystemError: []" in box.messages[0]["message"]


def test_a_change_that_another_run_published_is_told_all_the_same(
    ran: Collection, box: Mailbox
) -> None:
    ran.write(NAME, CONTRADICTED)
    assert call().exit_code == 0  # by hand, or scheduled and killed before it could tell
    assert scheduled("--on-change", box.url).exit_code == 3
    assert len(box.messages) == 1


def test_without_a_report_the_committed_summary_is_compared(ran: Collection, box: Mailbox) -> None:
    ran.write(NAME, CONTRADICTED)
    assert call().exit_code == 0
    assert CliRunner().invoke(reckon, ["summary", "--write"]).exit_code == 0
    summary = (ran.reports / "summary.json").read_bytes()
    shutil.rmtree(ran.reports)
    ran.reports.mkdir()
    (ran.reports / "summary.json").write_bytes(summary)
    ran.write(NAME, SUPPORTED)
    assert scheduled("--on-change", box.url).exit_code == 3
    assert "contradicted -> supported" in box.messages[0]["message"]


def test_missed_days_are_made_up_for_and_say_when_a_verdict_moved(
    collection: Collection, box: Mailbox
) -> None:
    newest = tables.default_as_of()
    days = [newest - timedelta(days=7 * weeks) for weeks in (4, 3, 2, 1, 0)]
    collection.write(NAME, BY_DAY.format(days[2]))
    assert call("--as-of", days[0].isoformat()).exit_code == 0
    ahead = {"run": 5, "started": "2099-01-01T00:00:00+00:00"}  # written under a wrong clock
    (collection.reports / "heartbeat.json").write_text(json.dumps(ahead), encoding="utf-8")
    done = scheduled("--every", "1w", "--keep", "3", "--on-change", box.url)
    assert done.exit_code == 3
    found = sorted(path.name for path in collection.reports.glob("20*"))
    assert found == [str(day) for day in days[2:]]  # days[1] would have been removed again
    assert "1 missed days before that" in done.stderr
    assert f"As of {days[2]}, against {days[0]}:" in box.messages[0]["message"]
    assert collection.record("latest")["as_of"] == str(newest)
    assert (heartbeat(collection)["run"], heartbeat(collection)["clock_went_back"]) == (6, True)
    assert scheduled("--every", "1w", "--keep", "3").exit_code == 0


def test_a_missed_day_that_fails_keeps_no_other_from_its_report(collection: Collection) -> None:
    newest = tables.default_as_of()
    days = [newest - timedelta(days=7 * weeks) for weeks in (3, 2, 1)]
    collection.write(NAME, SUPPORTED, f"assert as_of != '{days[1]}'")
    assert call("--as-of", days[0].isoformat()).exit_code == 0
    done = scheduled("--every", "7d")
    assert done.exit_code == 1 and f"as of {days[1]}" in done.stderr
    good = sorted(path.name for path in collection.reports.glob("20*"))
    assert good == [str(day) for day in (days[0], days[2], newest)]


def test_a_refresh_that_cannot_be_had_does_not_stop_the_run(ran: Collection) -> None:
    with swap.lock(ran.root / "data"):
        done = scheduled("--refresh")
    assert done.exit_code == 0
    assert "refresh problem" in done.stderr and "another refresh is running" in done.stderr
    (problem,) = ran.record()["schedule"][-1]["refresh"]["problems"]
    assert "another refresh is running" in problem


@pytest.fixture
def started(collection: Collection) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts scheduled runs as processes of their own."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        running.append(
            subprocess.Popen(
                [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
        return running[-1]

    yield start
    (collection.root / "go").touch()
    for process in running:
        process.kill()
        process.communicate()


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    while not path.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_two_at_once_and_a_third_that_waits(
    collection: Collection, started: Callable[..., subprocess.Popen[str]]
) -> None:
    collection.write(NAME, SUPPORTED, WAITING)
    first = started()
    wait_for(collection.root / "started", first)
    beat = heartbeat(collection)
    assert (beat["exit_code"], beat["finished"]) == (None, None)
    second = scheduled()
    assert second.exit_code == 4 and f"process {first.pid} on " in second.stderr
    assert len(second.stderr.splitlines()) == 1 and heartbeat(collection) == beat
    third = started("--lock-wait", "120")
    (collection.root / "go").touch()
    for process in (first, third):
        told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert heartbeat(collection)["run"] == 2


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, None)], ids=["term", "kill"]
)
def test_a_run_that_is_ended_leaves_a_heartbeat_and_the_next_one_heals(
    collection: Collection,
    started: Callable[..., subprocess.Popen[str]],
    number: signal.Signals,
    code: int | None,
) -> None:
    collection.write(NAME, SUPPORTED, WAITING)
    first = started()
    wait_for(collection.root / "started", first)
    os.kill(first.pid, number)
    first.communicate(timeout=60)
    assert heartbeat(collection)["exit_code"] == code
    (collection.root / "go").touch()
    assert scheduled().exit_code == 0
    assert heartbeat(collection)["run"] == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scheduled", NAME], "NOTEBOOK cannot be given with --scheduled"),
        (["--scheduled", "-p", "top_k=3"], "-p cannot be given with --scheduled"),
        (["--scheduled", "--as-of", "2026-01-01"], "--as-of cannot be given with --scheduled"),
        (["--keep", "3"], "--keep is for --scheduled"),
        (["--on-change", "json://127.0.0.1"], "--on-change is for --scheduled"),
        (["--scheduled", "--keep", "0"], "Invalid value for '--keep'"),
        (["--scheduled", "--every", "7"], "'7' is not a step"),
        (["--scheduled", "--every", "0d"], "'0d' is not a step"),
        (["--scheduled", "--on-change", "nonsense://secret"], "(nonsense://…)"),
        (["--scheduled", "--on-change", "secret"], "(without a scheme)"),
    ],
)
def test_bad_input_changes_nothing(
    collection: Collection, arguments: list[str], message: str
) -> None:
    collection.write(NAME, SUPPORTED)
    done = CliRunner().invoke(reckon, ["run", *arguments])
    assert done.exit_code == 2 and message in done.stderr
    assert "secret" not in done.stderr
    assert list(collection.reports.iterdir()) == []


def test_help_explains_the_exit_codes() -> None:
    text = CliRunner().invoke(reckon, ["run", "--help"]).stdout
    for code in ("0    done", "1    a notebook", "2    bad", "3    a verdict", "4    another"):
        assert code in text


def test_days_of_the_future_are_no_reason_to_make_up_for_any(ran: Collection) -> None:
    later = tables.default_as_of() + timedelta(days=400)
    (ran.reports / later.isoformat()).symlink_to(ran.link("latest"))
    ran.write(NAME, SUPPORTED, "1 + 1")
    done = scheduled("--every", "7d")
    assert done.exit_code == 0 and f"the last report is of {later}" in done.stderr
    made = ran.record(tables.default_as_of().isoformat())["notebooks"]
    assert [one["executed"] for one in made] == [True]
    found = sorted(path.name for path in ran.reports.glob("20*"))
    assert found == [tables.default_as_of().isoformat(), later.isoformat()]
