"""Runs jobs in worker processes, a few at a time, and leaves none behind.

Each notebook has a worker of its own, so that one that dies takes no other with it. Where the
system can fork, workers are forked from a clean server that has papermill imported already.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import connection, util
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

from analysis.run import scratch
from analysis.run.job import EventKind, Job, Outcome, failure, kill_group

GRACE = 30.0  # seconds that a worker has beyond its own deadline
_TICK = 0.2
Watch = Callable[[str, EventKind, int], None]


@dataclass
class _Running:
    job: Job
    process: Any
    started: float
    kernel: int | None = None
    cell: int | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def stop(self) -> None:
        """Ends worker and kernel; the worker is asked first, since it knows the kernel best."""
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        kill_group(self.kernel)
        self.process.close()


def run(jobs: Iterable[Job], *, workers: int, watch: Watch) -> Generator[tuple[Job, Outcome]]:
    """Yields each job with its outcome as it ends; ``watch`` hears of kernels, cells and ticks.

    A job is taken from ``jobs`` when a worker is free for it.

    Leaving the iterator early, by an exception or ``close()``, ends all that still runs.
    """
    context = _context()
    waiting, running = iter(jobs), dict[Connection, _Running]()
    ended: list[tuple[Job, Outcome]] = []
    try:
        while True:
            for job in islice(waiting, workers - len(running)):
                pipe, item = _start(context, job)
                running[pipe] = item
                watch(item.job.name, "cell", -1)
            yield from ended  # what is done with them takes no time from those that run
            if not running:
                return
            ended = [_finish(running, *found) for found in _ended(running, watch)]
    finally:
        for item in running.values():
            item.stop()


def prepare() -> None:
    """Lets the process that workers are forked from begin its imports, which take a moment."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver, resource_tracker

        _context()
        resource_tracker.ensure_running()  # which would let the key through again
        with _key_held():
            forkserver.ensure_running()


@contextmanager
def _key_held() -> Iterator[None]:
    """A key pressed at the terminal waits. What is started meanwhile never hears of it: it would
    end with a traceback before it comes to ignore it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ended(running: dict[Connection, _Running], watch: Watch) -> list[tuple[Connection, Outcome]]:
    """Waits for messages for a moment; gives the workers that are done or far too late."""
    found: list[tuple[Connection, Outcome]] = []
    ready = connection.wait(list(running), timeout=_TICK)
    for pipe, item in running.items():
        outcome = _hear(pipe, item, watch) if pipe in ready else None
        watch(item.job.name, "tick", int(item.seconds))
        if outcome is None and item.seconds > item.job.timeout + GRACE:
            late = failure(item.cell, "Timeout", "the worker did not answer")
            outcome = Outcome("timeout", late)
        if outcome is not None:
            found.append((pipe, outcome))
    return found


def _context() -> BaseContext:
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    _keep_together()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["analysis.run.execute"])
    return context


@functools.cache
def _keep_together() -> None:
    """Has multiprocessing put its socket where a later run finds it if this process is killed."""
    place, usual = ExitStack(), tempfile.tempdir
    tempfile.tempdir = str(place.enter_context(scratch.folder()))
    try:
        util.get_temp_dir()
    finally:
        tempfile.tempdir = usual
    util.Finalize(None, place.close, exitpriority=-101)  # after that of the folder within


def _start(context: BaseContext, job: Job) -> tuple[Connection, _Running]:
    prepare()  # again, if it was killed
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, theirs), name=job.name, daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()  # so that the end of the worker is the end of the pipe
    return ours, _Running(job, process, time.monotonic())


def _hear(pipe: Connection, item: _Running, watch: Watch) -> Outcome | None:
    """Takes one message; an outcome once there is one, also when the worker died without."""
    try:
        kind, value = pipe.recv()
    except (EOFError, OSError):  # without a word, or in the middle of one
        item.process.join()
        why = f"the worker ended with exit status {item.process.exitcode}"
        return Outcome("killed", failure(item.cell, "WorkerDied", why, item.job.log_tail()))
    if kind == "outcome":
        return value
    if kind == "kernel":
        item.kernel = value
    elif kind == "cell":
        item.cell = value
    watch(item.job.name, kind, value)
    return None


def _finish(
    running: dict[Connection, _Running], pipe: Connection, outcome: Outcome
) -> tuple[Job, Outcome]:
    item = running.pop(pipe)
    seconds = item.seconds
    item.stop()
    pipe.close()
    return item.job, replace(outcome, seconds=seconds)


def _work(job: Job, pipe: Connection) -> None:
    """The worker: executes, and ends the kernel with itself, however it ends."""
    kernel: list[int] = []

    def notify(kind: EventKind, value: int) -> None:
        if kind == "kernel":
            kernel.append(value)
        pipe.send((kind, value))

    def leave(*_: object) -> None:
        for leader in kernel:
            kill_group(leader)
        os._exit(1)

    os.setsid()  # a key pressed at the terminal reaches the runner, which decides
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_outlive, args=(leave,), daemon=True).start()
    _redirect(job)
    from analysis.run.execute import execute

    pipe.send(("outcome", execute(job, notify)))


def _outlive(leave: Callable[[], None]) -> None:
    """Waits for the runner's end, which a killed runner cannot announce."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        leave()


def _redirect(job: Job) -> None:
    log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
