"""Several files written as one change: an error on the way leaves all of them as they were."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from analysis.errors import ReckonError
from analysis.files import write_atomic


class Together:
    """Files that stay only if the ``with`` block ends well.

    Whatever ends it early, Ctrl-C included, removes new files and puts old ones back.
    """

    def __init__(self) -> None:
        self._before: dict[Path, bytes | None] = {}

    def __enter__(self) -> Together:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._undo()

    @property
    def paths(self) -> list[Path]:
        """The files that differ from what was there before."""
        now = {path: path.read_bytes() for path in self._before if path.exists()}
        return [path for path, content in now.items() if content != self._before[path]]

    def create(self, path: Path, text: str) -> None:
        """Writes a new file.

        Raises:
            ReckonError: when there is one; nothing is ever overwritten.
        """
        if path.exists():
            raise ReckonError(f"{path}: is there already; choose another name")
        self.replace(path, text)

    def replace(self, path: Path, text: str) -> None:
        """Writes a file that may exist."""
        self.watch(path)
        write_atomic(path, text.encode())

    def watch(self, *paths: Path) -> None:
        """Puts these files back too, whoever changes them."""
        for path in paths:
            self._before.setdefault(path, path.read_bytes() if path.exists() else None)

    def _undo(self) -> None:
        for path, content in self._before.items():
            if content is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != content:
                write_atomic(path, content)
