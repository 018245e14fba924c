"""The collection run once for each past date, without reports: what ``reckon history`` does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TextIO

from analysis.claims import history, store, verdicts
from analysis.claims.history import Entry
from analysis.claims.lock import rule_hash
from analysis.errors import RunError
from analysis.run import parameters, plan, progress, scratch
from analysis.run.environment import digest_of
from analysis.run.handover import Limits
from analysis.run.plan import Task
from analysis.run.results import Collection, Result

START = date(2024, 3, 31)


def quarters(end: date, start: date = START) -> list[date]:
    """Last days of the quarters from ``start`` to before ``end``."""
    firsts = (
        date(year, month, 1) for year in range(start.year, end.year + 2) for month in (1, 4, 7, 10)
    )
    days = (first - timedelta(days=1) for first in firsts)
    return [day for day in days if start <= day < end]


def compute(limits: Limits, stream: TextIO | None = None) -> Iterator[tuple[date, bool]]:
    """Brings ``reports/history.json`` up to date, one date after the other.

    Yields each date and whether it had to be computed; the file is written after each one, so
    that an interrupted call loses at most one date. Dates are those of ``quarters``.

    Raises:
        RunError: when a notebook fails on some date; the dates before it are kept.
    """
    days = quarters(parameters.resolve_as_of(None))
    entries = history.read()
    for day in days:
        tasks = planned(day)
        key = key_of(tasks)
        stale = entries.get(day.isoformat(), {}).get("key") != key
        if stale:
            entries[day.isoformat()] = _entry(day, tasks, key, limits, stream)
            history.write(entries)
        yield day, stale
    wanted = {day.isoformat() for day in days}
    if entries.keys() - wanted:
        history.write({day: content for day, content in entries.items() if day in wanted})


def planned(day: date) -> list[Task]:
    """The tasks of one date with default parameters; the notebook that reads evidence is left
    out, because it records none."""
    names = [name for name in plan.names() if name != plan.LAST]
    return [plan.task(name, parameters.check(name, as_of=day)) for name in names]


def key_of(tasks: list[Task]) -> str:
    """What the entry of a date stands for: its notebooks and the rules they are judged by."""
    rules = {name: rule_hash(claim) for name, claim in store.claims().items()}
    return digest_of([[task.key for task in tasks], rules])[:20]


def _entry(day: date, tasks: list[Task], key: str, limits: Limits, stream: TextIO | None) -> Entry:
    cells = {task.name: len(task.notebook["cells"]) + 1 for task in tasks}
    with scratch.folder() as place:
        tell = progress.to(stream, cells)
        results = Collection(place, limits, force=False, progress=tell).results(tasks)
    _all_well(day, results)
    evidence = [record for result in results for record in result.evidence]
    forecasts = [record for result in results for record in result.forecasts]
    rows = verdicts.table(store.claims(), evidence, day)
    return history.entry(store.claims(), rows, forecasts, key)


def _all_well(day: date, results: list[Result]) -> None:
    for result in results:
        if result.outcome.error is not None:
            where = progress.where(result.outcome.error)
            raise RunError(f"{result.task.name} as of {day}: {where}")
