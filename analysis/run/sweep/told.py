"""What a sweep tells while it runs: one line that counts on a terminal, few lines elsewhere."""

from __future__ import annotations

import sys
from typing import TextIO

from analysis.run.job import Outcome
from analysis.run.progress import where

_STEPS = 10  # lines that a sweep without failures tells where there is no terminal


class Told:
    """Counts runs; those that failed are named."""

    def __init__(self, stream: TextIO | None, runs: int, reused: int) -> None:
        self.stream = stream or sys.stderr
        self.live, self.runs, self.done, self.failed = self.stream.isatty(), runs, reused, 0
        self.note(f"{runs} runs, {reused} of them in the cache")

    def note(self, text: str) -> None:
        """Something about the whole sweep."""
        clear = "\x1b[2K\r" if self.live else ""
        print(f"{clear}{text}", file=self.stream, flush=True)

    def ended(self, number: int, outcome: Outcome) -> None:
        before, self.done = self.done, self.done + 1
        if outcome.error is not None:
            self.failed += 1
            self.note(f"run {number + 1} {outcome.status}: {where(outcome.error)}")
        if self.live:
            end = "\n" if self.done == self.runs else "\r"
            self.stream.write(f"\x1b[2K{self._count()}{end}")
            self.stream.flush()
        elif before * _STEPS // self.runs < self.done * _STEPS // self.runs:
            self.note(self._count())

    def _count(self) -> str:
        return f"{self.done} of {self.runs} done" + f", {self.failed} failed" * bool(self.failed)
