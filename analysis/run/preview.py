"""What a run would do, and why, before anything is executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from analysis.errors import ClaimError
from analysis.run import cache, document, evidence, plan
from analysis.run.plan import Task
from analysis.run.results import read_by_last
from analysis.run.runner import Options, plan_all

REUSE, RUN, WAIT = "reuse", "run", "wait"


@dataclass(frozen=True)
class Step:
    """One notebook of the graph: what will be done with it, why, and what it is made from."""

    notebook: str
    action: str
    why: str
    after: tuple[str, ...]
    tables: tuple[str, ...]
    modules: int
    key: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def steps(options: Options) -> list[Step]:
    """The graph of a run in the order of execution.

    The notebook that reads evidence waits where a notebook before it has to run: whether it is
    stale depends on what they record.

    Raises:
        ReckonError: for bad input, as a run would.
    """
    tasks, _ = plan_all(options)
    first = [task for task in tasks if task.name != plan.LAST]
    found = [(task, None if options.force else cache.find(task)) for task in first]
    planned = [_step(task, kept is not None, options.force) for task, kept in found]
    running = [step.notebook for step in planned if step.action == RUN]
    for task in tasks:
        if task.name == plan.LAST:
            planned.append(_last(task, found, running, options.force))
    return planned


def _step(task: Task, kept: bool, force: bool, after: Sequence[str] = ()) -> Step:
    action = REUSE if kept else RUN
    why = "unchanged" if kept else "forced" if force else cache.why(task)
    modules = len(task.modules)
    return Step(task.name, action, why, tuple(after), task.tables, modules, task.key)


def _last(
    task: Task,
    found: Sequence[tuple[Task, document.Notebook | None]],
    running: list[str],
    force: bool,
) -> Step:
    names = [before.name for before, _ in found]
    if running and not force:
        why = f"its evidence comes from {_listed(running)}"
        tables, modules = task.tables, len(task.modules)
        return Step(task.name, WAIT, why, tuple(names), tables, modules, task.key)
    recorded = [_recorded(before.name, kept) for before, kept in found if kept is not None]
    known = plan.with_evidence(task, read_by_last(recorded or None))
    kept = not force and cache.find(known) is not None
    return _step(known, kept, force, names)


def _recorded(name: str, kept: document.Notebook) -> list[Any]:
    try:
        return [evidence.collect(name, kept), evidence.forecasts(name, kept)]
    except ClaimError:
        return []


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def lines(planned: Sequence[Step], *, inputs: bool = False) -> list[str]:
    """For people: one line a notebook, then a count; ``inputs`` adds tables and modules."""
    width = max(len(step.notebook) for step in planned)
    told = []
    for step in planned:
        told.append(f"{step.notebook:<{width}}  {step.action:<5}  {step.why}")
        if inputs:
            before = ", ".join((*step.after, *step.tables)) or "nothing"
            told.append(f"{'':<{width}}         from {before}; {step.modules} modules")
    counts = [f"{sum(s.action == a for s in planned)} to {a}" for a in (RUN, WAIT, REUSE)]
    return [*told, ", ".join(counts)]
