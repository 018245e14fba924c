"""Decisions that need more than agreement of all estimands.

Each takes the claim and what the rule made of every estimand, and returns an outcome and one
clause that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.claims.readings import EstimandReading, Outcome

Function = Callable[[Sequence["EstimandReading"]], tuple["Outcome", str]]


def every_estimand(readings: Sequence[EstimandReading]) -> tuple[Outcome, str]:
    """A statement about all: one estimand that contradicts it is enough, support needs each."""
    shown: Sequence[EstimandReading]
    outcomes: tuple[Outcome, ...] = ("contradicted", "mixed", "undecided", "supported")
    for outcome in outcomes:
        shown = [reading for reading in readings if reading.outcome == outcome]
        if shown:
            return outcome, "; ".join(reading.named for reading in shown)
    raise ValueError("no estimand was read")


FUNCTIONS: dict[str, Function] = {"every_estimand": every_estimand}
