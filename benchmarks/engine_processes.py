"""Commands of a benchmark as whole processes: their seconds and the memory of all they start."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_EVERY = 0.3  # seconds between two looks at memory


@dataclass(frozen=True)
class Done:
    """One command that ended well; ``peak_bytes`` where its memory was watched."""

    seconds: float
    output: str
    peak_bytes: int = 0


def timed(
    command: Sequence[str | Path],
    place: Path,
    more: Mapping[str, str] | None = None,
    *,
    watched: bool = False,
) -> Done:
    """Runs a command in ``place``, with ``place`` before everything else on the module path.

    Every command gets the same environment: one thread for sums, no figure windows. Where its
    memory is ``watched`` it is slower: adding up its pages keeps a processor busy.
    """
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    search = os.pathsep.join([str(place), str(PROJECT)])
    around = os.environ | threads | {"PYTHONPATH": search} | dict(more or {})
    around.pop("MPLBACKEND", None)
    log = place / "command.log"
    begun = time.perf_counter()
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=place, env=around, stdout=stream, stderr=stream)
        with _Memory(process.pid) if watched else nullcontext() as memory:
            status = process.wait()
    seconds = time.perf_counter() - begun
    output = log.read_text(encoding="utf-8", errors="replace")
    if status:
        raise RuntimeError(f"{command} ended with {status}:\n{output[-2000:]}")
    return Done(seconds, output, memory.peak if memory else 0)


def module(name: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs a module with this interpreter."""
    return [sys.executable, "-m", name, *arguments]


class _Memory:
    """Watches a process and all that descend from it; ``peak`` is the largest sum of their
    proportional set sizes in bytes, so that pages shared after a fork count once."""

    def __init__(self, leader: int) -> None:
        self.leader, self.peak = leader, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, sum(map(_proportional, _family(self.leader))))


def _family(leader: int) -> Iterator[int]:
    waiting = [leader]
    while waiting:
        number = waiting.pop()
        yield number
        for children in Path(f"/proc/{number}/task").glob("*/children"):
            try:
                waiting += map(int, children.read_text().split())
            except OSError:
                continue


def _proportional(number: int) -> int:
    try:
        rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:  # it ended
        return 0
    return next((int(x.split()[1]) * 1024 for x in rollup.splitlines() if x[:4] == "Pss:"), 0)
