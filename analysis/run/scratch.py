"""Folders that one process owns for a while; what killed owners left, the next one removes.

The owner holds a lock on the folder itself (``flock``), which the system takes back when the owner
ends, however it ends. So neither a process number that is used again nor a clock that was set back
can make a folder look owned, or free. Where the system has no such locks nothing is swept.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "reckon-run-"
_LONGEST = 50
"""Letters of a temporary folder's name that leave room for the addresses of sockets within."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextlib.contextmanager
def folder(parent: Path | None = None, prefix: str = PREFIX) -> Iterator[Path]:
    """A new folder in ``parent`` (default: where temporary files go, or ``/tmp`` if sockets could
    have no address there), gone afterwards unless it was renamed; leftovers beside it with the
    same prefix go first."""
    parent = parent or _usual()
    sweep(parent, prefix)
    made, lock = _make(parent, prefix)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def sweep(parent: Path, prefix: str = PREFIX) -> None:
    """Removes folders of this user that nobody owns any more."""
    for left in parent.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            lock = os.open(left, _FOLDER)
            try:
                if _mine(lock) and _locked(lock, wait=False):
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(lock)


def _usual() -> Path:
    usual, short = Path(tempfile.gettempdir()), Path("/tmp")
    return short if len(str(usual)) > _LONGEST and short.is_dir() else usual


def _make(parent: Path, prefix: str) -> tuple[Path, int | None]:
    while True:
        made = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
        try:
            lock = os.open(made, _FOLDER)
        except FileNotFoundError:
            continue  # swept before it was locked
        except OSError:
            return made, None
        _locked(lock, wait=True)
        if made.is_dir():
            return made, lock
        os.close(lock)


def _mine(lock: int) -> bool:
    return sys.platform != "win32" and os.fstat(lock).st_uid == os.getuid()


def _locked(lock: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # owned, or a file system without locks
        return False
    return True
