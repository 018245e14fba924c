"""README says what the committed summary says."""

from __future__ import annotations

import pytest

from analysis import paths
from analysis.claims import summary
from analysis.errors import ReckonError
from analysis.report.charts import forest
from analysis.report.site import readme


def text() -> str:
    return (paths.root() / "README.md").read_text(encoding="utf-8")


def test_findings_are_those_of_the_committed_summary() -> None:
    assert readme.updated(text(), summary.read()) == text(), "call `make summary`"


def test_a_moved_number_would_be_noticed() -> None:
    moved = summary.read()
    row = next(row for row in moved["verdicts"] if row["id"] == "c38")
    source = row["estimands"][0]["sources"][0]
    source["estimate"], source["low"], source["high"] = 9.5, 8.5, 10.5
    assert readme.updated(text(), moved) != text()


def test_the_committed_figure_is_drawn_from_the_committed_summary() -> None:
    drawn = (paths.reports() / "summary.svg").read_text(encoding="utf-8")
    assert drawn == forest.standalone(summary.read()["verdicts"])
    assert "](reports/summary.svg)" in text()


def test_a_readme_without_a_place_for_findings_is_named() -> None:
    with pytest.raises(ReckonError, match=r"README\.md: needs one block"):
        readme.updated("# Title", summary.read())
