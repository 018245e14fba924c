"""What a Dask worker does: one point, through the same execution as anywhere else.

The worker needs this checkout, data included, and nothing else: it plans the point itself, and
answers with the bytes of the executed notebook. A worker whose files differ says so and runs
nothing, so that no result is filed under a key that is not its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from analysis.run import document, parameters
from analysis.run import scratch as scratch_folders
from analysis.run.handover import Limits, job_of, read_back
from analysis.run.job import Outcome
from analysis.run.sweep.planned import Planned


@dataclass(frozen=True)
class Order:
    """One point to run; ``key`` is what it is called where it was planned."""

    notebook: str
    parameters: dict[str, Any]
    key: str
    limits: Limits


@dataclass(frozen=True)
class Answer:
    """An executed notebook as text; or ``parts``, what the point's key would be made of here,
    where that is something else than where it was planned."""

    outcome: Outcome
    executed: bytes = b""
    holds: bool = False
    parts: dict[str, str] | None = None


class Warm:
    """The address of this process's parent of warm kernels, if it has one."""

    address: str | None = None


def carry_out(order: Order) -> Answer:
    """Executes a point on this machine."""
    from analysis.run.execute import execute

    planned = _planned(order.notebook)
    values = parameters.check(order.notebook, **order.parameters)
    task = planned.now(values)
    if task.key != order.key:
        return Answer(Outcome("failed"), parts=task.parts)
    with scratch_folders.folder() as scratch:
        job = job_of(task, scratch / "run", order.limits, warm=Warm.address)
        begun = time.monotonic()
        outcome = execute(job, lambda *_: None)
        outcome = replace(outcome, seconds=time.monotonic() - begun)
        executed, outcome = read_back(job, outcome)
    return Answer(outcome, document.dumps(executed).encode(), planned.holds(task, values))


@lru_cache(maxsize=8)
def _planned(name: str) -> Planned:
    return Planned(name)
