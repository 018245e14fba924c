"""``reckon run --scheduled``: the whole collection, unattended."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from analysis import paths
from analysis.errors import ReckonError
from analysis.run.publish import page
from analysis.run.schedule import collection, lock, retention, store, told
from analysis.run.schedule.asked import Schedule
from analysis.run.schedule.heartbeat import Heartbeat
from analysis.run.schedule.notify import Notifier
from analysis.run.schedule.story import Story
from analysis.run.signals import terminable

_RECORDS = 20


@dataclass(frozen=True)
class Ended:
    """The exit code, and the first page of the report where there is one."""

    code: int
    page: Path | None


def run(asked: Schedule, stream: TextIO | None = None) -> Ended:
    """Refreshes, makes up for missed days, reports on the newest one, and tells what changed.

    The first report is compared with the last one that was told about, each further one with the
    one before it. Progress goes to ``stream``, standard error by default.

    Raises:
        InputError: when apprise knows no such address.
        LockedError: when another scheduled run is at work.
    """
    notifier, stream = Notifier(asked.on_change), stream or sys.stderr
    with lock.held(asked.lock_wait), terminable():
        story = Story(lambda line: print(line, file=stream, flush=True))
        beat = Heartbeat(asked.every, collection.last_day())
        _beat(beat, story, None)
        with _end_is_recorded(notifier, story, beat):
            link = _work(asked, story, stream)
            _tell(notifier, story, link)
            if asked.keep is not None:
                _prune(asked.keep, story)
        return Ended(story.code, link and page(link))


def _work(asked: Schedule, story: Story, stream: TextIO) -> Path | None:
    if asked.refresh:
        story.refresh(collection.refresh())
    try:
        days = list(collection.due(asked, story))
    except ReckonError as error:  # the data cannot be read
        story.fail(str(error), error.exit_code)
        return None
    return collection.run(days, asked, story, stream)


def _tell(notifier: Notifier, story: Story, link: Path | None) -> None:
    """Sends the message first, so that a run killed here tells twice rather than never."""
    where = page(link).relative_to(paths.root()).as_posix() if link else "none"
    with _may_fail(story):
        for one in (sent := notifier.deliver(story.message(where))):
            if not one.delivered:
                story.say(f"not delivered to {one.to}; the next scheduled run tries again")
        if link is not None and (sent or story.tells):
            _record(link, story.record(sent))
    if story.told is not None:
        with _may_fail(story):
            told.write(story.told)


def _record(link: Path, entry: dict[str, object]) -> None:
    """Adds an entry to the run record of the report."""
    file = link.resolve() / "run.json"
    record = store.read(file)
    if isinstance(record, dict):
        entries = [*record.get("schedule", ()), entry][-_RECORDS:]
        store.write(file, record | {"schedule": entries})


def _prune(keep: int, story: Story) -> None:
    with _may_fail(story):
        for day in retention.prune(keep):
            story.say(f"removed the report of {day}")


@contextmanager
def _end_is_recorded(notifier: Notifier, story: Story, beat: Heartbeat) -> Iterator[None]:
    """The heartbeat ends however the run ends; what nobody planned for is also told."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception):
            story.fail(f"{type(error).__name__}: {error}", 1)
            _tell(notifier, story, None)
        _beat(beat, story, _code(error))
        raise
    _beat(beat, story, story.code)


def _code(error: BaseException) -> int:
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def _beat(beat: Heartbeat, story: Story, code: int | None) -> None:
    with _may_fail(story):
        beat.write(code=code, as_of=collection.last_day())


@contextmanager
def _may_fail(story: Story) -> Iterator[None]:
    """A disk that is full or read-only costs a line, not the report that is already there."""
    try:
        yield
    except OSError as error:
        story.say(f"could not be written: {error}")
