"""What the notebook on consolidation accepts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.run.models.common import Level
from analysis.run.parameters import Parameters


class Consolidation(Parameters):
    """The chance that an independent lab is bought."""

    closing_months: float = Field(
        1.0, ge=0, le=18, description="months from the signing of a purchase to its closing"
    )
    prior: Literal["jeffreys", "uniform", "none"] = Field(
        "jeffreys", description="prior of the rate of events"
    )
    level: Level = 0.95
