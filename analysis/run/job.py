"""What goes into a worker process and what comes out of it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from analysis.run.runset import Status

EventKind = Literal["kernel", "cell", "tick"]
Notify = Callable[[EventKind, int], None]


@dataclass(frozen=True)
class Job:
    """One notebook to execute.

    ``folder`` is a temporary folder that holds ``notebook.ipynb``; everything that the execution
    writes goes there. Timeouts are in seconds, for one cell and for the whole notebook. ``warm``
    is the address of the parent to fork the kernel from, if there is one.
    """

    name: str
    folder: Path
    parameters: dict[str, Any]
    environment: dict[str, str]
    cell_timeout: int
    timeout: int
    warm: str | None = None

    @property
    def source(self) -> Path:
        return self.folder / "notebook.ipynb"

    @property
    def output(self) -> Path:
        """Where papermill writes; never trusted for the status."""
        return self.folder / "executed.ipynb"

    @property
    def log(self) -> Path:
        """What worker and kernel wrote to their standard streams."""
        return self.folder / "log.txt"

    def log_tail(self, lines: int = 20) -> list[str]:
        """The end of the log, where a kernel that died may have said why."""
        exists = self.log.exists()
        text = self.log.read_text(encoding="utf-8", errors="replace") if exists else ""
        return text.splitlines()[-lines:]

    @property
    def kernel_folder(self) -> Path:
        """The kernel's working directory."""
        return self.folder / "work"


@dataclass(frozen=True)
class Outcome:
    """How an execution ended; ``error`` as in ``NotebookResult``. ``cold`` says why the kernel
    was not forked although it should have been."""

    status: Status
    error: dict[str, Any] | None = None
    seconds: float = 0.0
    cold: str | None = None


def failure(
    cell: int | None, ename: str, evalue: str, traceback: list[str] | None = None
) -> dict[str, Any]:
    """An error as the report shows it."""
    return {"cell": cell, "ename": ename, "evalue": evalue, "traceback": traceback or []}


def kill_group(leader: int | None) -> None:
    """Ends a kernel and all that it started; one that is gone already is no error."""
    if leader:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)
