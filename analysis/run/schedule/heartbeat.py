"""``reports/heartbeat.json``: what a monitor looks at.

Written when a scheduled run starts and again when it ends or is asked to end; one that was killed
leaves a start without an end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.run.schedule import store
from analysis.run.signals import INTERRUPTED


def path() -> Path:
    return paths.reports() / "heartbeat.json"


@dataclass
class Heartbeat:
    """One run's beat.

    Every time in it comes from this run alone, and the end is the start plus what a clock that
    only runs forward measured, so that a clock set back gives no end before its start. ``run``
    counts up whatever the clock does, and ``clock_went_back`` says that this run started before
    the one before it did.
    """

    every: int | None
    as_of: str | None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _begun: float = field(default_factory=time.monotonic)
    _run: int = 1
    _back: bool = False

    def __post_init__(self) -> None:
        before = store.read(path())
        before = before if isinstance(before, dict) else {}
        number = before.get("run")
        self._run = number + 1 if isinstance(number, int) else 1
        self._back = _time(before.get("started")) > self.started

    def write(self, *, code: int | None = None, as_of: str | None = None) -> None:
        """The start, or with the exit ``code`` the end; ``as_of`` is the day of the report."""
        elapsed = timedelta(seconds=time.monotonic() - self._begun)
        due = self.started + timedelta(days=self.every) if self.every else None
        self.as_of = as_of or self.as_of
        content: dict[str, Any] = {
            "run": self._run,
            "state": _state(code),
            "started": _text(self.started),
            "finished": None if code is None else _text(self.started + elapsed),
            "exit_code": code,
            "as_of": self.as_of,
            "next_due": _text(due) if due else None,
            "clock_went_back": self._back,
        }
        store.write(path(), content)


def _state(code: int | None) -> str:
    if code is None:
        return "running"
    return "interrupted" if code in INTERRUPTED else "ended"


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _time(text: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
