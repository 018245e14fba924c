"""Many tiny runs in one pool: nothing grows, nothing is left over."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from faults.engine import Engine

MANY = Path(__file__).with_name("many.py")
GROWTH = 20_000  # KiB, of a process that holds some 60,000 to 200,000


@pytest.mark.parametrize(
    ("number", "every"), [(20, 5), pytest.param(1000, 100, marks=pytest.mark.faults)]
)
def test_many_runs(engine: Engine, number: int, every: int) -> None:
    with tempfile.TemporaryDirectory(prefix="many-") as folder:
        done = subprocess.run(
            [sys.executable, str(MANY), folder, str(number), str(every)],
            capture_output=True, text=True, env=engine.environment(),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, *_, last = json.loads(done.stdout)
    assert first["held"].keys() == last["held"].keys() >= {"runner", "forkserver", "warm"}
    for name, (memory, files) in last["held"].items():
        before = first["held"][name]
        assert memory <= before[0] + GROWTH, (name, first, last)
        assert files <= before[1] + 4, (name, first, last)  # those of a run that just begins
    assert last["zombies"] <= 8, last  # workers and kernels that ended this very moment
    engine.nobody_is_left()
