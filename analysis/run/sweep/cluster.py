"""Points of a sweep on the workers of a Dask cluster.

Dask runs the points of a lost worker again on another. When the scheduler itself is lost, the
sweep ends with an error; what came back before is in the cache, and the next call goes on there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from distributed import Client, Future, KilledWorker, LocalCluster, wait
from distributed.client import FuturesCancelledError
from distributed.comm import CommClosedError, resolve_address

from analysis.errors import RunError
from analysis.run import document, plan
from analysis.run.handover import Limits
from analysis.run.job import Outcome, failure
from analysis.run.parameters import Parameters
from analysis.run.sweep.local import Done
from analysis.run.sweep.planned import Planned
from analysis.run.sweep.plugin import WarmParent
from analysis.run.sweep.remote import Answer, Order, carry_out

CONNECT = 10  # seconds until a scheduler has to answer
GO_ON = "what is done is kept, and the same command goes on from there"
NEEDS = "Each worker needs this checkout, with its data, and the locked environment"
PATIENCE = 300  # seconds without any worker
_TICK = 5
_AHEAD = 2  # points sent for each thread, so that none waits for the next
_LOST = (FuturesCancelledError, CommClosedError, OSError, TimeoutError)


def run(
    planned: Planned,
    grid: Sequence[Parameters],
    numbers: Sequence[int],
    limits: Limits,
    address: str | None,
    note: Callable[[str], None],
) -> Generator[Done]:
    """Yields each point as it ends; without an address, on workers started for it here.

    Raises:
        RunError: when no scheduler answers, it is lost, no worker comes, or a worker cannot run a
            point: what it is missing is named.
    """
    with _client(address, limits.jobs) as client:
        sent = _Sent(client, planned, grid, limits)
        with _warm(client, planned.task(grid[numbers[0]]), limits):
            yield from sent.run(iter(numbers), note)


@dataclass
class _Sent:
    """The points that are under way on a cluster."""

    client: Client
    planned: Planned
    grid: Sequence[Parameters]
    limits: Limits

    def run(self, waiting: Iterator[int], note: Callable[[str], None]) -> Generator[Done]:
        under_way: dict[Future, tuple[int, plan.Task]] = {}
        while True:
            try:
                under_way |= self._send(waiting, len(under_way))
                ended = self._ended(under_way, note) if under_way else []
                answers = [(future, self._answer(future)) for future in ended]
            except _LOST as error:
                why = f"the Dask scheduler was lost ({type(error).__name__})"
                raise RunError(f"{why}; {GO_ON}") from None
            if not under_way:
                return
            for future, answer in answers:
                number, task = under_way.pop(future)
                yield _done(number, task, answer)

    def _send(self, waiting: Iterator[int], under_way: int) -> dict[Future, tuple[int, plan.Task]]:
        """Sends so many points that every thread has one and the next; more would only lie in
        the memory of the scheduler."""
        threads = sum(self.client.nthreads().values())
        room = max(_AHEAD * threads, 2) - under_way
        sent = {}
        for number in islice(waiting, max(room, 0)):
            task = self.planned.task(self.grid[number])
            order = Order(task.name, task.parameters, task.key, self.limits)
            sent[self.client.submit(carry_out, order, pure=False)] = number, task
        return sent

    def _ended(self, under_way: Any, note: Callable[[str], None]) -> list[Future]:
        silent = 0
        while True:
            try:
                return list(
                    wait(list(under_way), timeout=_TICK, return_when="FIRST_COMPLETED").done
                )
            except TimeoutError:
                silent = 0 if self.client.nthreads() else silent + _TICK
            if silent == _TICK:
                note("no Dask worker is there; waiting for one")
            if silent >= PATIENCE:
                raise RunError(f"no Dask worker for {PATIENCE} s; {GO_ON}")

    def _answer(self, future: Future) -> Answer:
        if future.status != "error":
            return future.result()
        error = future.exception()
        if isinstance(error, KilledWorker):
            return Answer(Outcome("killed", failure(None, "KilledWorker", str(error))))
        why = f"a Dask worker cannot run this: {type(error).__name__}: {error}"
        raise RunError(f"{why}. {NEEDS}; {GO_ON}") from error


def _done(number: int, task: plan.Task, answer: Answer) -> Done:
    if answer.parts is not None:
        differs = plan.why_stale(task.parts, answer.parts)
        raise RunError(f"a Dask worker has another checkout; {differs}. {NEEDS}; {GO_ON}")
    if not answer.executed:  # its worker died each time
        return Done(number, task, document.clean(task.notebook), answer.outcome, False)
    executed = json.loads(answer.executed)
    if answer.outcome.status == "ok":
        executed = document.splice(task.notebook, executed)
    return Done(number, task, executed, answer.outcome, answer.holds)


@contextmanager
def _client(address: str | None, jobs: int) -> Iterator[Client]:
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        place: Any = address
        if address is None:
            place = stack.enter_context(
                LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            if address is not None:
                resolve_address(address)
            client = Client(place, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise RunError(f"no Dask scheduler answers at {address}: {error}") from None
        try:
            with client.as_current():
                yield client
        finally:
            with suppress(*_LOST):
                client.close(timeout=CONNECT)


@contextmanager
def _quiet() -> Iterator[None]:
    """What goes wrong is said once and in our words: Dask's client logs tracebacks on the way."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def _warm(client: Client, task: plan.Task, limits: Limits) -> Iterator[None]:
    """Parents of warm kernels on all workers, those that join later too."""
    if not limits.warm:
        yield
        return
    name = f"reckon-{task.key}"
    try:
        client.register_plugin(WarmParent(name, task.modules))
    except Exception as error:
        why = f"a Dask worker cannot start: {type(error).__name__}: {error}"
        raise RunError(f"{why}. {NEEDS}") from error
    try:
        yield
    finally:
        if client.status == "running":
            with suppress(*_LOST):
                client.unregister_worker_plugin(name)
