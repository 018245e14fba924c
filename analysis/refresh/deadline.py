"""The end of the time that one file may take."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

_CONNECTED = ("connect_tcp.complete", "start_tls.complete")


class Deadline:
    """Shuts the connection of a request when its time is over; to be used in a ``with`` statement.

    httpx bounds one read, so that a server whose headers come byte by byte never takes too long.
    ``trace`` is its request extension of that name, which tells of each new connection.
    """

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._stream: Any = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._timer.join()

    def over(self, pause: float = 0) -> bool:
        """Whether the time is over, or will be after a pause in seconds."""
        return time.monotonic() + pause >= self._at

    def trace(self, event: str, about: dict[str, Any]) -> None:
        if event.endswith(_CONNECTED):
            self._stream = about["return_value"]
            if self.over():
                self._shut()

    def _shut(self) -> None:
        """Wakes a read that waits; a TLS connection is left without a word."""
        open_socket = self._stream and self._stream.get_extra_info("socket")
        with suppress(OSError):
            if open_socket:
                socket.socket.shutdown(open_socket, socket.SHUT_RDWR)
