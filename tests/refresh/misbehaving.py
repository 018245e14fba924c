"""An HTTP server on loopback that misbehaves as it is told, request by request."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CSV = "text/csv; charset=utf-8"


@dataclass
class Reply:
    """One answer. ``length`` is what the header says (below 0: no header), ``drip`` the seconds
    between bytes, ``begin`` those between the bytes of status and headers."""

    body: bytes = b""
    status: int = 200
    kind: str = CSV
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    drip: float = 0
    begin: float = 0
    silence: float = 0


@dataclass
class Server:
    """``replies`` by path: taken one after the other, the last one again and again."""

    url: str
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *replies: Reply) -> None:
        self.replies[path] = [*replies]

    def count(self, path: str) -> int:
        return sum(1 for asked, _ in self.asked if asked == path)

    def next(self, path: str) -> Reply:
        waiting = self.replies.get(path, [Reply(status=404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


def zipped(body: bytes, **more: str) -> Reply:
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip", **more})


@contextmanager
def serving() -> Iterator[Server]:
    """A server for the length of a ``with`` block; all its threads are over at the end."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = False
    http.server = Server(f"http://127.0.0.1:{http.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield http.server  # type: ignore[attr-defined]
    finally:
        http.server.stop.set()  # type: ignore[attr-defined]
        http.shutdown()
        thread.join()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server: Server = self.server.server  # type: ignore[attr-defined]
        server.asked.append((self.path, dict(self.headers)))
        reply = server.next(self.path)
        server.stop.wait(reply.silence)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304:
            length = len(reply.body) if reply.length is None else reply.length
            if length >= 0:
                self.send_header("Content-Length", str(length))
        self._headers_buffer.append(b"\r\n")
        head = b"".join(self._headers_buffer)
        self._headers_buffer.clear()
        self.close_connection = True
        try:
            self._send(head, reply.begin)
            self._send(reply.body, reply.drip)
        except OSError:  # the client has had enough
            return

    def _send(self, content: bytes, drip: float) -> None:
        server: Server = self.server.server  # type: ignore[attr-defined]
        if not drip:
            self.wfile.write(content)
            return
        for at in range(len(content)):
            if server.stop.is_set():
                return
            self.wfile.write(content[at : at + 1])
            self.wfile.flush()
            time.sleep(drip)

    def log_message(self, format: str, *args: object) -> None:
        return
