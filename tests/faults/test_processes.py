"""Processes of the engine that are taken away while a notebook runs, and cells that go too far."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.engine import HOLD, Engine, wait_for
from run.small_collection import alive

HOG = """\
import resource
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 2**28, used + 2**28))
kept = [bytearray(2**24) for _ in range(10_000)]"""


def parent_of(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended
        return 0


def helper(engine: Engine, parent: int, named: str) -> int:
    """The only process with this on its command line that the parent started itself."""
    numbers = [line.split()[0] for line in engine.strays() if named in line]
    (found,) = [number for number in numbers if parent_of(number) == parent]
    return int(found)


def worker(engine: Engine, runner: int, kernel: int) -> int:
    """That of the one notebook that still runs."""
    return helper(engine, helper(engine, runner, "forkserver"), "forkserver")


VICTIMS: dict[str, Callable[[Engine, int, int], int]] = {
    "kernel": lambda engine, runner, kernel: kernel,
    "worker": worker,
    "warm parent": lambda engine, runner, kernel: helper(engine, runner, "warm.server"),
}


@pytest.mark.parametrize(
    "victim", ["kernel", "warm parent", pytest.param("worker", marks=pytest.mark.faults)]
)
def test_a_process_that_is_killed(engine: Engine, tmp_path: Path, victim: str) -> None:
    """As by the system when memory is short: its notebook fails, and nothing else."""
    before, mark, told = engine.served(), tmp_path / "mark", tmp_path / "told"
    more = {"FAULT_CELL": str(mark)}
    with (
        told.open("w") as stream,
        engine.start("run", "--force", more=more, stderr=stream) as process,
    ):
        wait_for(mark.exists, lambda: "the cell did not start")
        kernel, child = map(int, mark.read_text().split())
        wait_for(lambda: "04_second         ok" in told.read_text(), told.read_text)
        os.kill(VICTIMS[victim](engine, process.pid, kernel), signal.SIGKILL)
        process.ended()
    said = told.read_text()
    assert process.returncode == 1, said
    assert "01_article_audit  killed" in said
    assert "reports/latest is as it was" in said and "Traceback" not in said
    engine.nobody_is_left()
    assert not alive(kernel) and not alive(child)
    assert engine.served() == before
    engine.heals()


@pytest.mark.faults
def test_the_server_of_workers_is_killed(engine: Engine, tmp_path: Path) -> None:
    """No notebook is lost with it: one that runs goes on, and the next has a new server."""
    engine.collection.write("04_second", HOLD)
    mark = tmp_path / "mark"
    more = {"FAULT_CELL": str(mark)}
    with engine.start("run", "--force", "--jobs", "1", more=more) as process:
        wait_for(mark.exists, lambda: "the first cell did not start")
        killed = helper(engine, process.pid, "forkserver")
        os.kill(killed, signal.SIGKILL)
        mark.unlink()
        wait_for(mark.exists, lambda: "the second cell did not start")
        assert helper(engine, process.pid, "forkserver") != killed
        mark.unlink()
        said = process.ended()
    assert process.returncode == 0, said
    engine.heals()


def test_a_cell_that_takes_too_long(engine: Engine, tmp_path: Path) -> None:
    before, mark = engine.served(), tmp_path / "mark"
    for seconds in ("2", "20", "200"):  # a busy machine takes longer for the cells before it
        status, _, said = engine.run("--cell-timeout", seconds, more={"FAULT_CELL": str(mark)})
        assert status == 1 and f"a cell ran longer than {seconds} s" in said
        if mark.exists():
            break
    engine.nobody_is_left()
    assert not alive(int(mark.read_text().split()[1]))
    assert engine.served() == before
    engine.heals()


def test_a_cell_that_takes_too_much_memory(engine: Engine) -> None:
    before = engine.served()
    engine.collection.write("04_second", HOG)
    status, _, said = engine.run()
    assert status == 1 and re.search(r"04_second failed: cell \d+: MemoryError", said)
    assert engine.served() == before
    engine.collection.write("04_second", "1 + 1")
    engine.heals()
