"""What a scheduled run is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """The options of ``reckon run --scheduled``.

    Args:
        refresh: fetch new data first; a source that cannot be fetched keeps its old data.
        every: step of the schedule in days, for missed days and the heartbeat's ``next_due``.
        keep: good days that stay; all of them by default.
        on_change: addresses of apprise that hear of failures and changed verdicts.
        lock_wait: seconds to wait for another scheduled run.
        force: execute again even if nothing changed.
        jobs: notebooks at once.
        cell_timeout, timeout: seconds a cell and a notebook.
    """

    refresh: bool = False
    every: int | None = None
    keep: int | None = None
    on_change: Sequence[str] = ()
    lock_wait: float = 0
    force: bool = False
    jobs: int = 1
    cell_timeout: int = 300
    timeout: int = 900
