"""Many files replaced as one: after a kill they are the old ones, or become the new ones.

The new files and a list of them are gathered in a folder, which gets its name in one step: that
is the decision. From then on they are moved into place, and whoever is interrupted leaves the
rest to the next ``finish``.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import DataError, UpstreamError
from analysis.files import sha256, sync

_DECIDED = ".refresh"
_GATHERED = ".refresh-"
_LOCK = ".refresh.lock"
_LIST = "files.json"


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """Hold the lock on refreshing ``data``; UpstreamError if another refresh does."""
    try:
        with FileLock(data / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise UpstreamError(data, "another refresh is running; wait for it to end") from error


def replace(data: Path, files: Mapping[str, bytes]) -> None:
    """Put ``files`` (path below ``data``, content) into place, all or none of them."""
    gathered = Path(tempfile.mkdtemp(dir=data, prefix=_GATHERED))
    try:
        for path, content in files.items():
            _write(gathered / "new" / path, content)
        hashes = {path: [_hash(data / path), sha256(text)] for path, text in files.items()}
        _write(gathered / _LIST, json.dumps(hashes, indent=1).encode())
        sync(gathered)
        gathered.rename(data / _DECIDED)
        sync(data, within=False)
    except BaseException as error:
        shutil.rmtree(gathered, ignore_errors=True)
        if isinstance(error, OSError):
            raise UpstreamError(data, f"has no room for the new files: {error}") from error
        raise
    finish(data)


def interrupted(data: Path) -> list[str]:
    """Files that a refresh decided to replace and did not get to."""
    decided = data / _DECIDED
    if not (decided / _LIST).is_file():
        return []
    return sorted(path for path in _list(decided) if (decided / "new" / path).is_file())


def finish(data: Path) -> list[str]:
    """Complete an interrupted replacement and clear away leftovers; returns the files moved.

    Raises:
        DataError: a file was edited since; nothing is moved.
    """
    for leftover in data.glob(f"{_GATHERED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    decided, waiting = data / _DECIDED, interrupted(data)
    for path in waiting:
        if _hash(data / path) not in _list(decided)[path]:
            todo = f"remove the folder {decided} to keep what you have, or restore the file"
            raise DataError("was edited after a refresh was interrupted", file=path, todo=todo)
    for path in waiting:
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (decided / "new" / path).replace(data / path)
    for folder in {(data / path).parent for path in waiting}:
        sync(folder, within=False)
    shutil.rmtree(decided, ignore_errors=True)
    return waiting


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o644)


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()) if file.is_file() else ""


def _list(decided: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((decided / _LIST).read_text(encoding="utf-8"))
    return found
