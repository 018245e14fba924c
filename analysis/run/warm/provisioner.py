"""Kernels of jupyter_client that are forked from the warm parent, or started as usual."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

from analysis.run.warm import process

NAME = "reckon-warm"
"""The entry point, in the group ``jupyter_client.kernel_provisioners``."""
ADDRESS = "RECKON_WARM"
"""Names the socket of the parent where the kernel specification does not."""
_POLL = 0.005  # seconds


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel; falls back to an ordinary one and keeps the reason in ``cold``."""

    address = Unicode("", help="Socket of the parent of warm kernels.").tag(config=True)
    cold: str | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """A kernel of this interpreter, warm if there is a parent; others as they come."""
        try:
            forked = self._fork(cmd, kwargs)
        except process.NotWarm as reason:
            self.cold = str(reason)
            print(f"kernel started cold: {reason}", file=sys.stderr, flush=True)
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = forked, forked.pid, forked.pid  # type: ignore[assignment]
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def wait(self) -> int | None:
        """The exit status; asked for often, since a killed kernel is gone in milliseconds."""
        while self.has_process and await self.poll() is None:
            await asyncio.sleep(_POLL)
        return await super().wait()

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> process.WarmProcess:
        address = self.address or os.environ.get(ADDRESS, "")
        if not address:
            raise process.NotWarm(f"{ADDRESS} names no parent of warm kernels")
        if cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
            raise process.NotWarm(f"{cmd[0]} is not the interpreter of the warm parent")
        environment = kwargs.get("env") or dict(os.environ)
        return process.start(address, cmd[3:], environment, Path(kwargs.get("cwd") or Path.cwd()))
