"""Executes one notebook with papermill. Nothing else imports papermill.

The status comes from exceptions and from the kernel's end, never from what papermill wrote:
it marks timed-out and killed notebooks as completed.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, cast

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from analysis.run import document
from analysis.run.draft import Draft
from analysis.run.job import Job, Notify, Outcome, failure, kill_group
from analysis.run.ready import ReadyClient
from analysis.run.warm import provisioner

nbformat.validator.get_validator(4, 5)  # compiled once for all workers that are forked from here
START_TIMEOUT = 60
_POLL = 0.005  # seconds
_SOCKET_PATH_LIMIT = 90  # of about 104 bytes that a socket's address may have


class _Kernel(AsyncKernelManager):
    """A kernel of this interpreter in its own process group, whatever specs are installed."""

    job: ClassVar[Job]
    watch: ClassVar[_Watch]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, client_class=f"{ReadyClient.__module__}.ReadyClient", **kwargs)
        self.connection_file = str(self.job.folder / "connection.json")
        socket = self.job.folder / "kernel"
        if sys.platform != "win32" and len(str(socket)) < _SOCKET_PATH_LIMIT:
            # Two processes that look for free ports at the same time can find the same ones.
            self.transport, self.ip = "ipc", str(socket)

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        warm = {"provisioner_name": provisioner.NAME, "config": {"address": self.job.warm}}
        return KernelSpec(
            argv=argv,
            display_name="Python 3 (ipykernel)",
            language="python",
            metadata={"kernel_provisioner": warm} if self.job.warm else {},
        )

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        self.job.kernel_folder.mkdir(exist_ok=True)
        place = {"env": self.job.environment, "cwd": str(self.job.kernel_folder)}
        return await super()._async_pre_start_kernel(**(kwargs | place))

    async def _async_post_start_kernel(self, **kwargs: Any) -> None:
        self.watch.started(cast(LocalProvisioner, self.provisioner).pid)
        self.watch.cold = getattr(self.provisioner, "cold", None)
        await super()._async_post_start_kernel(**kwargs)

    async def _async_wait(self, pollinterval: float = _POLL) -> None:
        """A killed kernel is gone in milliseconds; jupyter_client looks every 0.1 s."""
        await super()._async_wait(pollinterval)


class _Watch:
    """Knows the kernel and the cell it is at, and ends the kernel when its time is up."""

    def __init__(self, seconds: float, notify: Notify, draft: Draft) -> None:
        self.draft = draft
        self.kernel: int | None = None
        self.cell: int | None = None
        self.cold: str | None = None
        self.expired = False
        self._notify = notify
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        kill_group(self.kernel)

    def started(self, kernel: int | None) -> None:
        self.kernel = kernel
        self._notify("kernel", kernel or 0)
        if self.expired:
            kill_group(kernel)

    def at_cell(self, cell: Any, cell_index: int) -> None:
        self.cell = cell_index
        self.draft.keep()
        self._notify("cell", cell_index)

    def _expire(self) -> None:
        self.expired = True
        kill_group(self.kernel)


def execute(job: Job, notify: Notify) -> Outcome:
    """Runs ``job.source`` in a kernel of its own and leaves the outcome in ``job.output``.

    ``notify`` is told the kernel's process (also its group) and the index of each cell begun.
    """
    with _Watch(job.timeout, notify, Draft(job.output)) as watch:
        return replace(_outcome(job, watch), cold=watch.cold)


def _outcome(job: Job, watch: _Watch) -> Outcome:
    try:
        executed = _papermill(job, watch)
    except PapermillExecutionError as error:
        trace = [document.plain(line) for line in error.traceback]
        found = failure(error.cell_index, error.ename, document.plain(error.evalue), trace)
        return Outcome("failed", found)
    except CellTimeoutError:
        watch.draft.write()
        return _timeout(watch, f"a cell ran longer than {job.cell_timeout} s")
    except Exception as error:
        watch.draft.write()
        if watch.expired:
            return _timeout(watch, f"the notebook ran longer than {job.timeout} s")
        killed = isinstance(error, DeadKernelError)
        found = failure(watch.cell, type(error).__name__, str(error), job.log_tail())
        return Outcome("killed" if killed else "failed", found)
    return _to_the_end(executed)


def _papermill(job: Job, watch: _Watch) -> Any:
    kernel = type("Kernel", (_Kernel,), {"job": job, "watch": watch})
    return papermill.execute_notebook(
        _literal(job.source),
        _literal(job.output),
        parameters=job.parameters,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        start_timeout=min(START_TIMEOUT, job.timeout),
        execution_timeout=job.cell_timeout,
        kernel_manager_class=kernel,
        shutdown_kernel="immediate",
        request_save_on_cell_execute=False,
        on_notebook_start=watch.draft.begin,
        on_cell_execute=watch.at_cell,
    )


def _literal(path: Path) -> str:
    """A path that papermill's ``str.format`` leaves as it is."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _timeout(watch: _Watch, why: str) -> Outcome:
    return Outcome("timeout", failure(watch.cell, "Timeout", why))


def _to_the_end(executed: Any) -> Outcome:
    """A notebook that left early, as ``exit()`` does, raised nothing but did not succeed."""
    for index, cell in enumerate(executed.cells):
        skipped = "skip-execution" in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            continue
        if any(output.output_type == "error" for output in cell.outputs):
            return Outcome("failed", failure(index, "SystemExit", "the cell left the notebook"))
        if cell.execution_count is None:
            return Outcome("failed", failure(index, "NotExecuted", "the cell did not run"))
    return Outcome("ok")
