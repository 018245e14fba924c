"""Lock, missed days, retention and heartbeat, each by itself."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from small_collection import Collection

from analysis.errors import LockedError, ReckonError
from analysis.run import publish
from analysis.run.schedule import heartbeat, lock, missed, retention, store
from analysis.run.schedule.heartbeat import Heartbeat

HOLD = """\
import sys
from analysis.run.schedule import lock
with lock.held():
    print("held", flush=True)
    sys.stdin.read()"""
DAY = date(2026, 11, 1)


@contextmanager
def holder() -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_run_is_told_who_holds_the_lock(collection: Collection) -> None:
    told = pytest.raises(LockedError, match=r"process \d+ on ")
    with holder() as other, told as error, lock.held():
        pass
    assert f"process {other.pid} on " in str(error.value)
    assert error.value.exit_code == 4 and "--lock-wait" in str(error.value)


def test_a_killed_holder_leaves_no_lock(collection: Collection) -> None:
    with holder() as other:
        other.kill()
        other.wait()
        with lock.held():
            assert store.read(store.folder() / "holder.json")["process"] == os.getpid()


def test_a_full_disk_does_not_keep_a_run_from_the_lock(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "write", full)
    with lock.held():
        pass


def test_reports_that_cannot_be_written_are_bad_input(collection: Collection) -> None:
    (collection.reports / ".schedule").write_text("a file where the folder should be")
    with pytest.raises(ReckonError, match="cannot be locked") as error, lock.held():
        pass
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("gap", "every", "bound", "expected", "more"),
    [
        (0, 7, 8, [], 0),
        (-30, 7, 8, [], 0),
        (7, 7, 8, [], 0),
        (13, 7, 8, [], 0),  # late, but nothing was missed
        (14, 7, 8, [7], 0),
        (22, 7, 8, [7, 14], 0),
        (28, 7, 2, [14, 21], 1),
        (28, 7, 0, [], 3),
        (3, 1, 8, [1, 2], 0),
        (3650, 7, 8, [7 * k for k in range(513, 521)], 512),
    ],
)
def test_missed_days(gap: int, every: int, bound: int, expected: list[int], more: int) -> None:
    days, left = missed.days(DAY, DAY + timedelta(days=gap), every, bound)
    assert ([(day - DAY).days for day in days], left) == (expected, more)


def test_nothing_is_missed_without_a_report_or_a_step() -> None:
    assert missed.days(None, DAY, 7) == missed.days(DAY, date.max, None) == ([], 0)


def made(*days: str) -> None:
    """A set for each day, the later day touched the longest ago, as under a clock that ran back."""
    for age, day in enumerate(days):
        with publish.building() as folder:
            target = publish.finish(folder, f"{age:020x}")
        publish.publish(target, date.fromisoformat(day))
        os.utime(target, (4e9 - age * 1e6, 4e9 - age * 1e6))


def test_the_newest_days_stay_whenever_they_were_made(collection: Collection) -> None:
    made("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
    for day in ("2026-01-15", "2026-03-15"):
        publish.failed(collection.link("2026-03-01"), date.fromisoformat(day))
    assert retention.prune(2) == ["2026-01-01", "2026-02-01"]
    assert publish.days() == ["2026-03-01", "2026-04-01"]
    assert collection.link("latest") == collection.link("2026-04-01")
    failed = [path.name for path in (collection.reports / "failed").iterdir()]
    assert failed == ["2026-03-15"]


def test_sets_without_a_link_go(collection: Collection) -> None:
    made(*(f"2026-01-{day:02}" for day in range(1, 12)))
    retention.prune(1)
    left = list((collection.reports / ".sets").iterdir())
    assert len(left) == 1 + publish.KEEP and collection.link("latest") in left


def test_latest_stays_even_where_it_is_not_the_newest_day(collection: Collection) -> None:
    made("2026-01-01", "2026-02-01", "2026-03-01")
    publish.swap("latest", collection.link("2026-01-01"))
    assert retention.prune(1) == ["2026-02-01"]
    assert collection.link("latest") == collection.link("2026-01-01")


def test_folders_made_by_hand_stay(collection: Collection) -> None:
    (collection.reports / "2025-01-01").mkdir()
    made("2026-01-01", "2026-02-01")
    assert retention.prune(1) == ["2026-01-01"]
    assert (collection.reports / "2025-01-01").is_dir()


def beat() -> dict[str, object]:
    return json.loads(heartbeat.path().read_text(encoding="utf-8"))


def test_a_start_without_an_end_is_seen(collection: Collection) -> None:
    one = Heartbeat(7, "2026-11-16")
    one.write()
    found = beat()
    assert (found["run"], found["finished"], found["exit_code"]) == (1, None, None)
    one.write(code=3, as_of="2026-11-23")
    found = beat()
    assert (found["exit_code"], found["as_of"]) == (3, "2026-11-23")
    assert datetime.fromisoformat(str(found["finished"])) >= one.started.replace(microsecond=0)
    due = datetime.fromisoformat(str(found["next_due"]))
    assert due - datetime.fromisoformat(str(found["started"])) == timedelta(days=7)


def test_a_clock_that_goes_back_gives_no_end_before_its_start(collection: Collection) -> None:
    ahead = Heartbeat(1, None, started=datetime.now(UTC) + timedelta(days=3650))
    ahead.write()
    ahead.write(code=0)  # by now the clock says ten years less
    found = beat()
    assert str(found["finished"]) >= str(found["started"]) and not found["clock_went_back"]
    after = Heartbeat(1, None)
    after.write(code=0)
    found = beat()
    assert (found["run"], found["clock_went_back"]) == (2, True)
    assert datetime.fromisoformat(str(found["next_due"])) < ahead.started
    Heartbeat(1, None).write(code=0)
    assert beat()["clock_went_back"] is False


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"run": "x", "started": 5}'])
def test_a_damaged_heartbeat_is_replaced(collection: Collection, damaged: str) -> None:
    Path(heartbeat.path()).write_text(damaged, encoding="utf-8")
    Heartbeat(None, None).write(code=0)
    assert (beat()["run"], beat()["next_due"]) == (1, None)
