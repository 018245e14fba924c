"""A notebook as far as its execution has come."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any

import nbformat

from analysis.files import write_atomic

_EVERY = 10.0  # seconds


class Draft:
    """Written every few seconds, and when the execution ends badly.

    papermill would write it before and after every cell, which takes longer than many cells do.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._notebook: Any = None
        self._written = time.monotonic()

    def begin(self, notebook: Any) -> None:
        """Takes the notebook that is executed in place."""
        self._notebook = notebook

    def keep(self) -> None:
        """Writes the notebook if that was long ago."""
        if time.monotonic() - self._written > _EVERY:
            self.write()

    def write(self) -> None:
        """Writes the notebook if there is one; a disk that refuses leaves the last draft."""
        if self._notebook is not None:
            with contextlib.suppress(OSError):
                write_atomic(self.path, nbformat.writes(self._notebook).encode())
            self._written = time.monotonic()
