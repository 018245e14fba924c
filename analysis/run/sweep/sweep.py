"""A sweep from its grid to the published table and page."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TextIO

from analysis.errors import ReckonError
from analysis.run import cache, document
from analysis.run import scratch as scratch_folders
from analysis.run.handover import Limits
from analysis.run.job import Outcome
from analysis.run.record import Clock
from analysis.run.results import check_tables, judged
from analysis.run.runner import writing
from analysis.run.signals import terminable
from analysis.run.sweep import grid, local, planned, table
from analysis.run.sweep.finishing import Contents, publish_all
from analysis.run.sweep.told import Told

Executor = Literal["local", "dask"]
SHOWN = 20
"""Failed runs whose notebooks are kept beside the table."""


@dataclass(frozen=True)
class Options:
    """What a sweep is asked for; ``points`` as ``grid.points`` gives them."""

    notebook: str
    points: Sequence[grid.Point]
    force: bool = False
    limits: Limits = field(default_factory=Limits)
    executor: Executor = "local"
    scheduler: str | None = None


@dataclass(frozen=True)
class Swept:
    """A sweep that is done: ``failures`` has a line for each failed run."""

    folder: Path
    runs: int
    executed: int
    failures: list[str]

    @property
    def page(self) -> Path:
        return self.folder / "index.html"


def run(options: Options, stream: TextIO | None = None) -> Swept:
    """Executes what is not in the cache, and publishes the table and its page.

    Every point is checked before anything is executed. Each good result is kept as soon as it is
    there, so that a sweep that was killed goes on where it was; a run that failed is a row of the
    table. The sweep goes to ``reports/sweeps/<key>``, the key being that of notebook and grid.

    Raises:
        ReckonError: for bad input, before anything is executed; when a cluster is lost.
        RunError: when the disk is full or may not be written.
    """
    clock = Clock()
    with writing(), terminable(), scratch_folders.folder() as scratch:
        sweep = _Sweep(options, scratch)
        with table.Spool(scratch / "rows") as spool:
            sweep.deal(spool, stream)
            contents = Contents(
                options.notebook,
                sweep.planned.title,
                sweep.grid,
                dict(sorted(sweep.failures.items())),
                scratch / table.CSV,
            )
            folder = publish_all(contents, spool, scratch / "failed", sweep.how(), clock)
    cache.prune()
    failures = [f"run {number}: {why}" for number, why in contents.failures.items()]
    return Swept(folder, len(sweep.grid), sweep.executed, failures)


class _Sweep:
    def __init__(self, options: Options, scratch: Path) -> None:
        self.options, self.scratch = options, scratch
        self.grid = grid.checked(options.notebook, options.points)
        self.planned = planned.Planned(options.notebook)
        self.failures: dict[int, str] = {}
        self.executed = 0
        (scratch / "failed").mkdir()

    def how(self) -> dict[str, Any]:
        """How it was executed, for the record."""
        options = self.options
        return {
            "executed": self.executed,
            "executor": options.executor,
            "jobs": options.limits.jobs,
            "force": options.force,
        }

    def deal(self, spool: table.Spool, stream: TextIO | None) -> None:
        """Puts the rows of all runs into ``spool``: those in the cache first."""
        stale = [n for n in range(len(self.grid)) if not self._reused(n, spool)]
        told = Told(stream, len(self.grid), len(self.grid) - len(stale))
        if not stale:
            return
        # A table whose rows of the newest day are sound is sound on every day before.
        newest = max((self.grid[n] for n in stale), key=lambda values: values.as_of)
        check_tables([self.planned.task(newest)])
        with closing(self._execute(stale, told)) as ended:
            for done in ended:
                self._finish(done, spool)
                told.ended(done.number, done.outcome)

    def _reused(self, number: int, spool: table.Spool) -> bool:
        task = self.planned.task(self.grid[number])
        kept = None if self.options.force else cache.find(task)
        if kept is None:
            return False
        result = judged(task, kept, Outcome("ok"), None)
        if result.outcome.status == "ok":
            spool.add(number, table.rows(number, self.grid[number], result))
        return result.outcome.status == "ok"

    def _execute(self, stale: list[int], told: Told) -> Generator[local.Done]:
        asked = self.planned, self.grid, stale, self.options.limits
        if self.options.executor == "local":
            return local.run(*asked, self.scratch, told.note)
        try:
            from analysis.run.sweep import cluster
        except ModuleNotFoundError as error:
            todo = "pip install 'compute-reckoning[dask]'"
            raise ReckonError(f"--executor dask needs {error.name}; {todo}") from None
        return cluster.run(*asked, self.options.scheduler, told.note)

    def _finish(self, done: local.Done, spool: table.Spool) -> None:
        self.executed += 1
        result = judged(done.task, done.executed, done.outcome, "")
        rows = table.rows(done.number, self.grid[done.number], result)
        spool.add(done.number, rows)
        if result.outcome.status == "ok":
            if done.holds:
                cache.store(done.task, done.executed, recent=False)
            return
        self.failures[done.number + 1] = f"{result.outcome.status}: {rows[0]['error']}"
        if len(self.failures) <= SHOWN:
            file = self.scratch / "failed" / f"run-{done.number + 1}.ipynb"
            file.write_text(document.dumps(done.executed), encoding="utf-8")
