"""The run record, ``run.json``: what ran, on what, how long, how it ended.

The only file of a set that differs between two equal runs, and with refresh and scheduling the
only place that reads the clock.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import analysis
from analysis import paths
from analysis.files import write_atomic
from analysis.run import environment
from analysis.run.runset import NotebookResult, RunSet

SCHEMA = Path(__file__).parent / "schemas" / "run.schema.json"
_CODE = ("analysis", "notebooks", "data/claims.yaml")


@dataclass(frozen=True)
class Clock:
    """When a run began; its end is not read from a clock that may have been set back meanwhile."""

    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _begun: float = field(default_factory=time.monotonic)

    def read(self) -> dict[str, Any]:
        """Start, end (now) and duration."""
        took = time.monotonic() - self._begun
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "finished": (self.started + timedelta(seconds=took)).isoformat(timespec="seconds"),
            "seconds": round(took, 3),
        }


@dataclass
class Recorder:
    """Started with a run; ``notebook`` is called for each result, ``write`` at the end."""

    jobs: int
    force: bool
    clock: Clock = field(default_factory=Clock)
    _notebooks: list[dict[str, Any]] = field(default_factory=list)

    def notebook(
        self, result: NotebookResult, *, stale: str | None, seconds: float, inputs: dict[str, Any]
    ) -> None:
        """Adds one notebook; ``stale`` is why it was executed, ``None`` if it was not."""
        self._notebooks.append(
            {
                "name": result.name,
                "title": result.title,
                "status": result.status,
                "key": result.key,
                "executed": stale is not None,
                "stale": stale,
                "seconds": round(seconds, 3),
                "parameters": result.parameters,
                "inputs": inputs,
                "evidence": len(result.evidence),
                "error": result.error and {k: result.error[k] for k in ("cell", "ename", "evalue")},
            }
        )

    def as_dict(
        self, run: RunSet, *, kind: str, name: str, tables: dict[str, str]
    ) -> dict[str, Any]:
        """The record as JSON values; ``schemas/run.schema.json`` describes it."""
        return {
            "version": analysis.__version__,
            "kind": kind,
            "set": name,
            "as_of": run.as_of.isoformat(),
            "status": "failed" if run.failed else "ok",
            **self.clock.read(),
            "jobs": self.jobs,
            "force": self.force,
            "code": {"commit": run.code_commit, "changed": code_changed()},
            "tables": tables,
            "host": host(),
            "packages": environment.packages(),
            "notebooks": self._notebooks,
        }

    def write(self, folder: Path, content: dict[str, Any]) -> Path:
        """Writes ``run.json`` into a finished set."""
        path = folder / "run.json"
        write_atomic(path, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
        return path


def host() -> dict[str, Any]:
    """The machine, as far as it can matter to speed or to the last digit."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
    }


def code_commit() -> str:
    """The last commit that touched code, notebooks or claims; ``unknown`` outside a checkout."""
    return _git("log", "-1", "--format=%h", "--abbrev=12", "--", *_CODE) or "unknown"


def code_changed() -> bool | None:
    """Whether code, notebooks or claims differ from that commit; ``None`` outside a checkout."""
    status = _git("status", "--porcelain", "--", *_CODE)
    return None if status is None else bool(status)


def _git(*arguments: str) -> str | None:
    return _git_in(str(paths.root()), arguments)


@lru_cache(maxsize=8)
def _git_in(root: str, arguments: tuple[str, ...]) -> str | None:
    if not (Path(root) / ".git").exists():  # inside some other project's checkout
        return None
    command = ["git", "-C", root, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
