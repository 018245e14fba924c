"""Runs many tiny notebooks in one pool and tells what the processes of the pool hold meanwhile.

usage: python many.py FOLDER NUMBER EVERY
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.run import environment, pool
from analysis.run.job import Job
from analysis.run.warm import parent

NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "one",
            "metadata": {"tags": ["parameters"]},
            "outputs": [],
            "source": "number = 0",
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def jobs(folder: Path, number: int, warm: str | None) -> Iterator[Job]:
    for index in range(number):
        place = folder / str(index)
        place.mkdir()
        around = environment.for_kernel(place, None)
        job = Job(str(index), place, {"number": index}, around, 600, 600, warm)
        job.source.write_text(json.dumps(NOTEBOOK))
        yield job


def family() -> dict[int, tuple[int, str, str]]:
    """Parent, state and command line of all descendants of this process, and of itself."""
    every = {}
    for process in filter(str.isdigit, (path.name for path in Path("/proc").iterdir())):
        try:
            state, up = Path("/proc", process, "stat").read_text().rpartition(")")[2].split()[:2]
            line = Path("/proc", process, "cmdline").read_bytes().decode()
            every[int(process)] = (int(up), state, line)
        except OSError:
            continue
    found = {os.getpid()}
    while more := {p for p, (up, _, _) in every.items() if up in found} - found:
        found |= more
    return {process: every[process] for process in found}


def sample() -> dict[str, object]:
    """Memory in KiB and open files of those that last; how many are zombies."""
    kin = family()
    lasting = {p: line for p, (up, _, line) in kin.items() if up in (os.getpid(), os.getppid())}
    held = {}
    for process, line in lasting.items():
        name = next((word for word in ("tracker", "forkserver", "warm") if word in line), "runner")
        kib = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4
        held[name] = [kib, sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())]
    return {"held": held, "zombies": sum(state == "Z" for _, state, _ in kin.values())}


def main(folder: Path, number: int, every: int) -> None:
    samples, ended = [], 0
    with parent.running(folder, [], environment.for_kernel(folder, None)) as warm:
        for _, outcome in pool.run(jobs(folder, number, warm), workers=2, watch=lambda *_: None):
            assert (outcome.status, outcome.cold) == ("ok", None), outcome
            ended += 1
            if ended % every == 0:
                samples.append(sample())
    print(json.dumps(samples))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
