"""Days that have no report although the schedule would have made one."""

from __future__ import annotations

from datetime import date, timedelta

BOUND = 8
"""How many missed days one run makes up for."""


def days(
    last: date | None, newest: date, every: int | None, bound: int = BOUND
) -> tuple[list[date], int]:
    """The missed days, oldest first, and how many more there were than ``bound``.

    They are last + k · every, for k = 1, 2, …, at least one whole step before ``newest``: a run
    that is merely late has missed nothing. Of too many the newest count. Days are those of the
    data (``as_of``), so that neither a late start nor a wrong clock makes one up.

    Args:
        last: day of the last good report; without one nothing was missed.
        newest: newest day of the data, which gets its report anyway.
        every: step of the schedule in days; without one nothing is made up for.
    """
    if last is None or every is None or newest <= last:
        return [], 0
    count = max((newest - last).days // every - 1, 0)
    wanted = min(count, bound)
    steps = range(count - wanted + 1, count + 1)
    return [last + timedelta(days=step * every) for step in steps], count - wanted
