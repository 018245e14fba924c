"""The parent of warm kernels, begun while a run is still at its imports and its plan."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.run import entry, environment, pool, scratch
from analysis.run.signals import terminable
from analysis.run.warm import parent
from analysis.run.warm.parent import Parent


@contextlib.contextmanager
def begun(notebooks: Sequence[str], *, force: bool) -> Iterator[Parent | None]:
    """The parent, where most of what is asked for has to be executed for sure: everything is
    forced, or nothing of it was ever executed here. ``None`` where that is not known yet, for a
    single notebook, and where kernels cannot be forked.
    """
    if len(notebooks) == 1 or not (force or _never_ran(notebooks)) or parent.why_not() is not None:
        pool.prepare()  # else the imports of the parent come first
        yield None
        return
    with terminable(), contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(scratch.folder())
            early = stack.enter_context(parent.begun(place, environment.for_kernel(place, None)))
        except OSError:  # the run says what is wrong with the disk when it writes there itself
            early = None
        yield early


def _never_ran(notebooks: Sequence[str]) -> bool:
    if not notebooks:
        return not any(entry.folder().glob("recent-*.json"))
    names = [Path(name).name.removesuffix(".ipynb") for name in notebooks]
    return not any((entry.folder() / f"recent-{name}.json").exists() for name in names)
