"""A run that is asked or forced to end, at each of its stages."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from faults.engine import PATIENCE, Engine, Process, wait_for

RUN = ("run", "--force")
STAGES = {
    "planning": ("open", r"01_article_audit\.ipynb"),
    "storing": ("os.rename", r"\.cache/\.building-"),
    "building": ("open", r"\.building-.*index\.html"),
    "publishing": ("os.rename", r"latest\.new"),
}
SHORT = [(signal.SIGKILL, "running"), (signal.SIGTERM, "building"), (signal.SIGINT, "running")]
LONG = [
    (number, stage)
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
    for stage in ("planning", "starting", "running", "storing", "building", "publishing")
    if (number, stage) not in SHORT
]
STATUS = {signal.SIGKILL: {-9}, signal.SIGTERM: {143, -15}, signal.SIGINT: {130}}


def started(engine: Engine, stage: str, place: Path) -> Process:
    """A run that has come to this stage."""
    mark = place / "mark"
    if stage in STAGES:
        process = engine.start(*RUN, stop=[*STAGES[stage], "1", "wait", str(mark)])
        there = mark.exists
    else:
        process = engine.start(*RUN, more={"FAULT_CELL": str(mark)})
        there = mark.exists if stage == "running" else lambda: kernel_starts(engine)
    wait_for(lambda: there() or process.poll() is not None, lambda: f"it never came to {stage}")
    assert process.poll() is None, process.communicate()
    return process


def kernel_starts(engine: Engine) -> bool:
    return any(engine.temporary.glob("*/*/work"))


@pytest.mark.parametrize(
    ("number", "stage"),
    [*SHORT, *(pytest.param(*case, marks=pytest.mark.faults) for case in LONG)],
)
def test_a_run_that_is_ended(
    engine: Engine, tmp_path: Path, number: signal.Signals, stage: str
) -> None:
    """Nobody is left, the last good report stands, and the next run heals."""
    before = engine.served()
    with started(engine, stage, tmp_path) as process:
        # A key pressed at a terminal goes to all that run in its foreground.
        (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
        said = process.ended()
    assert process.returncode in STATUS[number], said
    assert "Traceback" not in said
    if number == signal.SIGINT:
        assert said.endswith("interrupted\n")
    engine.nobody_is_left()
    if number != signal.SIGKILL:
        assert [path for path in engine.leftovers() if not path.endswith(".new")] == []
    assert engine.served() == before
    engine.heals()


KEY = """\
import multiprocessing, os, signal
from multiprocessing import forkserver
from analysis.run import pool
pressed = []
signal.signal(signal.SIGINT, lambda *_: pressed.append(1))
pool.prepare()
server = forkserver._forkserver._forkserver_pid
os.killpg(0, signal.SIGINT)
process = multiprocessing.get_context("forkserver").Process(target=os.getpid)
process.start()
process.join()
assert pressed and process.exitcode == 0
assert forkserver._forkserver._forkserver_pid == server"""


def test_a_key_pressed_while_the_server_of_workers_starts() -> None:
    """Is the runner's matter; the server neither ends nor says anything."""
    done = subprocess.run(
        [sys.executable, "-c", KEY], capture_output=True, text=True, process_group=0
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.faults)]
)
def test_a_refresh_that_is_ended(engine: Engine, number: signal.Signals) -> None:
    """The heartbeat of the scheduled run says so, and no copy of the data is left."""
    before = engine.served()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        more = {"HTTPS_PROXY": f"http://127.0.0.1:{port}", "NO_PROXY": "", "no_proxy": ""}
        with engine.start("run", "--scheduled", "--refresh", more=more) as process:
            silent.settimeout(PATIENCE)
            with silent.accept()[0]:  # the refresh waits for an answer now
                assert beat(engine)["state"] == "running"
                os.kill(process.pid, number)
                said = process.ended()
    assert process.returncode == 128 + number and "Traceback" not in said, said
    found = beat(engine)
    assert (found["state"], found["exit_code"]) == ("interrupted", 128 + number)
    assert found["finished"] is not None
    assert engine.served() == before
    engine.heals()


def beat(engine: Engine) -> dict[str, object]:
    return json.loads((engine.reports / "heartbeat.json").read_text(encoding="utf-8"))
