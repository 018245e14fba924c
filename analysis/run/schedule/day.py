"""The report of one day, made or found as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from analysis import paths
from analysis.run import runner, unchanged
from analysis.run.results import Limits


@dataclass(frozen=True)
class Report:
    """Where a report is, and what failed in it; ``reused``: how many notebooks, if all were."""

    link: Path
    problems: str | None = None
    reused: int | None = None


def report(day: date | None, *, force: bool, limits: Limits, stream: TextIO) -> Report:
    """The whole collection with default parameters, as of ``day`` or of the newest one.

    Raises:
        ReckonError: for bad input, with nothing changed on disk.
    """
    as_of = day.isoformat() if day else None
    request: list[object] = [(), [], as_of]  # as `reckon run` remembers it
    if not force and (known := unchanged.find(request)) is not None:
        return Report(paths.reports() / known["link"], reused=len(known["notebooks"]))
    before = unchanged.stamp()
    done = runner.run(runner.Options(as_of=as_of, force=force, limits=limits), stream)
    if done.run.failed:
        return Report(done.link, problems=done.problems)
    names = [result.name for result in done.run.notebooks]
    unchanged.keep(request, before, done.link, page=str(done.page), notebooks=names)
    return Report(done.link)


def page(link: Path) -> Path:
    """The first page of a report; under ``latest`` if that is the same set."""
    latest = paths.reports() / "latest"
    same = latest.exists() and latest.resolve() == link.resolve()
    return (latest if same else link) / "index.html"
