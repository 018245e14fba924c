"""A parent of warm kernels on each Dask worker, for as long as a sweep lasts."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

from distributed import Worker, WorkerPlugin

from analysis.run import environment, scratch
from analysis.run.sweep.remote import Warm
from analysis.run.warm import parent


class WarmParent(WorkerPlugin):
    """Starts the parent when it comes to a worker and ends it when it leaves."""

    idempotent = False

    def __init__(self, name: str, modules: Iterable[str]) -> None:
        self.name, self.modules = name, tuple(modules)
        self._open: ExitStack | None = None

    def setup(self, worker: Worker) -> None:
        self._open = ExitStack()
        folder = self._open.enter_context(scratch.folder())
        around = environment.for_kernel(folder, None)
        Warm.address = self._open.enter_context(parent.running(folder, self.modules, around))

    def teardown(self, worker: Worker) -> None:
        if self._open is not None:
            Warm.address = None
            self._open.close()
            self._open = None
