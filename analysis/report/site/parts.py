"""Parts of pages that take long to make; whoever builds sites again and again may keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from analysis.report.charts import forest
from analysis.report.site import data_page, notebook_page
from analysis.report.site.background import Background
from analysis.run.runset import NotebookResult


class Parts:
    """Makes each part when it is asked for."""

    def body(self, result: NotebookResult) -> notebook_page.Body:
        """What a notebook shows on its page."""
        return notebook_page.body(result)

    def table(self, background: Background, name: str, as_of: date) -> data_page.Piece:
        """A table as its page and its downloads show it."""
        return data_page.piece(background, name, as_of)

    def figure(self, verdicts: Iterable[Mapping[str, Any]]) -> Markup:
        """The figure of the front page."""
        return forest.page(verdicts)
