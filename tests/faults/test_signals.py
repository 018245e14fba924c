"""A run that is asked or forced to end, at each of its stages."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from faults.engine import Engine, Process, wait_for

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
