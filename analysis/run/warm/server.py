"""The parent of warm kernels: imports once, then forks a kernel for each request.

One connection is one kernel: the request carries its command line, environment, folder and
standard streams; the answer is its process, and later its exit status. When a client hangs up,
its kernel and all that it started are killed; when standard input ends, so does everything.

usage: python -m analysis.run.warm.server LISTENER   (the number of an open file), with a JSON list
of modules to import as the first line of standard input
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

from analysis.run.job import kill_group
from analysis.run.warm import child, preload
from analysis.run.warm.messages import receive, send

_PATIENCE = 10.0  # seconds that a client may take over its request; the others wait meanwhile
_CARRIED = "RECKON_WARM_CARRIED"  # sockets that survive the restart, and the kernels behind them


class Server:
    """Kernels by process number, each with the connection of the client that wants it; ``None``
    where that hung up and the kernel was killed, but has not ended yet."""

    def __init__(
        self,
        listener: socket.socket,
        kernels: dict[int, socket.socket],
        modules: list[str],
        stamps: preload.Stamps,
    ) -> None:
        self.listener, self.modules, self.stamps = listener, modules, stamps
        self.kernels: dict[int, socket.socket | None] = {**kernels}
        self.selector = selectors.DefaultSelector()
        self.wakeup, self.wake = socket.socketpair()
        for end in (self.wakeup, self.wake):
            end.setblocking(False)
        signal.set_wakeup_fd(self.wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self.leave())
        self.selector.register(sys.stdin, selectors.EVENT_READ)
        for end in (listener, self.wakeup, *kernels.values()):
            self.selector.register(end, selectors.EVENT_READ)

    def serve(self) -> NoReturn:
        """Handles one event after the other; there is no second thread that a fork could lose."""
        self.reap()  # what ended during a restart woke nobody
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.listener:
                    self.welcome()
                elif key.fileobj is self.wakeup:
                    self.wakeup.recv(4096)
                    self.reap()
                elif key.fileobj is sys.stdin:
                    self.leave()
                else:
                    self.hang_up(key.fileobj)  # type: ignore[arg-type]

    def welcome(self) -> None:
        """Forks a kernel for a new client, or says why not."""
        client, _ = self.listener.accept()
        client.settimeout(_PATIENCE)
        try:
            request, streams = receive(client)
        except (OSError, EOFError, ValueError):
            client.close()
            return
        client.settimeout(None)
        if (edited := preload.edited(self.stamps)) is not None:
            self._send_away(client, {"again": f"{edited.name} was edited"})
        elif (threads := preload.threads()) > 1:
            why = f"{threads} threads run in the parent of warm kernels"
            self._send_away(client, {"refused": why})
        else:
            self.fork(client, request, streams)
        for stream in streams:
            os.close(stream)
        if edited is not None:
            self.restart()

    def fork(self, client: socket.socket, request: dict[str, Any], streams: list[int]) -> None:
        begun, begin = os.pipe()
        kernel = os.fork()
        if kernel == 0:
            os.close(begun)
            self._forget(client)
            child.become_kernel(request, streams, begin)
        os.close(begin)
        os.read(begun, 1)  # the kernel leads its own group from here on
        os.close(begun)
        self.kernels[kernel] = client
        self.selector.register(client, selectors.EVENT_READ)
        self._tell(client, {"kernel": kernel})

    def reap(self) -> None:
        """Takes the exit status of kernels that ended to their clients."""
        while self.kernels:
            try:
                kernel, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if kernel == 0:
                return
            kill_group(kernel)
            client = self.kernels.pop(kernel, None)
            if client is not None:
                self.selector.unregister(client)
                self._send_away(client, {"exit": os.waitstatus_to_exitcode(status)})

    def hang_up(self, client: socket.socket) -> None:
        """The client is gone, and so is the reason for its kernel."""
        if client.fileno() < 0:  # its kernel ended at the same moment
            return
        self.selector.unregister(client)
        client.close()
        for kernel, owner in self.kernels.items():
            if owner is client:
                kill_group(kernel)
                self.kernels[kernel] = None

    def restart(self) -> None:
        """Starts this program anew in the same process, which keeps its kernels as children."""
        alive = {k: c for k, c in self.kernels.items() if c is not None}
        for end in (self.listener, *alive.values()):
            end.set_inheritable(True)
        os.environ[_CARRIED] = json.dumps({k: c.fileno() for k, c in alive.items()})
        signal.set_wakeup_fd(-1)
        number = str(self.listener.fileno())
        os.execv(sys.executable, [sys.executable, "-m", __spec__.name, number, *self.modules])

    def leave(self) -> NoReturn:
        for kernel in self.kernels:
            kill_group(kernel)
        os._exit(0)

    def _tell(self, client: socket.socket, message: dict[str, Any]) -> None:
        try:
            send(client, message)
        except OSError:
            return  # its hang-up is the next event

    def _send_away(self, client: socket.socket, message: dict[str, Any]) -> None:
        self._tell(client, message)
        client.close()

    def _forget(self, client: socket.socket) -> None:
        """In the fork: nothing of the parent stays open, so that a hang-up can be seen."""
        signal.set_wakeup_fd(-1)
        self.selector.close()
        others = [end for end in self.kernels.values() if end is not None]
        for end in (self.listener, client, self.wakeup, self.wake, *others):
            end.close()


def main(arguments: list[str]) -> NoReturn:
    number, *modules = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the runner decides what a pressed key means
    listener = socket.socket(fileno=int(number))
    carried = json.loads(os.environ.pop(_CARRIED, "null"))
    kernels = {int(kernel): socket.socket(fileno=end) for kernel, end in (carried or {}).items()}
    for end in (listener, *kernels.values()):
        end.set_inheritable(False)
    del sys.path[0]  # the folder that the parent happens to be started in
    # Clients that come meanwhile wait in the queue of the listener.
    stamps = preload.stamps()  # what is edited from here on may be imported as it was or as it is
    loaded = preload.load(_told() if carried is None else modules)
    Server(listener, kernels, loaded, stamps).serve()


def _told() -> Iterator[str]:
    """What to import, from standard input: read when all the rest is imported."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:  # the runner is gone
            os._exit(0)
        line += byte
    yield from json.loads(line)


if __name__ == "__main__":
    main(sys.argv[1:])
