"""Executed notebooks by key, in ``reports/.cache``. A damaged entry counts as absent."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.files import write_atomic
from analysis.run import document
from analysis.run.environment import digest
from analysis.run.plan import Task, why_stale


def folder() -> Path:
    return paths.reports() / ".cache"


def find(task: Task) -> document.Notebook | None:
    """The executed notebook of this key, in today's prose; ``None`` if there is no sound one."""
    entry = folder() / task.key
    try:
        text = (entry / "executed.ipynb").read_text(encoding="utf-8")
        about = json.loads((entry / "entry.json").read_text(encoding="utf-8"))
        if about["sha256"] != digest(text.encode()):
            return None
        return document.splice(task.notebook, json.loads(text))
    except (OSError, ValueError, KeyError, StopIteration):
        return None


def why(task: Task) -> str:
    """Why a task has to run although an earlier version of it may have run before."""
    return why_stale(task.parts, _last_parts(task.name))


def store(task: Task, executed: document.Notebook) -> None:
    """Keeps a result: complete under its name, or not at all."""
    text = document.dumps(executed)
    about = {"notebook": task.name, "parts": task.parts, "sha256": digest(text.encode())}
    folder().mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=folder(), prefix=".building-"))
    try:
        (building / "executed.ipynb").write_text(text, encoding="utf-8")
        (building / "entry.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
        shutil.rmtree(folder() / task.key, ignore_errors=True)
        building.rename(folder() / task.key)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    write_atomic(_last(task.name), json.dumps({"key": task.key}).encode())


def _last(name: str) -> Path:
    return folder() / f"last-{name}.json"


def _last_parts(name: str) -> dict[str, Any] | None:
    try:
        key = json.loads(_last(name).read_text(encoding="utf-8"))["key"]
        about = json.loads((folder() / key / "entry.json").read_text(encoding="utf-8"))
        return dict(about["parts"])
    except (OSError, ValueError, KeyError):
        return None
