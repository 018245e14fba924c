"""What the notebook on training cost accepts."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class TrainingCost(Parameters):
    """Growth of training cost and compute."""

    top_k: int = Field(10, ge=1, le=50, description="models that count as the frontier at release")
    start: date = Field(date(2016, 1, 1), description="first release day of the sample")
    break_date: date = Field(
        date(2024, 1, 1), description="day from which the slope of compute may differ"
    )
    experts_date: date = Field(
        date(2023, 12, 1), description="day from which mixture of experts counts as widespread"
    )
    level: Level = 0.95
    horizon: int = Field(2029, ge=2024, le=2050, description="last year of the forecast band")
    seed: Seed = 0

    @model_validator(mode="after")
    def _in_order(self) -> TrainingCost:
        for name in ("break_date", "experts_date"):
            if not self.start < (day := getattr(self, name)):
                raise ValueError(f"{name} {day} must come after start {self.start}")
        return self
