"""What the notebook on market growth accepts."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class MarketGrowth(Parameters):
    """Growth of the market's segments."""

    publication: date = Field(date(2026, 4, 30), description="last day of the rounds that decide")
    level: Level = 0.95
    seed: Seed = 0
