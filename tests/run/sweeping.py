"""What the tests of sweeps share: a notebook that can be held up, and the command in a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from small_collection import TRAINING, Collection

NAME = "02_training_cost"
RECORD = 'from analysis.claims import ledger\nledger.record("c18", 1790 + top_k, None, "frames", 1)'
HELD = """\
import os, pathlib, time
place = pathlib.Path(os.environ["RECKON_ROOT"]) / "marks"
(place / f"{top_k}-{os.getpid()}").touch()
while top_k > 2 and not (place / "go").exists():
    time.sleep(0.05)"""
FAILS = 'if top_k == 3:\n    raise ValueError("<b>three</b> & more")'


def swept(collection: Collection, *cells: str, **options: Any) -> None:
    """Writes the notebook that is swept; with ``HELD``, runs of ``top_k`` above 2 wait for go."""
    collection.write(NAME, *cells, parameters=TRAINING, **options)
    (collection.root / "marks").mkdir(exist_ok=True)


def go(collection: Collection) -> None:
    (collection.root / "marks" / "go").touch()


def marks(collection: Collection) -> list[tuple[int, int]]:
    """The runs that began: ``top_k`` and the kernel's process."""
    found = (collection.root / "marks").glob("*-*")
    return sorted((int(k), int(process)) for k, process in (path.name.split("-") for path in found))


def kept(collection: Collection) -> int:
    """How many results are in the cache."""
    return len(list((collection.reports / ".cache").glob("*/entry.json")))


def start(collection: Collection, *arguments: str) -> subprocess.Popen[str]:
    """``reckon sweep`` on the notebook, in a process of its own."""
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "sweep", NAME]
    around = os.environ | {"RECKON_ROOT": str(collection.root)}
    pipe = subprocess.PIPE
    return subprocess.Popen([*command, *arguments], stdout=pipe, stderr=pipe, text=True, env=around)


def wait_for(what: str, condition: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def folder(collection: Collection) -> Path:
    """Where the only sweep of the collection lies."""
    (link,) = (collection.reports / "sweeps").iterdir()
    return link


def about(collection: Collection) -> dict[str, Any]:
    return json.loads((folder(collection) / "sweep.json").read_text())
