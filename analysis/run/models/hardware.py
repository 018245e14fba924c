"""What the notebook on hardware accepts."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class Hardware(Parameters):
    """Price performance and efficiency of chips, rents, and the open questions."""

    top_k: int = Field(10, ge=1, le=50, description="models that count as the frontier at release")
    start: date = Field(date(2012, 1, 1), description="first release day of the chips")
    efficiency_date: date = Field(
        date(2023, 1, 1), description="day from which the slope of FLOP per joule may differ"
    )
    rent_start: date = Field(date(2025, 10, 1), description="first month of the trend of rents")
    volume_start: date = Field(date(2023, 1, 1), description="first day of the quarters sold")
    return_date: date = Field(
        date(2024, 1, 1), description="day from which the return to compute may differ"
    )
    level: Level = 0.95
    seed: Seed = 0

    @model_validator(mode="after")
    def _in_order(self) -> Hardware:
        if not self.start < self.efficiency_date:
            day = self.efficiency_date
            raise ValueError(f"efficiency_date {day} must come after start {self.start}")
        return self
