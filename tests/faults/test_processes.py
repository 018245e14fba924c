"""Processes of the engine that are taken away while a notebook runs, and cells that go too far."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.engine import Engine, wait_for
from run.small_collection import alive

HOG = """\
import resource
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 2**28, used + 2**28))
kept = [bytearray(2**24) for _ in range(10_000)]"""


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def helper(engine: Engine, runner: int, named: str) -> int:
    """The process with this on its command line that the runner started itself."""
    numbers = [int(line.split()[0]) for line in engine.strays() if named in line]
    (found,) = [number for number in numbers if parent_of(number) == runner]
    return found


def worker(engine: Engine, runner: int, kernel: int) -> int:
    """The one worker that still has a notebook."""
    server = helper(engine, runner, "forkserver")
    numbers = [int(line.split()[0]) for line in engine.strays() if "forkserver" in line]
    return max(number for number in numbers if parent_of(number) == server)


VICTIMS: dict[str, Callable[[Engine, int, int], int]] = {
    "kernel": lambda engine, runner, kernel: kernel,
    "worker": worker,
    "warm parent": lambda engine, runner, kernel: helper(engine, runner, "warm.server"),
    "server of workers": lambda engine, runner, kernel: helper(engine, runner, "forkserver"),
}


@pytest.mark.parametrize("victim", ["kernel", "warm parent", *(
    pytest.param(name, marks=pytest.mark.faults) for name in ("worker", "server of workers")
)])  # fmt: skip
def test_a_process_that_is_killed(engine: Engine, tmp_path: Path, victim: str) -> None:
    """As by the system when memory is short: its notebook fails, and nothing else."""
    before, mark = engine.served(), tmp_path / "mark"
    more = {"FAULT_CELL": str(mark)}
    with engine.start("run", "--force", more=more) as process:
        wait_for(mark.exists, lambda: "the cell did not start")
        kernel, child = map(int, mark.read_text().split())
        wait_for(lambda: len(finished(engine)) == 1, lambda: "the other notebook did not end")
        os.kill(VICTIMS[victim](engine, process.pid, kernel), signal.SIGKILL)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert "01_article_audit  killed" in said and "04_second         ok" in said
    assert "reports/latest is as it was" in said and "Traceback" not in said
    engine.nobody_is_left()
    assert not alive(kernel) and not alive(child)
    assert engine.served() == before
    engine.heals()


def finished(engine: Engine) -> list[Path]:
    """Notebooks of the run whose kernel is gone again."""
    begun = {path.parent for path in engine.temporary.glob("*/*/work")}
    return [folder for folder in begun if not (folder / "connection.json").exists()]


def test_a_cell_that_takes_too_long(engine: Engine, tmp_path: Path) -> None:
    before, mark = engine.served(), tmp_path / "mark"
    status, _, said = engine.run("--cell-timeout", "2", more={"FAULT_CELL": str(mark)})
    assert status == 1 and "a cell ran longer than 2 s" in said
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
