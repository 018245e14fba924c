"""What the notebook on scenarios accepts."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class Scenarios(Parameters):
    """What must be true for inflation of compute by 2030."""

    reference_model: str = Field(
        "gpt-4-0314", min_length=1, description="model whose ability score is held fixed"
    )
    recent_start: date = Field(
        date(2025, 1, 1), description="first day of the recent part of each series"
    )
    horizon: int = Field(2030, ge=2027, le=2040, description="last year of the simulation")
    draws: int = Field(20_000, ge=1_000, le=1_000_000, description="draws of the simulation")
    train_until: date = Field(
        date(2025, 3, 31), description="last day that the three worlds may know"
    )
    level: Level = 0.95
    seed: Seed = 0
