"""What earlier processes found out about files, kept by the stamps of those files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis import paths

_BOUND = 4000  # values of one memory; the oldest go first
_all: list[Memory] = []


class Memory:
    """Values by name, each good as long as its stamp is the same; in ``reports/.cache``.

    ``reader`` gives stamps of the code that makes the values: all are forgotten when it changes.
    """

    def __init__(self, name: str, reader: Callable[[], list[Any]]) -> None:
        self._name, self._reader = name, reader
        self._from: Path | None = None
        self._values: dict[str, tuple[list[Any], Any]] = {}
        self._new = False
        self._made_by: list[Any] | None = None
        _all.append(self)

    def recall(self, name: str, stamp: list[Any]) -> Any:
        """The value that was kept under this name with an equal stamp, else ``None``."""
        self._read()
        at, value = self._values.get(name, ((), None))
        return value if at == stamp else None

    def keep(self, name: str, stamp: list[Any], value: Any) -> None:
        """Keeps a value of JSON types, for this process and, after ``write``, for later ones."""
        self._values.pop(name, None)
        self._values[name] = stamp, value
        self._new = True

    def write(self) -> None:
        """Writes what is new; a disk that refuses is no matter."""
        if self._new:
            self._read()
        if not self._new or self._made_by is None:
            return
        from analysis.files import write_atomic  # loads what many callers have no use for

        recent = dict(list(self._values.items())[-_BOUND:])
        values = json.dumps(recent)
        about = json.dumps({"reader": self._made_by, "sha256": _hash(values)})
        with contextlib.suppress(OSError):
            write_atomic(self._file(), f"{about}\n{values}".encode())
            self._new = False

    def _read(self) -> None:
        """Takes over what an earlier process wrote, if its code was the same."""
        if self._from == (file := self._file()):
            return
        self._from, known = file, {}
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            # That of this process, even if its files are edited before it writes.
            self._made_by = self._made_by or [sys.version, *self._reader()]
            about, _, values = file.read_text(encoding="utf-8").partition("\n")
            if json.loads(about) == {"reader": self._made_by, "sha256": _hash(values)}:
                known = {name: (at, value) for name, (at, value) in json.loads(values).items()}
        self._values = known | self._values

    def _file(self) -> Path:
        return paths.reports() / ".cache" / f"{self._name}.json"


def write() -> None:
    """Writes what all memories of this process hold."""
    for memory in _all:
        memory.write()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(file: str | Path) -> list[Any]:
    """What changes when a file does, whoever writes it: times of content and inode, and size."""
    found = os.stat(file)  # noqa: PTH116 (several times as fast, and asked of thousands of files)
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size]
