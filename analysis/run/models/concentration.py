"""What the notebook on concentration accepts."""

from __future__ import annotations

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class Concentration(Parameters):
    """Who holds the computing, who enters, and what each class of firm does."""

    least_benchmarks: int = Field(
        4, ge=3, le=10, description="benchmarks that a score of ability must rest on"
    )
    price_cap: float = Field(
        1.0, gt=0, le=100, description="USD per million tokens up to which a model is cheap"
    )
    level: Level = 0.95
    seed: Seed = 0
