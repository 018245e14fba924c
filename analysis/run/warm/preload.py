"""What the parent of warm kernels imports once, and whether it may still be forked."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterable
from pathlib import Path

import analysis

# Not the inline backend: it hooks into the shell when it is imported, and there is no shell yet.
STACK = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "ipykernel.iostream",
    "IPython.display",
    "IPython.extensions.storemagic",
    "IPython.core.pylabtools",
    "numpy",
    "pandas",
    "scipy.stats",
    "scipy.optimize",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "statsmodels.api",
    "pandera.pandas",
    "pandera.backends.pandas.builtin_checks",
)
OURS = ("analysis.claims.ledger", "analysis.report.figures", "analysis.tables")
Stamps = dict[Path, tuple[int, int]]
_PACKAGE = Path(analysis.__file__).resolve().parent


def load(modules: Iterable[str]) -> list[str]:
    """Imports the stack, what all notebooks take of ours, and the given modules as they are told;
    keeps them out of later collections.

    A module that cannot be imported is left to the notebook that wants it, which will say why.
    Returns the given modules.
    """
    gc.disable()  # what is imported stays; kernels enable it again
    for name in STACK:
        importlib.import_module(name)
    for name in OURS:
        _try(name)
    wanted = list(modules)
    for name in wanted:
        _try(name)
    gc.freeze()
    return wanted


def _try(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name} is not preloaded: {error}", file=sys.stderr, flush=True)


def stamps() -> Stamps:
    """Time and size of each module of this package, to be taken before any is imported."""
    return {file: _stamp(file) for file in _PACKAGE.rglob("*.py")}


def edited(before: Stamps) -> Path | None:
    """A module that is imported, and not as it was before that."""
    files = {Path(file) for m in list(sys.modules.values()) if (file := _file(m))}
    ours = (file for file in files if _PACKAGE in file.parents)
    return next((file for file in ours if _stamp(file) != before.get(file)), None)


def threads() -> int:
    """Threads of this process: with more than one, a fork may inherit a lock nobody frees."""
    tasks = Path("/proc/self/task")
    if tasks.is_dir():
        return sum(1 for _ in tasks.iterdir())
    import threading

    return threading.active_count()


def _file(module: object) -> str | None:
    return getattr(module, "__file__", None)


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size
