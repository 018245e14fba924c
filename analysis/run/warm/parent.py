"""The runner's hold on the parent of warm kernels."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_QUEUE = 64


def why_not() -> str | None:
    """Why kernels cannot be forked here; ``None`` where they can."""
    if not sys.platform.startswith("linux"):
        return f"forking a process with libraries loaded is not safe on {sys.platform}"
    return None


@contextlib.contextmanager
def running(
    folder: Path, modules: Iterable[str], environment: Mapping[str, str]
) -> Iterator[str | None]:
    """Starts the parent and ends it, with all its kernels, at the end; gives its address.

    It accepts requests at once and answers them when its imports are done. ``None`` where kernels
    cannot be forked. The parent ends with this process, however that ends: it reads a pipe from
    it. What it has to say goes to ``warm.log`` in ``folder``.
    """
    if why_not() is not None:
        yield None
        return
    address = folder / "warm"
    with (folder / "warm.log").open("wb") as log, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        address.chmod(0o600)
        listener.listen(_QUEUE)
        number = listener.fileno()
        server = subprocess.Popen(
            [sys.executable, "-m", "analysis.run.warm.server", str(number), *modules],
            stdin=subprocess.PIPE, stdout=log, stderr=log, pass_fds=(number,),
            env=dict(environment), cwd=folder, start_new_session=True,
        )  # fmt: skip
    try:
        yield str(address)
    finally:
        assert server.stdin is not None
        server.stdin.close()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
