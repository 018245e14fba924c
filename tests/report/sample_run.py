"""A small run as the runner would hand it over: one good notebook, one that failed, one killed.

Numbers are made up. Every text field of the verdicts can be replaced by a hostile string.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
from sample_ledger import AS_OF, claim, forecast, past, verdicts
from sample_notebooks import TRACEBACK, failed_notebook, good_notebook
from sample_tables import extract, provenance

from analysis.report.site.background import Background
from analysis.run.runset import NotebookResult, RunSet

__all__ = ["AS_OF", "background", "extract", "make", "provenance", "verdicts"]


def background(wrap: Callable[[str], str] = str) -> Background:
    """The rest of what a site is made from; texts go through ``wrap``."""
    return Background(
        claims={name: claim(name, wrap) for name in ("c38", "c40")},
        past=[
            past("2024-01-31", "c38", "undecided", 1.9, True),
            past("2026-06-30", "c38", "supported", 2.3, False),
            past("2026-11-10", "c38", "supported", 2.4, False),
        ],
        outlook=[forecast("strict", 0.31, wrap), forecast("lenient", None, wrap)],
        provenance=partial(provenance, wrap=wrap),
        extract=partial(extract, wrap=wrap),
        arrivals=lambda name, as_of: {"2024-02-01": 30, "2026-06-30": 12, "2026-11-01": 3},
    )


def make(folder: Path, wrap: Callable[[str], str] = str) -> RunSet:
    """The run, with its executed notebooks in ``folder/notebooks``."""
    (folder / "notebooks").mkdir(parents=True)
    good, failed = folder / "notebooks/02_training_cost.ipynb", folder / "notebooks/03.ipynb"
    nbformat.write(good_notebook(), good)
    nbformat.write(failed_notebook(), failed)
    error = {
        "cell": 3,
        "ename": "InputError",
        "evalue": wrap("series: needs at least 12 months, got 7"),
        "traceback": [wrap(line) for line in TRACEBACK],
    }
    record = {"claim": "c38", "cell": "record", "notebook": "02_training_cost", "estimate": 2.41}
    notebooks = [
        NotebookResult(
            "02_training_cost",
            "How fast does the cost of training grow?",
            good,
            "ok",
            evidence=[record],
            parameters={"as_of": "2026-11-23", "top_k": 10, "label": wrap("all")},
            key="9f2c4e1ab0d7",
        ),
        NotebookResult(
            "03_inference_price", "Did prices rise?", failed, "failed", error=error, key="77aa"
        ),
        NotebookResult(
            "99_verdict",
            wrap("The scoreboard"),
            folder / "notebooks/none.ipynb",
            "killed",
            error={"cell": None, "ename": "DeadKernelError", "evalue": wrap("Kernel died"),
                   "traceback": []},
        ),
    ]  # fmt: skip
    return RunSet(
        folder, AS_OF, notebooks, verdicts(wrap), ["training_runs", "training_costs"], "0123abc"
    )
