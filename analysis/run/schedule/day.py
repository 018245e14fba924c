"""The report of one day, made or found as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from analysis import paths
from analysis.run import unchanged
from analysis.run.schedule.asked import Schedule


@dataclass(frozen=True)
class Report:
    """Where a report is, and what failed in it; ``reused``: how many notebooks, if all were."""

    link: Path
    problems: str | None = None
    reused: int | None = None


def report(day: date | None, asked: Schedule, stream: TextIO) -> Report:
    """The whole collection with default parameters, as of ``day`` or of the newest one.

    Raises:
        ReckonError: for bad input, with nothing changed on disk.
    """
    if not asked.force and (known := standing(day)) is not None:
        return Report(paths.reports() / known["link"], reused=len(known["notebooks"]))
    from analysis.run import ahead

    with ahead.begun((), force=asked.force) as warm:
        from analysis.run import runner
        from analysis.run.handover import Limits

        before = unchanged.stamp()
        limits = Limits(asked.jobs, asked.cell_timeout, asked.timeout)
        options = runner.Options(as_of=day, force=asked.force, limits=limits)
        done = runner.run(options, stream, warm)
    if done.run.failed:
        return Report(done.link, problems=done.problems)
    names = [result.name for result in done.run.notebooks]
    unchanged.keep(_request(day), before, done.link, page=str(done.page), notebooks=names)
    return Report(done.link)


def standing(day: date | None) -> dict[str, Any] | None:
    """What ``unchanged`` knows of an equal run, by hand or scheduled, on the same files."""
    return unchanged.find(_request(day))


def _request(day: date | None) -> list[Any]:
    return [(), [], day.isoformat() if day else None]
