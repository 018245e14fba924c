"""What the notebook on inference cost accepts."""

from __future__ import annotations

from analysis.run.models.common import Level, Seed
from analysis.run.parameters import Parameters


class InferenceCost(Parameters):
    """What it costs to run a model: tokens, video, agents, and the margins of those who sell it."""

    level: Level = 0.95
    seed: Seed = 0
