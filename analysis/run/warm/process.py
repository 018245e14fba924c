"""A warm kernel as its client sees it: what ``subprocess.Popen`` is for an ordinary one."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.run.job import kill_group
from analysis.run.warm.messages import receive, send

_TRIES = 5  # an edit while the parent restarts makes it restart once more


class NotWarm(Exception):
    """There is no warm kernel to be had; the text says why."""


class WarmProcess:
    """A kernel forked by the parent; hanging up ends it."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, kernel: int) -> None:
        self.connection, self.pid = connection, kernel
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, negative for a signal; ``None`` while the kernel runs."""
        if self.returncode is None:
            self.connection.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                self._hear()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the exit status.

        Raises:
            TimeoutError: when the kernel still runs after ``timeout`` seconds.
        """
        if self.returncode is None:
            self.connection.settimeout(timeout)
            self._hear()
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        """Signals the kernel alone; its group is the provisioner's business."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def _hear(self) -> None:
        try:
            message, _ = receive(self.connection)
            self.returncode = int(message["exit"])
        except (EOFError, ConnectionError):  # the parent is gone, and nobody watches the kernel
            kill_group(self.pid)
            self.returncode = -signal.SIGKILL
        self.connection.close()


def start(
    address: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> WarmProcess:
    """Asks the parent at ``address`` for a kernel; its output goes where this process's goes.

    Raises:
        NotWarm: when the parent is gone, or refuses because a fork would be unsafe.
    """
    request = {
        "arguments": list(arguments),
        "environment": dict(environment),
        "folder": str(folder),
    }
    why = "modules were edited while the parent of warm kernels restarted"
    for _ in range(_TRIES):
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
            send(connection, request, (1, 2))
            answer, _ = receive(connection)
        except (BrokenPipeError, ConnectionResetError, EOFError) as error:
            connection.close()  # hung up on: if the parent lives, it answers the next time
            why = f"the parent of warm kernels hung up ({error})"
            time.sleep(0.05)
            continue
        except OSError as error:
            connection.close()
            raise NotWarm(f"the parent of warm kernels does not answer ({error})") from None
        if "kernel" in answer:
            return WarmProcess(connection, int(answer["kernel"]))
        connection.close()
        if "refused" in answer:
            raise NotWarm(str(answer["refused"]))
        time.sleep(0.05)
    raise NotWarm(why)
