"""What a scheduled run has to tell, gathered while it runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from analysis import paths
from analysis.run.changes import Changes
from analysis.run.schedule.notify import Message, Sent
from analysis.run.state import State

_LINES = 60
CHANGED = 3
"""Exit code of a run that went well and changed a verdict."""


@dataclass
class Refreshed:
    """What a refresh of the data did."""

    changed: list[str]
    problems: list[str]


@dataclass
class Story:
    """Gathers what happened; ``say`` gets each line at once.

    ``told`` is the last good report, with which the next run compares its own.
    """

    say: Callable[[str], None]
    refreshed: Refreshed | None = None
    as_of: str | None = None
    changes: list[Changes] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    told: State | None = None
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def notice(self, line: str) -> None:
        """Worth a line, and no reason to fail or to send a message."""
        self.notices.append(line)
        self.say(line)

    def refresh(self, found: Refreshed) -> None:
        self.refreshed = found
        for name in found.changed:
            self.say(f"refreshed: {name}")
        for problem in found.problems:
            self.say(f"refresh problem, the data stay as they were: {problem}")

    def fail(self, line: str, code: int) -> None:
        self.failures.append(line)
        self.codes.append(code)
        self.say(f"failed: {line}")

    def compared(self, found: Changes) -> None:
        self.changes.append(found)
        for line in _told(found):
            self.say(line)

    @property
    def verdicts(self) -> int:
        """How many verdicts changed, counted once a day on which they did."""
        return sum(len(found.verdicts) for found in self.changes)

    @property
    def tells(self) -> bool:
        """Whether there is anything that a run record should keep."""
        found = self.refreshed
        fetched = found is not None and bool(found.changed or found.problems)
        moved = any(change.lines() for change in self.changes)
        return bool(fetched or moved or self.failures or self.notices)

    @property
    def code(self) -> int:
        """1 where a notebook failed, 2 for bad input, 3 where a verdict changed, else 0."""
        return min(self.codes) if self.codes else CHANGED if self.verdicts else 0

    def message(self, page: str) -> Message | None:
        """The one message; ``None`` where nothing failed and no verdict changed."""
        if not (self.failures or self.verdicts):
            return None
        told = [f"Failed: {line}" for line in self.failures]
        told += [line for found in self.changes for line in _told(found)]
        if self.refreshed is not None:
            told += [f"Not refreshed: {problem}" for problem in self.refreshed.problems]
        told += self.notices
        if len(told) > _LINES:
            told = [*told[:_LINES], f"and {len(told) - _LINES} lines more"]
        text = "\n".join([*told, f"Report: {page}"])
        text = text.replace(f"{paths.root()}{os.sep}", "")  # where it lies is nobody's business
        return Message(self._title(), text, bool(self.failures))

    def _title(self) -> str:
        parts = ["the scheduled run failed"] if self.failures else []
        if self.verdicts:
            many = "" if self.verdicts == 1 else "s"
            parts.append(f"{self.verdicts} verdict{many} changed")
        day = f" (as of {self.as_of})" if self.as_of else ""
        return f"Compute Reckoning: {', '.join(parts)}{day}"

    def record(self, sent: list[Sent]) -> dict[str, Any]:
        """What the run record keeps under ``schedule``."""
        refreshed = self.refreshed
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "refresh": refreshed and {"changed": refreshed.changed, "problems": refreshed.problems},
            "changes": [line for found in self.changes for line in _told(found)],
            "failures": self.failures,
            "notices": self.notices,
            "sent": [{"to": s.to, "title": s.title, "delivered": s.delivered} for s in sent],
        }


def _told(found: Changes) -> list[str]:
    lines = found.lines()
    was, now = found.days
    return [f"As of {now}, against {was}:", *(f"  {line}" for line in lines)] if lines else []
