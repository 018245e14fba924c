"""Published figures by name, and ranges of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import pandas as pd

from analysis.errors import InputError

CENTRES, AI, ALL_USES = "all data centres", "AI data centres", "all uses"
USE, WORLD_SHARE = "data centre electricity", "share of world electricity"
DEMAND_GROWTH = "growth of electricity demand"
PERCENT = 100


@dataclass(frozen=True)
class Range:
    """Lowest, most likely and highest value of a term."""

    low: float
    mode: float
    high: float

    @property
    def fixed(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


def value(facts: pd.DataFrame, fact: str, publisher: str, subject: str, year: int) -> float:
    """One figure of the table ``energy_facts`` for the world.

    Raises:
        InputError: when it was not known.
    """
    rows = facts[
        (facts["fact"] == fact)
        & (facts["publisher"] == publisher)
        & (facts["subject"] == subject)
        & (facts["region"] == "World")
        & (facts["period_end"].dt.year == year)
    ]
    if rows.empty:
        raise InputError("energy_facts", f"{fact}, {subject}, {year}, by {publisher}: not known")
    return float(rows["value"].iloc[0])


def survey_pue(facts: pd.DataFrame) -> float:
    """Average power usage effectiveness of a survey of operators."""
    return value(facts, "power usage effectiveness", "Uptime Institute", CENTRES, 2025)


def known(*wanted: tuple[str, float | None]) -> dict[str, float]:
    """Those of the named figures that are there.

    Raises:
        InputError: when none is.
    """
    found = {name: number for name, number in wanted if number is not None}
    if not found:
        raise InputError("energy_facts", f"none of {', '.join(n for n, _ in wanted)} was known")
    return found


def spanning(values: Iterable[float]) -> Range:
    """From the least to the largest, the median most likely."""
    numbers = sorted(values)
    return Range(numbers[0], float(median(numbers)), numbers[-1])


def point(number: float) -> Range:
    """A single number without a spread."""
    return Range(number, number, number)


def prompts(facts: pd.DataFrame) -> pd.DataFrame:
    """Published energy of one prompt, Wh, by model and publisher; the least first.

    Raises:
        InputError: when none was known.
    """
    rows = facts[facts["fact"].str.startswith("energy of a text prompt")]
    if rows.empty:
        raise InputError("energy_facts", "no energy of a prompt was known")
    shown = rows.assign(
        what=rows["fact"].str.removeprefix("energy of a ") + ", " + rows["subject"],
        wh=rows["value"],
    )
    columns = ["what", "publisher", "wh", "period_end", "note", "grade"]
    return shown.sort_values(["wh", "what"], kind="stable")[columns].reset_index(drop=True)
