"""The plans of a sweep: what its points share is read once, and again only when a file changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from analysis.errors import ReckonError
from analysis.run import parameters, plan, unchanged
from analysis.run.environment import digest_of
from analysis.run.parameters import Parameters
from analysis.run.plan import Outline, Task
from analysis.run.results import read_by_last


class Planned:
    """Plans of one notebook as its files were at first, and as they are now."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._stamp = unchanged.stamp()
        self._first: Outline = plan.outline(name)
        self._now: Outline | None = self._first
        self._read = read_by_last(None) if name == plan.LAST else None
        self._one_at_a_time = threading.Lock()

    @property
    def title(self) -> str:
        return self._first.title

    def task(self, values: Parameters) -> Task:
        """The plan of one point, on the files as they were at first."""
        return self._complete(self._first.task(values))

    def now(self, values: Parameters) -> Task:
        """The plan of one point, on the files as they are.

        Raises:
            ReckonError: when they do not make a notebook any more.
        """
        with self._one_at_a_time:
            stamp = unchanged.stamp()
            if stamp != self._stamp or self._now is None:
                self._now = None  # one that cannot be read is tried again next time
                self._now = plan.outline(self.name)
                self._read = read_by_last(None) if self.name == plan.LAST else None
                self._stamp = stamp
            return self._complete(self._now.task(values))

    def holds(self, task: Task, values: Parameters) -> bool:
        """Whether all that the key stands for is as it was planned (see ``plan.still_holds``)."""
        try:
            return self.now(values).key == task.key
        except (ReckonError, OSError):
            return False

    def _complete(self, task: Task) -> Task:
        return task if self._read is None else plan.with_evidence(task, self._read)


def key(name: str, grid: Sequence[Parameters]) -> str:
    """What a sweep is called: a hash of the notebook's name and of all points, in their order."""
    asked = [name, [parameters.as_json(values) for values in grid]]
    return digest_of(asked)[:12]
