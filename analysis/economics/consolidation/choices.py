"""How far the chance of an event hangs on the choices behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.economics.consolidation.deals import UNIVERSES
from analysis.economics.consolidation.odds import LABS, MARKET, Record, odds
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse


def curve(record: Record, definitions: Sequence[str], horizon: int, level: float) -> Multiverse:
    """``odds`` under every choice of definition, source, exposure, start, prior and closing.

    Raises:
        InputError: when no specification has an estimate.
    """
    axes = {
        "definition": definitions,
        "source": UNIVERSES,
        "exposure": (MARKET, LABS),
        "since": ("2023-01-01", "2024-01-01"),
        "prior": ("jeffreys", "uniform", "none"),
        "closing_months": (0, 1, 6, 12),
    }

    def one(definition: str, source: str, since: str, **choices: Any) -> tuple[float, ...]:
        found = odds(
            record, definition, horizon,
            universe=source, since=pd.Timestamp(since), level=level, **choices,
        )  # fmt: skip
        return found.probability, *found.interval

    return multiverse.run(axes, one)
