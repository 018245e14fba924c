"""The reports that are due: missed days first, then the newest, each compared with the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from analysis import paths
from analysis.errors import ReckonError
from analysis.run import publish
from analysis.run.schedule import day, missed, told
from analysis.run.schedule.asked import Schedule
from analysis.run.schedule.story import Refreshed, Story
from analysis.run.state import State


def last_day() -> str | None:
    """The newest day with a good report."""
    days = publish.days() if paths.reports().is_dir() else []
    return days[-1] if days else None


def refresh() -> Refreshed:
    """Fetches new data; whatever goes wrong is a problem to tell and never an exception."""
    try:
        from analysis.refresh import refresh

        done = refresh(None)
    except Exception as error:  # old data are better than no run
        return Refreshed([], [f"{type(error).__name__}: {error}"])
    return Refreshed([str(name) for name in done.changed], [str(text) for text in done.problems])


def due(asked: Schedule, story: Story) -> Iterator[date | None]:
    """Missed days, oldest first, then the newest day of the data (``None``).

    No day is made up for that ``keep`` would remove again.
    """
    if not asked.force and day.standing(None) is not None:
        yield None  # on the same data nothing can have been missed since
        return
    from analysis.run.parameters import resolve_as_of

    last, newest = last_day(), resolve_as_of(None)
    bound = missed.BOUND if asked.keep is None else min(missed.BOUND, asked.keep - 1)
    start = date.fromisoformat(last) if last else None
    days, more = missed.days(start, newest, asked.every, bound)
    if more:
        story.notice(f"{more} missed days before that stay without a report")
    if start is not None and newest < start:
        story.notice(f"the newest day of the data is {newest}, the last report is of {start}")
    yield from [*days, None]


def run(days: Iterable[date | None], asked: Schedule, story: Story, stream: TextIO) -> Path | None:
    """Makes the report of each day; gives the link of the last one.

    What goes wrong on one day does not keep the others from being tried.
    """
    before, link = told.read(), None
    for one in days:
        try:
            done = day.report(one, asked, stream)
        except ReckonError as error:
            story.fail(f"as of {one}: {error}" if one else str(error), error.exit_code)
            continue
        link = done.link
        story.as_of = link.name
        if done.reused is not None:
            story.say(f"{done.reused} notebooks unchanged")
        if done.problems is None:
            before = _compared(before, link, story)
        else:
            story.fail(f"as of {link.name}: {done.problems}", 1)
    story.told = before
    return link


def _compared(before: State | None, link: Path, story: Story) -> State | None:
    """Tells what changed; gives what the next report is compared with."""
    after = told.of(link)
    if after is None or (before is not None and after.as_of < before.as_of):
        return before
    if before is not None and before.set != after.set:
        from analysis.run.diff import comparison  # imports pandas, which most runs do without

        story.compared(comparison.since(before, after, link))
    return after
