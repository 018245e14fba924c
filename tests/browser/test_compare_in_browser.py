"""The page of two reports side by side, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ask, axe

from analysis.report.site import compare_page
from analysis.run.diff import comparison, reports
from tests.run.small_collection import Collection
from tests.run.small_reports import LISTS, UNSURE, claim, report

pytestmark = pytest.mark.browser
ROW = "A,X,2024,1,2024-01-01"
MOVED = LISTS | {"estimate": 0.5, "low": 0.4}


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A verdict that changed, an estimate that moved, a claim as it was; rows and a parameter."""
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path / "root"))
    Collection(tmp_path / "root")
    same = claim("c03", "contradicted", LISTS, section="Risks")
    report("a", claim("c01", "undecided", LISTS | UNSURE), claim("c02", "contradicted", LISTS),
           same, as_of="2026-03-31", rows=[ROW], notebooks={"03_price": {"top": 10}})  # fmt: skip
    report("b", claim("c01", "contradicted", LISTS), claim("c02", "contradicted", MOVED), same,
           rows=[ROW, ROW.replace("A", "B")], notebooks={"03_price": {"top": 3}})  # fmt: skip
    found = comparison.between(reports.find("2026-03-31"), reports.find("latest"))
    return compare_page.write(found)


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_asks_for_nothing(
    view: Callable, page: Path, scheme: str, width: int
) -> None:
    shown = view(page, width, scheme)
    folded = axe(shown.page)
    ask(shown.page, "unfold")
    assert folded + axe(shown.page) == []
    assert ask(shown.page, "contrast")["bad"] == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") == width
    assert shown.requests == shown.messages == []


def test_sides_stack_on_a_phone(view: Callable, page: Path) -> None:
    for width, beside in ((360, False), (1440, True)):
        was, now = (
            side.bounding_box() for side in view(page, width).page.locator("#c01 .side").all()
        )
        assert (was["y"] == now["y"]) is beside and (was["x"] < now["x"]) is beside


def test_filters_open_what_is_folded(view: Callable, page: Path) -> None:
    shown = view(page).page
    assert not shown.locator("tr#c03").is_visible()
    shown.get_by_label("Section").select_option("Risks")
    assert shown.locator("tr#c03").is_visible() and not shown.locator("#c01").is_visible()
    assert shown.locator("#shown").text_content() == "1 of 3 claims"
    shown.get_by_role("button", name="Show all").click()
    assert shown.locator("#c01").is_visible()
