"""What the notebook on energy accepts."""

from __future__ import annotations

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class Energy(Parameters):
    """Energy of a query, a token and the world, and rules for labels."""

    power_share: float = Field(
        1.0, gt=0, le=1, description="part of its rated power that the card draws"
    )
    draws: int = Field(100_000, ge=1_000, le=1_000_000, description="draws of the share of 2030")
    level: Level = 0.95
    seed: Seed = 0
