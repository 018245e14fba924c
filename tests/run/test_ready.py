"""A client that waits for its kernel no longer than it has to, and not less."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from analysis.run.ready import ReadyClient


class Manager(AsyncKernelManager):
    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, language="python")


def test_its_sockets_look_for_the_kernel_at_short_intervals() -> None:
    client = ReadyClient()
    with client.context.socket(zmq.DEALER) as socket:
        assert 0 < socket.getsockopt(zmq.RECONNECT_IVL) <= 10
    client.context.destroy()


def test_what_was_broadcast_before_is_behind_it(tmp_path: Path) -> None:
    # A thread of its own: a browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        heard = thread.submit(lambda: asyncio.run(_first_words(tmp_path))).result()
    assert {parent for _, parent in heard} == {"mine"}
    assert [kind for kind, _ in heard] == ["status", "execute_input", "stream", "status"]


async def _first_words(folder: Path) -> list[tuple[str, str]]:
    """Kinds of the broadcasts of a new kernel up to the end of a cell, and whose they are."""
    manager = Manager(
        transport="ipc",
        ip=str(folder / "k"),
        client_class=f"{ReadyClient.__module__}.{ReadyClient.__name__}",
    )
    await manager.start_kernel(cwd=str(folder))
    client: Any = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        asked, heard = client.execute("print(1)"), []
        while not heard or heard.count(("status", "mine")) < 2:
            message = await client.get_iopub_msg(timeout=30)
            whose = "mine" if message["parent_header"].get("msg_id") == asked else "other"
            heard.append((message["msg_type"], whose))
        return heard
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        manager.context.destroy()
