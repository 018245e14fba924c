"""The collection itself: cold, with nothing changed, with one notebook edited, and by papermill's
API in two processes.

``python -m benchmarks.engine_collection`` is ``reckon run`` that notes the processor seconds of
each cell in the file that ``RECKON_CELLS`` names.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import engine_processes as processes

EDITED = "02_training_cost"
_CLOCK = """\
import os, time
from pathlib import Path
_seconds = [0.0]
def _begin(_info):
    _seconds[0] = time.process_time()
def _end(_result):
    with Path(os.environ["RECKON_CELLS"]).open("a") as cells:
        print(time.process_time() - _seconds[0], file=cells)
get_ipython().events.register("pre_run_cell", _begin)
get_ipython().events.register("post_run_cell", _end)
"""


@dataclass(frozen=True)
class Times:
    """Seconds of wall time; ``cells`` are processor seconds of all cells of the cold run, and
    ``edited_itself`` those that the edited notebook alone took; ``peak_bytes`` those of a second
    cold run, since watching memory takes time."""

    cold: float
    cells: float
    unchanged: float
    edited: float
    edited_itself: float
    pool: float
    peak_bytes: int


def copy(place: Path) -> None:
    """The project without its reports, and compiled, as an installation is."""
    for name in ("analysis", "notebooks", "data", "locks"):
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(processes.PROJECT / name, place / name, ignore=ignored)
    (place / "reports").mkdir()
    for name in ("summary.json", "history.json"):
        kept = processes.PROJECT / "reports" / name
        if kept.exists():
            shutil.copy(kept, place / "reports" / name)
    command = [sys.executable, "-m", "compileall", "-q", "analysis"]
    processes.timed(command, place, {"PYTHONDONTWRITEBYTECODE": ""})


def times(place: Path) -> Times:
    """Runs the copy in ``place``."""
    cells = place / "cells.txt"
    around = {"RECKON_ROOT": str(place), "RECKON_CELLS": str(cells)}
    run = [*processes.module("benchmarks.engine_collection"), "run", "--jobs", "2"]
    cold = processes.timed(run, place, around)
    used = sum(map(float, cells.read_text().split()))
    reckon: list[str | Path] = [Path(sys.executable).with_name("reckon"), "run", "--jobs", "2"]
    unchanged = processes.timed(reckon, place, around)
    if "unchanged" not in unchanged.output:
        raise RuntimeError(f"something changed:\n{unchanged.output}")
    _edit(place / "notebooks" / f"{EDITED}.ipynb")
    edited = processes.timed(reckon, place, around)
    itself = _executed(place)
    pool = processes.timed(
        processes.module("benchmarks.engine_reference", "pool", place / "notebooks"), place, around
    )
    for name in (".cache", ".sets"):
        shutil.rmtree(place / "reports" / name)
    again = processes.timed(reckon, place, around, watched=True)
    if not all(entry["executed"] for entry in _last(place)):
        raise RuntimeError("the run whose memory was watched was not cold")
    wall = cold.seconds, used, unchanged.seconds, edited.seconds, itself, pool.seconds
    return Times(*wall, again.peak_bytes)


def _edit(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code[-1]["source"] = "".join(code[-1]["source"]) + "\n# looked at once more"
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _executed(place: Path) -> float:
    """Seconds of the one notebook that the last run executed."""
    (ran,) = [entry for entry in _last(place) if entry["executed"]]
    return float(ran["seconds"])


def _last(place: Path) -> list[dict[str, Any]]:
    """The notebooks of the last run, as its record tells of them."""
    text = (place / "reports" / "latest" / "run.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["notebooks"]
    return found


def _reckon_with_a_clock() -> None:
    from analysis.cli import main
    from analysis.run import results
    from analysis.run.job import Job

    usual = results.job_of

    def job_of(*arguments: Any, **named: Any) -> Job:
        job = usual(*arguments, **named)
        startup = Path(job.environment["IPYTHONDIR"]) / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "clock.py").write_text(_CLOCK)
        return job

    results.job_of = job_of
    main()


if __name__ == "__main__":
    os.environ.setdefault("RECKON_CELLS", os.devnull)
    _reckon_with_a_clock()
