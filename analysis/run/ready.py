"""A client that knows when its kernel is ready from what the kernel says, not from a silence."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient

_PATIENCE, _LONGEST = 0.01, 0.2  # seconds for a broadcast: the first ones are easily lost
_RECONNECT = 5  # milliseconds; 100 by default, as long as a forked kernel takes to start


class ReadyClient(AsyncKernelClient):
    """jupyter_client's own takes a kernel for ready after 0.2 s without a broadcast.

    This one waits until both have arrived that answer its question: the reply, and the end of the
    broadcasts it led to. Broadcasts that were sent before are then behind it, too.
    """

    def _context_default(self) -> zmq.asyncio.Context:
        """Sockets look for a kernel that is about to listen at short intervals."""
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, _RECONNECT)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Waits until the kernel answers and its broadcasts arrive.

        Raises:
            RuntimeError: when the kernel died, or did not answer in ``timeout`` seconds.
        """
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        patience = _PATIENCE
        while not await self._answered(self.kernel_info(), patience):
            patience = min(2 * patience, _LONGEST)
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answered(self, question: str, patience: float) -> bool:
        try:
            reply = await self._of(question, self.shell_channel, 1.0)
            self._handle_kernel_info_reply(reply)
            while not _idle(await self._of(question, self.iopub_channel, patience)):
                continue
        except Empty:  # what is broadcast before the subscription arrives is lost
            return False
        return True

    async def _of(self, question: str, channel: Any, timeout: float) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = await channel.get_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == question:
                return message


def _idle(message: dict[str, Any]) -> bool:
    return message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
