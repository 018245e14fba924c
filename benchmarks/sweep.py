"""Throughput of a sweep and what the engine adds to each run, as ratios within one run.

Run ``python -m benchmarks.sweep [RUNS]``. The notebook is small: three cells that fit a trend sixty
times and record one piece of evidence. Without the fits a run takes 0.14 s, in which the engine
alone keeps more than one processor busy; two workers on two processors then have 0.8 to 0.85 of
the throughput of one, each.

The kernel's own time is that of the same cells in the same warm kernels, driven by nbclient alone
with the engine's client: start, cells, end. The start of the warm parent and of Dask's workers is
left out: a sweep is timed from its first tenth to its end. One and two workers take turns, and the
best of each counts; a busy machine still spoils the ratios.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Row = dict[str, Any]
RUNS = 200
NAME = "01_article_audit"
TURNS = 2
CLAIM = {
    "id": "c18",
    "section": "Technical Deep Dive",
    "kind": "arithmetic",
    "says": "A minute at 30 frames per second has 1800 frames",
    "unit": "frames",
    "estimands": [{"supported_if": "estimate == 1800", "contradicted_if": "estimate != 1800"}],
    "decision": "exact",
    "rule": "60 times 30 is 1800",
    "frozen_on": "2026-11-23",
    "knew": "nothing",
}
CELLS = (
    'as_of = "latest"',
    "from analysis.claims import ledger\nfrom analysis.methods import trend\n"
    "years = [month / 12 for month in range(48)]\n"
    "costs = [1.5**year * (1 + month % 5 / 10) for month, year in enumerate(years)]\n"
    "fits = [trend.log_linear(years, costs, seed=seed) for seed in range(60)]",
    'ledger.record("c18", 60 * 30, None, "frames", 1)',
)


def notebook() -> dict[str, Any]:
    """The notebook that is swept; ``as_of`` is its only parameter."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": ["parameters"]} if number == 0 else {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@contextmanager
def collection() -> Iterator[Path]:
    """A root with that notebook, one claim and the real tables."""
    from analysis import paths

    project, before = paths.root(), os.environ.get("RECKON_ROOT")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "notebooks", "reports"):
            (root / name).mkdir()
        for name in ("data/tables", "locks"):
            (root / name).symlink_to(project / name)
        (root / "data" / "claims.yaml").write_text(json.dumps([CLAIM]))
        (root / "notebooks" / f"{NAME}.ipynb").write_text(json.dumps(notebook()))
        os.environ["RECKON_ROOT"] = folder
        try:
            yield root
        finally:
            os.environ.pop("RECKON_ROOT")
            if before is not None:
                os.environ["RECKON_ROOT"] = before


class Stopwatch(io.StringIO):
    """Listens to what a sweep tells, and notes when how many runs were done."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[int, float]] = []

    def write(self, text: str) -> int:
        if found := re.match(r"(\d+) of \d+ done", text):
            self.seen.append((int(found[1]), time.perf_counter()))
        return len(text)

    @property
    def per_run(self) -> float:
        """Seconds a run once the sweep is under way: from its first tenth to its end."""
        (first, begun), (last, ended) = self.seen[0], self.seen[-1]
        return (ended - begun) / (last - first)


def swept(runs: int, jobs: int, executor: str) -> float:
    """Seconds a run of a sweep of so many days, none of them in the cache."""
    from analysis.run.handover import Limits
    from analysis.run.sweep import sweep

    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(runs)]
    points = [{"as_of": day.isoformat()} for day in days]
    options = sweep.Options(NAME, points, True, Limits(jobs), executor)  # type: ignore[arg-type]
    done = sweep.run(options, watch := Stopwatch())
    if done.failures or done.executed != runs:
        raise RuntimeError(f"{len(done.failures)} of {runs} runs failed: {done.failures[:1]}")
    return watch.per_run


def kernel_alone(runs: int) -> float:
    """Seconds of one warm kernel without the engine: start, cells, end."""
    import nbformat
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    from analysis.run import environment, plan
    from analysis.run.ready import ReadyClient
    from analysis.run.warm import parent, provisioner

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        around = environment.for_kernel(place, None)
        modules = plan.task(NAME, _defaults()).modules
        with parent.running(place, modules, around) as address:
            argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            warm = {"provisioner_name": provisioner.NAME, "config": {"address": address}}
            metadata = {"kernel_provisioner": warm} if address else {}

            class Manager(AsyncKernelManager):
                def __init__(self, **named: Any) -> None:
                    client = f"{ReadyClient.__module__}.{ReadyClient.__name__}"
                    super().__init__(client_class=client, **named)

                async def _async_wait(self, pollinterval: float = 0.005) -> None:
                    await super()._async_wait(pollinterval)

                @property
                def kernel_spec(self) -> KernelSpec:
                    return KernelSpec(argv=argv, language="python", metadata=metadata)

            def one(number: int) -> None:
                manager = Manager(transport="ipc", ip=str(place / f"k{number}"))
                cells = nbformat.from_dict(notebook())
                client = NotebookClient(cells, km=manager, shutdown_kernel="immediate")
                client.execute(env=around, cwd=folder, cleanup_kc=True)

            one(-1)  # waits for the parent
            begun = time.perf_counter()
            for number in range(runs):
                one(number)
            return (time.perf_counter() - begun) / runs


def _defaults() -> Any:
    from analysis.run import parameters

    return parameters.check(NAME)


def rows(runs: int = RUNS) -> list[Row]:
    """All measurements; overheads in seconds a run, throughputs in runs a second and core."""
    found: list[Row] = []
    with collection():
        alone = min(kernel_alone(min(runs, 25)) for _ in range(TURNS))
        found.append({"what": "one warm kernel, nbclient alone", "seconds": alone})
        for executor in ("local", "dask"):
            times = [[swept(runs, jobs, executor) for jobs in (1, 2)] for _ in range(TURNS)]
            one, two = map(min, zip(*times, strict=True))
            found += [
                _row(f"{executor}, 1 worker, a run", one, one - alone, "overhead below 0.3 s"),
                {"what": f"{executor}, 2 workers, a run", "seconds": two},
                {
                    "what": f"{executor}, throughput per core, 2 workers ÷ 1",
                    "ratio": one / (2 * two),
                    "goal": "at least 0.85",
                },
            ]
    return found


def _row(what: str, seconds: float, overhead: float, goal: str) -> Row:
    return {"what": what, "seconds": seconds, "overhead": overhead, "goal": goal}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    for row in rows(runs):
        numbers = [f"{n} {row[n]:.3f}" for n in ("seconds", "overhead", "ratio") if n in row]
        print(f"{row['what']:<44} {', '.join(numbers):<32} {row.get('goal', '')}")


if __name__ == "__main__":
    main()
