"""Real kernels that end in every way a kernel can end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_collection import FIGURE, alive, notebook

from analysis.run import document, environment, pool
from analysis.run.job import Job, Outcome

CHILD = """\
import subprocess, pathlib, os
child = subprocess.Popen(["sleep", "300"])
pathlib.Path("../child").write_text(f"{child.pid} {os.getpid()}")"""
CELLS = {
    "fine": [FIGURE, "import os\nprint(as_of, os.listdir('.'))"],
    "raises": ["print('before')\n1 / 0", "print('after')"],
    "leaves": ["import sys\nsys.exit(0)", "print('after')"],
    "dies": [CHILD, "import os\nos._exit(0)", "print('after')"],
    "hangs": ["print('before', flush=True)\nimport time\ntime.sleep(60)", "print('after')"],
    "slow": ["import time\ntime.sleep(1.5)"] * 6,
}
LIMITS = {"hangs": {"cell_timeout": 2}, "slow": {"timeout": 4}}


def job(folder: Path, name: str, *cells: str, cell_timeout: int = 60, timeout: int = 90) -> Job:
    (folder / name).mkdir()
    variables = environment.for_kernel(folder / name, None)
    made = Job(name, folder / name, {"as_of": "2025-01-01"}, variables, cell_timeout, timeout)
    made.source.write_text(json.dumps(notebook(*cells)))
    return made


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Job, Outcome]]:
    """Every case, executed two at a time."""
    folder = tmp_path_factory.mktemp("jobs")
    jobs = [job(folder, name, *cells, **LIMITS.get(name, {})) for name, cells in CELLS.items()]
    outcomes = pool.run(jobs, workers=2, watch=lambda *_: None)
    return {done.name: (done, outcome) for done, outcome in outcomes}


def cells(of: tuple[Job, Outcome]) -> list[dict[str, Any]]:
    return list(document.clean(document.read(of[0].output))["cells"])


def wait_for(what: str, condition: Any, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def test_a_notebook_that_ends_well(ended: dict[str, tuple[Job, Outcome]]) -> None:
    assert (ended["fine"][1].status, ended["fine"][1].error) == ("ok", None)
    figure, printed = cells(ended["fine"])[3:]
    assert "image/png" in figure["outputs"][-1]["data"]
    assert printed["outputs"][0]["text"] == "2025-01-01 []\n"


@pytest.mark.parametrize(
    ("name", "status", "cell", "ename", "said"),
    [
        ("raises", "failed", 3, "ZeroDivisionError", "division by zero"),
        ("leaves", "failed", 3, "SystemExit", "left the notebook"),
        ("dies", "killed", 4, "DeadKernelError", "died"),
        ("hangs", "timeout", 3, "Timeout", "a cell ran longer than 2 s"),
        ("slow", "timeout", None, "Timeout", "the notebook ran longer than 4 s"),
    ],
)
def test_a_notebook_that_does_not(
    ended: dict[str, tuple[Job, Outcome]],
    name: str,
    status: str,
    cell: int | None,
    ename: str,
    said: str,
) -> None:
    outcome = ended[name][1]
    assert outcome.error is not None
    assert (outcome.status, outcome.error["ename"]) == (status, ename)
    assert said in outcome.error["evalue"]
    assert cell in (None, outcome.error["cell"])
    assert cells(ended[name])[-1]["execution_count"] is None


def test_what_was_printed_before_the_error_is_kept(
    ended: dict[str, tuple[Job, Outcome]],
) -> None:
    for name in ("raises", "hangs"):
        assert cells(ended[name])[3]["outputs"][0]["text"] == "before\n"


def test_a_kernel_that_died_leaves_no_child(ended: dict[str, tuple[Job, Outcome]]) -> None:
    child, kernel = map(int, (ended["dies"][0].folder / "child").read_text().split())
    wait_for("the kernel's child lives on", lambda: not alive(child) and not alive(kernel))


def test_leaving_early_ends_what_still_runs(tmp_path: Path) -> None:
    running = pool.run(
        [
            job(tmp_path, "quick"),
            job(
                tmp_path, "long", CHILD, "input_ = 1\nimport time\ntime.sleep(60)", cell_timeout=90
            ),
        ],
        workers=2,
        watch=lambda *_: None,
    )
    assert next(running)[0].name == "quick"
    wait_for("no child", lambda: (tmp_path / "long" / "child").exists())
    child, kernel = map(int, (tmp_path / "long" / "child").read_text().split())
    running.close()
    # What was killed may take a moment to go.
    wait_for("what ran to end", lambda: not alive(child) and not alive(kernel))


RUNNER = """\
import sys
from pathlib import Path
sys.path[:0] = {tests!r}
from test_pool import CHILD, job
from analysis.run import pool
if __name__ == "__main__":
    one = job(Path({folder!r}), "long", CHILD, "import time\\ntime.sleep(60)", cell_timeout=90)
    list(pool.run([one], workers=1, watch=lambda *_: None))
"""


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that runs a notebook which has started a child."""
    script = tmp_path / "script.py"
    tests = [str(place) for place in Path(__file__).parents[:2]]
    script.write_text(RUNNER.format(tests=tests, folder=str(tmp_path)))
    with subprocess.Popen([sys.executable, str(script)]) as process:
        yield process
        process.kill()


def test_a_killed_runner_leaves_neither_worker_nor_kernel(
    runner: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    note = tmp_path / "long" / "child"
    wait_for("the notebook did not start", lambda: note.exists() and " " in note.read_text())
    child, kernel = map(int, note.read_text().split())
    os.kill(runner.pid, signal.SIGKILL)
    wait_for("orphans", lambda: not alive(child) and not alive(kernel))
