"""What the notebook on inference price accepts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class InferencePrice(Parameters):
    """Price at fixed capability, indices and price of the frontier."""

    reference_model: str = Field(
        "gpt-4-0314", min_length=1, description="model whose ability score is held fixed"
    )
    output_share: float = Field(0.25, ge=0, le=1, description="share of output in all tokens")
    rank: int = Field(1, ge=1, le=2, description="1: cheapest listing; 2: second cheapest")
    deflator: Literal["cpi", "none"] = Field("cpi", description="price level to divide by")
    level: Level = 0.95
    seed: Seed = 0
