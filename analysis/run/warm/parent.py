"""The runner's hold on the parent of warm kernels."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_QUEUE = 64


def why_not() -> str | None:
    """Why kernels cannot be forked here; ``None`` where they can."""
    if not sys.platform.startswith("linux"):
        return f"forking a process with libraries loaded is not safe on {sys.platform}"
    return None


@dataclass
class Parent:
    """A parent of warm kernels: where it takes requests, and how to tell it what to import."""

    address: str
    _tell: IO[bytes]
    told: bool = False

    def preload(self, modules: Iterable[str]) -> None:
        """Says once which modules the kernels will want; before that it answers no request."""
        self.told = True
        with contextlib.suppress(BrokenPipeError):  # it died; kernels then start cold
            self._tell.write(json.dumps(sorted(modules)).encode() + b"\n")
            self._tell.flush()


@contextlib.contextmanager
def begun(folder: Path, environment: Mapping[str, str]) -> Iterator[Parent]:
    """Starts the parent and ends it, with all its kernels, at the end.

    It accepts requests at once and answers them when its imports are done: first those that all
    kernels share, then those of ``Parent.preload``. It ends with this process, however that ends:
    it reads a pipe from it. What it has to say goes to ``warm.log`` in ``folder``.
    """
    address = folder / "warm"
    with (folder / "warm.log").open("wb") as log, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        address.chmod(0o600)
        listener.listen(_QUEUE)
        number = listener.fileno()
        server = subprocess.Popen(
            [sys.executable, "-m", "analysis.run.warm.server", str(number)],
            stdin=subprocess.PIPE, stdout=log, stderr=log, pass_fds=(number,),
            env=dict(environment), cwd=folder, start_new_session=True,
        )  # fmt: skip
    assert server.stdin is not None
    parent = Parent(str(address), server.stdin)
    try:
        yield parent
    finally:
        if not parent.told:  # it has no kernel, and need not finish its imports
            server.kill()
        with contextlib.suppress(BrokenPipeError):
            server.stdin.close()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextlib.contextmanager
def running(
    folder: Path, modules: Iterable[str], environment: Mapping[str, str]
) -> Iterator[str | None]:
    """A parent that imports ``modules`` as well; ``None`` where kernels cannot be forked."""
    if why_not() is not None:
        yield None
        return
    with begun(folder, environment) as parent:
        parent.preload(modules)
        yield parent.address
