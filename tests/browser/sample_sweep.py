"""The page of a small sweep: two parameters vary, one run failed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.report.site import sweep_page
from analysis.run import parameters
from analysis.run.sweep import grid, table
from analysis.run.sweep.finishing import Contents

NOTEBOOK = "02_training_cost"


def build(folder: Path, wrap: Callable[[str], str] = str) -> None:
    """Writes ``folder/index.html``, the table and what it is made from."""
    folder.mkdir()
    points = grid.checked(NOTEBOOK, grid.points(None, ["top_k=5,10,15", "level=0.9,0.95"]))
    contents = Contents(
        NOTEBOOK, wrap("How fast?"), points, {2: wrap("cell 4: ValueError")},
        folder / table.CSV, "0123abc",
    )  # fmt: skip
    with table.Spool(folder / "spool") as spool:
        for number, values in enumerate(points):
            spool.add(number, [_row(number, values)])
        table.write(contents.table, folder / table.PARQUET, spool, contents.kinds)
    sweep_page.build(contents, folder)


def _row(number: int, values: parameters.Parameters) -> dict[str, Any]:
    given = {
        f"{table.PARAMETER}{name}": value for name, value in parameters.as_json(values).items()
    }
    if number == 1:
        return given | {"run": 2, "status": "failed", "error": "cell 4", "record": "none"}
    estimate = 2.2 + number / 10
    return given | {
        "run": number + 1, "status": "ok", "record": "evidence", "claim": "c38",
        "estimand": "growth", "source": "epoch2026", "estimate": estimate, "low": estimate - 0.4,
        "high": estimate + 0.5, "unit": "factor per year", "n": 45, "points_to": "supported",
    }  # fmt: skip
