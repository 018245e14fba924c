"""What the notebook on article audit accepts."""

from __future__ import annotations

from analysis.run.parameters import Parameters


class ArticleAudit(Parameters):
    """The article held against itself and against dated facts."""
