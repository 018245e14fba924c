"""What the notebook on brokerage accepts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class Brokerage(Parameters):
    """Dispersion of prices for one good, and who brokers."""

    output_share: float = Field(0.25, ge=0, le=1, description="share of output in all tokens")
    least_hosts: int = Field(3, ge=2, le=10, description="hosts that a model must have in a month")
    lead_months: float = Field(
        0.0, ge=0, le=18, description="last months in which a size cannot become known"
    )
    prior: Literal["jeffreys", "uniform"] = Field(
        "jeffreys", description="prior of the rate of events"
    )
    level: Level = 0.95
    seed: Seed = 0
