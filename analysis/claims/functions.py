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
    against = [reading for reading in readings if reading.outcome == "contradicted"]
    short = [reading for reading in readings if reading.outcome != "supported"]
    shown = against or short or readings
    outcome: Outcome = "contradicted" if against else "undecided" if short else "supported"
    return outcome, "; ".join(f"{reading.estimand.id}: {reading.clause}" for reading in shown)


FUNCTIONS: dict[str, Function] = {"every_estimand": every_estimand}
