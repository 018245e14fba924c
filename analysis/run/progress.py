"""What a run tells while it runs: one live line a notebook on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

from analysis.run.job import Outcome

_UP, _CLEAR = "\x1b[{}A", "\x1b[2K"


class Progress:
    """Plain lines, one when a notebook starts and one when it ends."""

    def __init__(self, stream: TextIO, cells: dict[str, int]) -> None:
        self.stream, self.cells = stream, cells
        self.width = max(map(len, cells), default=0)

    def unchanged(self, name: str) -> None:
        self.say(name, "unchanged, reused")

    def starting(self, name: str, why: str) -> None:
        self.say(name, f"running ({why})")

    def at(self, name: str, cell: int, seconds: int) -> None:
        """Where a notebook is; plain lines do not tell."""

    def ended(self, name: str, outcome: Outcome) -> None:
        self.say(name, _summary(outcome))

    def note(self, text: str) -> None:
        """Something about the whole run."""
        print(text, file=self.stream, flush=True)

    def say(self, name: str, text: str) -> None:
        print(f"{name:<{self.width}}  {text}", file=self.stream, flush=True)


class LiveProgress(Progress):
    """One line a notebook, rewritten in place."""

    def __init__(self, stream: TextIO, cells: dict[str, int]) -> None:
        super().__init__(stream, cells)
        self._lines = dict.fromkeys(cells, "waiting")
        self._drawn = False

    def note(self, text: str) -> None:
        super().note(text)
        self._drawn = False  # the lines above it stay as they are, new ones follow

    def at(self, name: str, cell: int, seconds: int) -> None:
        place = f"cell {cell + 1} of {self.cells[name]}" if cell >= 0 else "starting"
        self.say(name, f"{place}, {seconds} s")

    def say(self, name: str, text: str) -> None:
        if self._lines[name] == text and self._drawn:
            return
        self._lines[name] = text
        up = _UP.format(len(self._lines)) if self._drawn else ""
        room = shutil.get_terminal_size().columns - 1  # a line that wraps would be two
        rows = [f"{key:<{self.width}}  {line}"[:room] for key, line in self._lines.items()]
        self.stream.write(up + "".join(f"{_CLEAR}{row}\n" for row in rows))
        self.stream.flush()
        self._drawn = True


def to(stream: TextIO | None, cells: dict[str, int]) -> Progress:
    """Progress for ``stream`` (standard error by default); ``cells`` counts them by notebook."""
    stream = stream or sys.stderr
    return LiveProgress(stream, cells) if stream.isatty() else Progress(stream, cells)


def _summary(outcome: Outcome) -> str:
    ended = f"{outcome.status}, {outcome.seconds:.1f} s"
    if outcome.cold is not None:
        ended += f", kernel started cold ({outcome.cold})"
    return ended if outcome.error is None else f"{ended}: {where(outcome.error)}"


def where(error: Mapping[str, object]) -> str:
    """An error in one line, with the cell counted from 1 as the page shows it."""
    cell = error.get("cell")
    place = f"cell {cell + 1}: " if isinstance(cell, int) else ""
    first = str(error.get("evalue", "")).strip().split("\n")[0]
    return f"{place}{error.get('ename', 'error')}: {first}"[:300]
