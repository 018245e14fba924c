"""Points of a sweep in worker processes of this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from analysis.run import document, pool
from analysis.run.handover import Limits, job_of, read_back, warm_parent
from analysis.run.job import Job, Outcome
from analysis.run.parameters import Parameters
from analysis.run.plan import Task
from analysis.run.sweep.planned import Planned


@dataclass(frozen=True)
class Done:
    """One executed point; ``number`` is its place in the grid, ``holds`` whether its inputs were
    the same at its end as when it was planned."""

    number: int
    task: Task
    executed: document.Notebook
    outcome: Outcome
    holds: bool


def run(
    planned: Planned,
    grid: Sequence[Parameters],
    numbers: Sequence[int],
    limits: Limits,
    scratch: Path,
    note: Callable[[str], None],
) -> Generator[Done]:
    """Yields each point as it ends; what a run wrote to ``scratch`` is gone by then."""
    modules, running = planned.task(grid[numbers[0]]).modules, dict[int, Task]()
    with warm_parent(len(numbers), modules, limits, scratch, note) as warm:

        def jobs() -> Iterable[Job]:
            for number in numbers:
                running[number] = task = planned.task(grid[number])
                yield job_of(task, scratch / str(number), limits, warm=warm)

        ended = pool.run(jobs(), workers=limits.jobs, watch=lambda *_: None)
        with closing(ended):
            for job, outcome in ended:
                number = int(job.folder.name)
                task = running.pop(number)
                executed, outcome = read_back(job, outcome)
                shutil.rmtree(job.folder, ignore_errors=True)
                yield Done(number, task, executed, outcome, planned.holds(task, grid[number]))
