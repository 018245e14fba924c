"""One scheduled run at a time on one folder of reports."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import filelock

from analysis.errors import LockedError, ReckonError
from analysis.run.schedule import store


@contextmanager
def held(wait: float = 0) -> Iterator[None]:
    """Holds the lock; the system frees it when this process ends, however it ends.

    Args:
        wait: seconds to wait for another run's end.

    Raises:
        LockedError: when another run still holds it; the message names its process.
        ReckonError: when the folder of reports cannot be written.
    """
    file, holder = store.folder() / "lock", store.folder() / "holder.json"
    lock = filelock.FileLock(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except filelock.Timeout:
        raise LockedError(
            f"{file} is held by {_told(store.read(holder))}; "
            "wait for it with --lock-wait SECONDS, or call again later"
        ) from None
    except OSError as error:
        raise ReckonError(f"{file}: cannot be locked: {error.strerror or error}") from error
    try:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        content = {"process": os.getpid(), "host": socket.gethostname(), "since": now}
        with suppress(OSError):  # only a second run would have read who holds the lock
            store.write(holder, content)
        yield
    finally:
        lock.release()


def _told(holder: object) -> str:
    """Who holds the lock, as far as it said so."""
    if not (isinstance(holder, dict) and holder.keys() >= {"process", "host", "since"}):
        return "another run"
    return f"process {holder['process']} on {holder['host']} since {holder['since']}"
