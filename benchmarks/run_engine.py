"""Speed of the run engine as ratios within one run.

Run ``python -m benchmarks.run_engine [PART]...``; parts are ``reference``, ``collection``,
``kernel`` and ``sweep``, all of them if none is named, which takes some minutes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import engine_collection, engine_kernel, engine_reference

Row = dict[str, Any]
_GIB = 2**30


def reference() -> list[Row]:
    """Eight reference notebooks; the engine's time has the start of its parent in it."""
    with _copy() as place:
        took = engine_reference.seconds(Path(place))
    engine = took["engine"]
    return [
        _row(
            f"eight notebooks ({engine:.1f} s) ÷ {name} ({took[way]:.1f} s)",
            engine / took[way],
            goal,
        )
        for way, name, goal in (
            ("command", "a loop over `papermill`", 0.35),
            ("pool", "two processes on papermill's API", 0.50),
        )
    ]


def collection() -> list[Row]:
    """The whole collection and its report on two cores."""
    with _copy() as place:
        took = engine_collection.times(Path(place))
    more = took.edited - took.edited_itself
    return [
        _row(
            f"cold ({took.cold:.1f} s) - half of its cells' CPU time ({took.cells:.1f} s), s",
            took.cold - took.cells / 2,
            8,
        ),
        _row(f"cold ÷ papermill's API ({took.pool:.1f} s)", took.cold / took.pool, 0.7),
        _row("nothing changed, s", took.unchanged, 1),
        _row("nothing changed ÷ cold", took.unchanged / took.cold, 0.02),
        _row(
            f"one edited ({took.edited:.1f} s) - its execution ({took.edited_itself:.1f} s), s",
            more,
            1.5,
        ),
        _row("memory of a second cold run, GiB", took.peak_bytes / _GIB, 2),
    ]


def kernel() -> list[Row]:
    """Kernels with the stack imported."""
    took = engine_kernel.seconds()
    warm, ordinary = took["warm"], took["ordinary"]
    what = f"kernel with imports, ordinary ({ordinary:.2f} s) ÷ warm ({warm:.3f} s)"
    return [_row(what, ordinary / warm, 8, least=True)]


def sweep() -> list[Row]:
    """Two hundred runs by each executor."""
    from benchmarks import sweep as sweeps

    rows = []
    alone, *measured = sweeps.rows()
    for found in measured:
        if "ratio" in found:
            what = f"{found['what']} (runs of {alone['seconds']:.2f} s)"
            rows.append(_row(what, found["ratio"], 0.85, least=True))
        elif "overhead" in found:
            rows.append(_row(f"{found['what']}: overhead, s", found["overhead"], 0.3))
    return rows


PARTS: dict[str, Callable[[], list[Row]]] = {
    "reference": reference,
    "collection": collection,
    "kernel": kernel,
    "sweep": sweep,
}


def _copy() -> tempfile.TemporaryDirectory[str]:
    """A copy of the project, which nobody edits meanwhile."""
    place = tempfile.TemporaryDirectory(prefix="benchmark-")
    engine_collection.copy(Path(place.name))
    return place


def _row(what: str, value: float, goal: float, *, least: bool = False) -> Row:
    met = value >= goal if least else value <= goal
    bound = f"at {'least' if least else 'most'} {goal:g}"
    return {"measure": what, "value": value, "goal": bound, "met": "yes" if met else "no"}


def main(parts: list[str]) -> None:
    unknown = set(parts) - PARTS.keys()
    if unknown:
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; parts: {', '.join(PARTS)}")
    for name in parts or PARTS:
        rows = pd.DataFrame(PARTS[name]())
        print(rows.to_string(index=False, float_format="{:.3g}".format), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
