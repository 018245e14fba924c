"""Messages between the parent of warm kernels and its clients: one line of JSON each."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from typing import Any

_CHUNK = 1 << 16
_STREAMS = 3


def send(end: socket.socket, message: dict[str, Any], streams: Sequence[int] = ()) -> None:
    """Sends a message, and open files with it."""
    line = json.dumps(message).encode() + b"\n"
    sent = socket.send_fds(end, [line], list(streams)) if streams else 0
    end.sendall(line[sent:])


def receive(end: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Waits for a message and the files that came with it.

    Raises:
        EOFError: when the other side is gone.
        ValueError: when it is no JSON.
    """
    line, streams = b"", list[int]()
    while not line.endswith(b"\n"):
        chunk, files, _, _ = socket.recv_fds(end, _CHUNK, _STREAMS)
        streams += files
        if not chunk:
            raise EOFError("the other side hung up")
        line += chunk
    return dict(json.loads(line)), streams
