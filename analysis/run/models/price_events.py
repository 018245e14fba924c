"""What the notebook on price events accepts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class PriceEvents(Parameters):
    """Raises, cuts, free limits, and the chance of a controversy."""

    steep: float = Field(1.2, gt=1, le=10, description="factor beyond which a price moved steeply")
    share_found: float = Field(
        1.0, gt=0, le=1, description="share of such events that the list is taken to hold"
    )
    prior: Literal["jeffreys", "uniform", "none"] = Field(
        "jeffreys", description="prior of the rate of events"
    )
    level: Level = 0.95
    seed: Seed = 0
