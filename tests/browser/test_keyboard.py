"""The front page without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ask
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def walk(page: Page, stops: int, key: str) -> list[dict]:
    """What holds the focus after each press, until it leaves the page or begins anew."""
    seen = []
    for _ in range(stops + 1):
        page.keyboard.press(key)
        found = ask(page, "focused")
        if found["stop"] is None or found in seen:
            return seen
        seen.append(found)
    return seen


@pytest.mark.parametrize("width", [360, 1440])
def test_tab_visits_everything_in_order_and_leaves(
    view: Callable, folder: Path, width: int
) -> None:
    page = view(folder / "index.html", width).page
    stops = ask(page, "stops")
    seen = walk(page, len(stops), "Tab")
    assert [found["stop"] for found in seen] == list(range(len(stops)))
    assert all(found["outlined"] and found["seen"] for found in seen)
    back = walk(page, len(stops), "Shift+Tab")
    assert [found["stop"] for found in back] == list(range(len(stops)))[::-1]
    everything = "".join(stops)
    for part in ('class="skip"', "claims/c38.html", '<select id="by-kind"', 'type="reset"',
                 "<summary", "data/index.html", "citation.bib"):  # fmt: skip
        assert part in everything, part


def test_the_content_is_one_key_away(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_fold_opens_and_closes(view: Callable, folder: Path, key: str) -> None:
    page = view(folder / "index.html").page
    fold = page.locator("details.legend")
    fold.locator("summary").focus()
    for wanted in (True, False):
        page.keyboard.press(key)
        assert fold.evaluate("fold => fold.open") is wanted
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_filters_are_chosen_and_reset(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html").page
    page.get_by_label("Verdict").focus()
    page.keyboard.type("mixed")
    rows = page.locator("[data-verdict]:visible")
    assert rows.evaluate_all("all => all.map(x => x.id)") == ["c05"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "reset"
    page.keyboard.press("Enter")
    page.get_by_text("All 9 claims").wait_for()
    assert rows.count() > 5
    assert page.evaluate("document.activeElement.type") == "reset"


def test_a_wide_table_is_scrolled(view: Callable, folder: Path) -> None:
    page = view(folder / "03_inference_price.html", 360).page
    page.locator("figure.reckon details").evaluate_all("all => all.forEach(x => {x.open = true})")
    region = page.locator(".scroll").filter(has_text="GPT-3.5 level")
    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
    assert region.evaluate("region => region.scrollLeft") > 0
