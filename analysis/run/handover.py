"""From a task to a job and back: what a worker is given, and what of its answer can be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.errors import DataError
from analysis.run import document, environment
from analysis.run.job import Job, Outcome
from analysis.run.plan import Task
from analysis.run.warm import parent


@dataclass(frozen=True)
class Limits:
    """How many notebooks run at once, for how long (seconds), and whether kernels are forked."""

    jobs: int = 1
    cell_timeout: int = 300
    timeout: int = 900
    warm: bool = True


def warm_parent(
    kernels: int, modules: Iterable[str], limits: Limits, folder: Path, note: Callable[[str], None]
) -> AbstractContextManager[str | None]:
    """The address of a parent that has ``modules`` imported; none for a single kernel, which
    would wait for the parent as long as for its own imports."""
    if kernels < 2 or not limits.warm:
        return nullcontext()
    if (reason := parent.why_not()) is not None:
        note(f"kernels start cold: {reason}")
        return nullcontext()
    return parent.running(folder, sorted(modules), environment.for_kernel(folder, None))


def job_of(
    task: Task, folder: Path, limits: Limits, readable: Path | None = None, warm: str | None = None
) -> Job:
    """A task as a job in a new folder; its kernel finds evidence in ``readable``, if given, and is
    forked from the parent at ``warm``, if there is one."""
    folder.mkdir()
    around = environment.for_kernel(folder, readable)
    timeouts = limits.cell_timeout, limits.timeout
    job = Job(task.name, folder, task.parameters, around, *timeouts, warm)
    # What was planned is what runs, even if the file is edited meanwhile.
    job.source.write_text(document.dumps(task.notebook), encoding="utf-8")
    return job


def read_back(job: Job, outcome: Outcome) -> tuple[document.Notebook, Outcome]:
    """The notebook that a job left behind, and the outcome as far as it can be believed."""
    try:
        return document.clean(document.read(job.output)), outcome
    except (OSError, DataError):  # a worker that died while writing left half a file or none
        error = (outcome.error or {}) | {"cell": None}
        return document.clean(document.read(job.source)), replace(outcome, error=error)
