"""One run from the plan to the published set."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from analysis import memory, paths
from analysis.errors import ParameterError, RunError
from analysis.run import (
    assemble,
    beside,
    cache,
    inputs,
    parameters,
    plan,
    pool,
    progress,
    scratch,
)
from analysis.run import publish as sets
from analysis.run.environment import digest_of
from analysis.run.handover import Limits
from analysis.run.plan import Task
from analysis.run.record import Recorder
from analysis.run.results import Collection, Result
from analysis.run.runset import RunSet
from analysis.run.signals import terminable
from analysis.run.warm.parent import Parent

_DISK = {
    getattr(errno, name, None)
    for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO")
}


@dataclass(frozen=True)
class Options:
    """What a run is asked for; ``values`` are parameters by name, as texts or typed."""

    notebooks: Sequence[str] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    as_of: str | date | None = None
    force: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Published:
    """Where a run's report is (a link under ``reports/``), of what kind, and what is in it."""

    link: Path
    kind: str
    run: RunSet

    @property
    def page(self) -> Path:
        """The first page of the report."""
        return sets.page(self.link)

    @property
    def problems(self) -> str:
        """What failed, where its page is and what became of the last good report."""
        lines = [
            f"{result.name} {result.status}: {progress.where(result.error or {})}"
            for result in self.run.failed
        ]
        lines.append(f"see {self.page}")
        if (paths.reports() / "latest").exists():
            lines.append("reports/latest is as it was")
        return "\n".join(lines)


def run(options: Options, stream: TextIO | None = None, warm: Parent | None = None) -> Published:
    """Plans, executes what is stale, builds the report and publishes it.

    A failed notebook does not stop the others; the report then goes to ``reports/failed`` and
    the last good one stays. A part of the collection, or other parameters, go to
    ``reports/explore``. Progress goes to ``stream``, standard error by default. ``warm`` is a
    parent of kernels from ``ahead.begun``.

    Raises:
        ReckonError: for bad input, before anything is executed or changed on disk.
        RunError: when the disk is full or may not be written; the last good report stays.
    """
    recorder = Recorder(options.limits.jobs, options.force)
    with writing(), terminable(), scratch.folder() as place:
        tasks, usual = plan_all(options)
        pool.prepare()
        cells = {task.name: len(task.notebook["cells"]) + 1 for task in tasks}
        tell = progress.to(stream, cells)
        report = assemble.report_files()  # that of this process, even if it is edited meanwhile
        # Where the report cannot be written, nothing is executed.
        with sets.building() as folder:
            with beside.beside() as pages:
                work = Collection(place, options.limits, options.force, tell, pages, warm)
                results = work.results(tasks)
            done = _publish(folder, results, recorder, usual, report)
            cache.prune()
            memory.write()
    return done


def plan_all(options: Options) -> tuple[list[Task], bool]:
    """The tasks of a run, and whether it is a full run with default parameters."""
    chosen, values = plan.select(options.notebooks), dict(options.values)
    if options.as_of is not None:
        if "as_of" in values:
            raise ParameterError("as_of: given twice; give --as-of alone")
        values["as_of"] = options.as_of
    as_of = values["as_of"] = parameters.resolve_as_of(values.get("as_of"))
    models = parameters.assign(chosen, values)
    usual = all(model == parameters.check(name, as_of=as_of) for name, model in models.items())
    tasks = [plan.task(name, models[name]) for name in chosen]
    return tasks, usual and chosen == plan.names()


def _publish(
    folder: Path,
    results: list[Result],
    recorder: Recorder,
    usual: bool,
    report: Mapping[str, str],
) -> Published:
    run = assemble.run_set(folder, results)
    for result, shown in zip(results, run.notebooks, strict=True):
        recorder.notebook(
            shown,
            stale=result.stale,
            seconds=result.outcome.seconds,
            inputs=inputs.grouped(result.task.parts),
        )
    kind = "failed" if run.failed else "published" if usual else "explore"
    name = assemble.name(run, report)
    content = recorder.as_dict(run, kind=kind, name=name, tables=assemble.fingerprints(run))
    target = sets.complete(name)
    if target is None:
        from analysis.report.site import site
        from analysis.run.kept_parts import KeptParts

        site.build(run, parts=KeptParts())
        recorder.write(folder, content)
        target = sets.finish(folder, name)
    else:
        recorder.write(target, content)
    return Published(_link(kind, target, run), kind, run)


def _link(kind: str, target: Path, run: RunSet) -> Path:
    if kind == "failed":
        return sets.failed(target, run.as_of)
    if kind == "published":
        return sets.publish(target, run.as_of)
    asked = [[result.name, result.parameters] for result in run.notebooks]
    return sets.explore(target, digest_of(asked)[:12])


@contextmanager
def writing() -> Iterator[None]:
    """Says in one line what the disk refused."""
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK:
            raise
        where = error.filename or paths.reports()
        raise RunError(f"{where}: {error.strerror}. The run ended there") from error
