"""How far the two chances hang on the choices behind them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics.brokerage.held import LENIENT
from analysis.economics.brokerage.odds import LENIENT_CLASSES, SIZE_CLASSES, Record, odds
from analysis.methods import multiverse
from analysis.methods.multiverse import Multiverse

STARTS = ("2023-01-01", "2024-01-01", "2025-01-01")
PRIORS = ("jeffreys", "uniform", "none")
LEADS = (0, 6, 12)


def curve(record: Record, rule: str, level: float) -> Multiverse:
    """``odds`` of a rule under every choice of class, exposure, prior and months to publication.

    The lenient rule has its two readings of the architectures too.

    Raises:
        InputError: when no specification has an estimate.
    """
    classes = SIZE_CLASSES if rule == "strict" else LENIENT_CLASSES
    axes: dict[str, tuple[Any, ...]] = {
        "reference_class": classes,
        "since": STARTS,
        "prior": PRIORS,
        "lead_months": LEADS,
    }
    if rule == "lenient":
        axes = {"definition": LENIENT} | axes | {"lead_months": (0, 3, 6, 9, 12)}

    def one(reference_class: str, since: str, **choices: Any) -> tuple[float, ...]:
        found = odds(
            record, rule, reference_class, since=pd.Timestamp(since), level=level, **choices
        )
        return found.probability, *found.interval

    return multiverse.run(axes, one)
