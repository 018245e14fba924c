"""Published marks beside the medians: how far an extrapolation lies from what others expect.

The simulation has no ceiling. A median beyond what others hold feasible says that growth of the
past cannot go on as long as the horizon, and is no estimate of what will be spent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.scenarios.simulation import (
    COMPUTE,
    SPENDING,
    TRAINING,
    Model,
    medians,
)
from analysis.errors import InputError

OPERATIONS = "operations of the largest run"


@dataclass(frozen=True)
class Mark:
    """A published number beside an output; ``unit`` is that of both."""

    output: str
    means: str
    value: float
    unit: str
    known_from: str
    source: str


MARKS = (
    Mark(OPERATIONS, "held feasible by 2030", 2e29, "FLOP", "2024-08-20",
         "Epoch AI, Can AI scaling continue through 2030?"),
    Mark(TRAINING, "expected to be passed by 2027", 1e9, "USD", "2024-05-31",
         "Cottier et al. 2024, arXiv:2405.21015"),
    Mark(TRAINING, "all hardware of the leading supercomputer of 2030, if trends go on", 2e11,
         "USD", "2025-04-22", "Pilz et al. 2025, arXiv:2504.16026"),
    Mark(SPENDING, "output of the world in 2025", 1.1717e14, "USD per year", "2025-10-14",
         "IMF, World Economic Outlook, October 2025"),
)  # fmt: skip


def beside(model: Model, as_of: Any) -> pd.DataFrame:
    """Medians at the end of the horizon over the marks known on the day.

    Columns: output, mark, value, unit, median (at the end of the horizon), times_the_mark,
    passed_in (year in which the median passes the mark, as text), source.

    Raises:
        InputError: when no mark is known or no output with a mark can be simulated.
    """
    rows = [
        _row(model, mark)
        for mark in MARKS
        if pd.Timestamp(mark.known_from) <= pd.Timestamp(as_of)
        and model.has(TRAINING if mark.output == OPERATIONS else mark.output)
    ]
    if not rows:
        raise InputError("as_of", "no mark of an output that can be simulated was known")
    return pd.DataFrame(rows)


def _row(model: Model, mark: Mark) -> dict[str, object]:
    start, level, rate = _path(model, mark.output)
    median = level * 10 ** (rate * (model.horizon + 1 - start))
    passed = start + (np.log10(mark.value / level)) / rate if rate > 0 else np.inf
    year = str(int(max(passed, start))) if passed < model.horizon + 1 else f"not by {model.horizon}"
    return {
        "output": mark.output, "mark": mark.means, "value": mark.value, "unit": mark.unit,
        "median": median, "times_the_mark": median / mark.value, "passed_in": year,
        "source": mark.source,
    }  # fmt: skip


def _path(model: Model, output: str) -> tuple[float, float, float]:
    """Start in decimal years, level there and log10 growth per year, all at their medians."""
    if output == OPERATIONS:
        run = model.known.run
        assert run is not None
        return run.now, run.operations, float(model.rate(COMPUTE, medians())[0])
    return *model.start(output), float(model.growth(output, medians())[0])
