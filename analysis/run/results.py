"""From tasks to results: out of the cache, or by executing what is stale."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import memory, paths
from analysis.claims import history
from analysis.run import cache, document, evidence, plan, pool
from analysis.run.handover import Limits, job_of, read_back, warm_parent
from analysis.run.job import Job, Outcome, failure
from analysis.run.plan import Task
from analysis.run.progress import Progress
from analysis.run.warm.parent import Parent

if TYPE_CHECKING:
    from analysis.run.beside import Beside


@dataclass(frozen=True)
class Result:
    """A task that is dealt with; ``stale`` is why it was executed, ``None`` if it was not."""

    task: Task
    executed: document.Notebook
    outcome: Outcome
    evidence: list[dict[str, Any]]
    forecasts: list[dict[str, Any]]
    stale: str | None


class Collection:
    """Deals with the tasks of one run; the notebook that reads evidence comes last."""

    def __init__(
        self,
        scratch: Path,
        limits: Limits,
        force: bool,
        progress: Progress,
        pages: Beside | None = None,
        warm: Parent | None = None,
    ) -> None:
        """``pages``, if given, hears of results as they go to the cache; ``warm`` is a parent of
        kernels that was begun before it was known what has to run."""
        self.scratch, self.limits, self.force, self.progress = scratch, limits, force, progress
        self.pages, self.begun = pages, warm
        self.warm: str | None = None  # the address of the parent, once it knows what to import
        self.last: list[Task] = []
        self.open = ExitStack()
        self.evidence = scratch / "evidence"
        self.evidence.mkdir()

    def results(self, tasks: Sequence[Task]) -> list[Result]:
        """One result for each task, in their order but for the last notebook."""
        with ExitStack() as self.open:
            return self._results(tasks)

    def _results(self, tasks: Sequence[Task]) -> list[Result]:
        first = [task for task in tasks if task.name != plan.LAST]
        last = self.last = [task for task in tasks if task.name == plan.LAST]
        results = self._some(first)
        for result in results:
            evidence.write(self.evidence, result.task.name, result.evidence, result.forecasts)
        found = [[result.evidence, result.forecasts] for result in results]
        read = read_by_last(found if first else None)
        last = [plan.with_evidence(task, read) for task in last]
        if self.pages and first:
            self.pages.judged([row for one in results for row in one.evidence], first[0].as_of)
        return results + self._some(last, self.evidence if first else None)

    def _some(self, tasks: Sequence[Task], readable: Path | None = None) -> list[Result]:
        results: dict[str, Result] = {}
        stale: dict[str, tuple[Task, str]] = {}
        for task in tasks:
            kept = None if self.force else cache.find(task)
            if kept is None:
                stale[task.name] = task, "forced" if self.force else cache.why(task)
            else:
                self.progress.unchanged(task.name)
                results[task.name] = judged(task, kept, Outcome("ok"), None)
        to_run = sorted((task for task, _ in stale.values()), key=length, reverse=True)
        reasons = {name: why for name, (_, why) in stale.items()}
        with ExitStack() as stack:
            warm = self._parent(to_run)
            check_tables(to_run)  # while the parent imports
            if stale and self.pages:
                self.pages.begin()
            jobs = [
                job_of(task, self.scratch / task.name, self.limits, readable, warm)
                for task in to_run
            ]
            for job, outcome in stack.enter_context(
                closing(self._execute(self._then_tables(jobs, to_run), reasons))
            ):
                task, why = stale[job.name]
                results[job.name] = self._finish(task, job, outcome, why)
        return [results[task.name] for task in tasks]

    def _then_tables(self, jobs: Sequence[Job], tasks: Sequence[Task]) -> Iterator[Job]:
        """The jobs. Once a worker asks in vain for another, a processor is free for tables."""
        yield from jobs
        if self.pages:
            self.pages.tables(tasks)

    def _parent(self, stale: Sequence[Task]) -> str | None:
        """The address of the parent of this run's kernels, which serves until all have ended."""
        modules = {name for task in [*stale, *self.last] for name in task.modules}
        if self.warm is None and self.begun is not None and stale:
            self.begun.preload(modules)
            self.warm = self.begun.address
        elif self.warm is None:
            note = self.progress.note
            parent = warm_parent(len(stale), modules, self.limits, self.scratch, note)
            self.warm = self.open.enter_context(parent)
        return self.warm

    def _execute(self, jobs: Iterable[Job], why: dict[str, str]) -> Generator[tuple[Job, Outcome]]:
        at: dict[str, int] = {}

        def watch(name: str, kind: str, value: int) -> None:
            if name not in at:
                at[name] = -1
                self.progress.starting(name, why[name])
            if kind == "cell":
                at[name] = value
            elif kind == "tick":
                self.progress.at(name, at[name], value)

        return pool.run(jobs, workers=self.limits.jobs, watch=watch)

    def _finish(self, task: Task, job: Job, outcome: Outcome, why: str) -> Result:
        result = judged(task, *read_back(job, outcome), why)
        if result.outcome.status == "ok" and plan.still_holds(task):
            cache.store(task, result.executed, seconds=outcome.seconds)
            if self.pages:
                self.pages.keep(task, task.title)
        self.progress.ended(task.name, result.outcome)
        return result


def length(task: Task) -> tuple[float, int]:
    """Ranks tasks by how long they take: as long as the last time, or else, the more code they
    reach, the longer."""
    return cache.seconds(task.name), len(task.modules)


def check_tables(tasks: Iterable[Task]) -> None:
    """DataError for a bad cell in any table that the tasks load, before a kernel starts.

    What is reused was checked when it ran: its key holds the rows and the modules that check them.
    """
    from analysis import tables

    for name, as_of in sorted({(table, task.as_of) for task in tasks for table in task.tables}):
        tables.check(name, as_of)
    memory.write()  # so that kernels need not find it out again


def judged(task: Task, executed: document.Notebook, outcome: Outcome, stale: str | None) -> Result:
    """Adds what it recorded; that of a notebook which did not end well counts for nothing."""
    if outcome.status != "ok":
        return Result(task, executed, outcome, [], [], stale)
    try:
        found = evidence.collect(task.name, executed), evidence.forecasts(task.name, executed)
        return Result(task, executed, outcome, *found, stale)
    except evidence.EvidenceError as error:
        blamed = failure(error.cell, "EvidenceError", str(error))
        failed = replace(outcome, status="failed", error=blamed)
        return Result(task, executed, failed, [], [], stale)


def read_by_last(recorded: list[Any] | None) -> list[Any]:
    """All that the last notebook reads besides tables: evidence and forecasts of the notebooks
    before it (``recorded``), or of the committed summary where it runs alone; and the history."""
    return [_committed() if recorded is None else recorded, history.contents()]


def _committed() -> str:
    """What a notebook reads as evidence when no other runs beside it."""
    summary = paths.reports() / "summary.json"
    return summary.read_text(encoding="utf-8") if summary.exists() else ""
