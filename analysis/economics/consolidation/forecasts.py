"""What the ledger forecasts on the first prediction: one entry a rule and end of the window."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.economics.consolidation.answers import NO_CLASS
from analysis.economics.consolidation.cohort import COHORT_START, months
from analysis.economics.consolidation.deals import WINDOW_ENDS
from analysis.economics.consolidation.odds import Record

RULES = {"strict": "strict", "broad": "lenient"}
"""The reading of the rule that each definition of an event stands for."""
_METHOD = "constant rate of the market, predictive probability, {prior} prior"
_WEAK = {
    "strict": "Few events carry it; MosaicML among them was first valued at a billion by its"
    " own sale.",
    "broad": "Licences with hiring count even where the move of half the staff is not on record.",
}


def purchases(
    record: Record, chances: pd.DataFrame, *, prior: str, level: float
) -> list[dict[str, Any]]:
    """Arguments of ``ledger.forecast`` for p1, from the rows of ``odds.table``."""
    observed = months(COHORT_START, record.end)
    return [
        {
            "rule": RULES[row["definition"]],
            "window_end": row["window_end"],
            "probability": row["probability"],
            "interval": (row["low"], row["high"]),
            "n": row["events"],
            "reference_class": f"purchases of labs worth a billion USD, {row['definition']}"
            f" definition: {row['events']} in {observed:.0f} months since January 2023",
            "method": _METHOD.format(prior=prior),
            "reason": _WEAK[row["definition"]],
            "grade": record.grade,
            "level": level,
        }
        for row in chances.to_dict("records")
    ]


def for_compute(record: Record) -> list[dict[str, Any]]:
    """Arguments of ``ledger.forecast`` for p1b: no probability, and why."""
    return [
        {
            "rule": "strict",
            "window_end": end.isoformat(),
            "probability": None,
            "interval": None,
            "n": 0,
            "reason": NO_CLASS,
            "grade": record.grade,
        }
        for end in WINDOW_ENDS.values()
    ]
