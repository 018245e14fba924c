"""What the notebook on verdict accepts."""

from __future__ import annotations

from analysis.run.parameters import Parameters


class Verdict(Parameters):
    """The scoreboard over all evidence."""
