"""Seconds of the whole site, made anew, beside those of the notebooks that it shows.

Run ``python -m benchmarks.site`` after ``make report``: results come from the cache, and no part of
a page is taken from there. What a notebook took is what its worker took when it ran, two at a time.
"""

from __future__ import annotations

import gc
import io
import tempfile
import time
from pathlib import Path

GOAL = 0.1


def seconds(folder: Path) -> tuple[float, float]:
    """Of the site, with the imports that it needs, and of all notebooks together."""
    from analysis.run import assemble, cache, progress, runner
    from analysis.run.handover import Limits
    from analysis.run.results import Collection

    tasks, _ = runner.plan_all(runner.Options())
    tell = progress.to(io.StringIO(), {task.name: 0 for task in tasks})
    results = Collection(folder, Limits(2), False, tell).results(tasks)
    (folder / "set").mkdir()
    begun = time.perf_counter()
    run = assemble.run_set(folder / "set", results)
    from analysis.report.site import site

    site.build(run)
    return time.perf_counter() - begun, sum(cache.seconds(task.name) for task in tasks)


def main() -> None:
    gc.set_threshold(100_000)  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        made, ran = seconds(Path(folder))
    met = "met" if made / ran <= GOAL else "missed"
    print(f"site ({made:.1f} s) ÷ notebooks ({ran:.1f} s): {made / ran:.3f}; goal of {GOAL} {met}")


if __name__ == "__main__":
    main()
