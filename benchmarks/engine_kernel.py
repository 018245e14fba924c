"""Seconds from the start of a kernel to its reply to a cell that imports the stack."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

IMPORTS = (
    "import numpy, pandas, matplotlib.pyplot, seaborn, statsmodels.api\n"
    "from analysis import tables\nfrom analysis.methods import trend\n"
    "from analysis.report import figures"
)
_RECONNECT = 5  # milliseconds, as the engine's client
_TIMES = 7


def seconds() -> dict[str, float]:
    """Least of seven for an ordinary kernel and for one forked from the warm parent, in turn.

    The request waits in the socket for the kernel: no time is spent on finding out that it is
    ready, for either.
    """
    from analysis.run import environment, imports, syntax
    from analysis.run.plan import Task
    from analysis.run.warm import parent

    reached = imports.closure([syntax.look(IMPORTS)])
    modules = Task("", "", {}, {}, (), {f"module {name}": "" for name in reached}).modules
    found: dict[str, list[float]] = {"warm": [], "ordinary": []}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        around = environment.for_kernel(place, None)
        with parent.running(place, modules, around) as address:
            _once(place / "first", around, address)  # waits for the parent's imports
            for number in range(_TIMES):
                warm = _once(place / f"w{number}", around, address)
                found["warm"].append(warm)
                found["ordinary"].append(_once(place / f"o{number}", around, None))
    return {kind: min(taken) for kind, taken in found.items()}


def _once(sockets: Path, around: dict[str, str], address: str | None) -> float:
    import zmq
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import KernelManager

    from analysis.run.warm import provisioner

    class Manager(KernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            warm = {"provisioner_name": provisioner.NAME, "config": {"address": address}}
            argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            metadata = {"kernel_provisioner": warm} if address else {}
            return KernelSpec(argv=argv, language="python", metadata=metadata)

    manager = Manager(transport="ipc", ip=str(sockets))
    manager.context.setsockopt(zmq.RECONNECT_IVL, _RECONNECT)
    begun = time.perf_counter()
    manager.start_kernel(env=around, cwd=str(sockets.parent))
    client = manager.client(context=manager.context)
    client.start_channels()
    try:
        asked = client.execute(IMPORTS)
        while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != asked:
            continue
        taken = time.perf_counter() - begun
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.context.destroy()
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"the kernel could not import the stack: {reply['content']}")
    return taken
