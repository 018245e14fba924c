"""What only a browser can tell about the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ask
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NAMES = (
    *("index", "02_training_cost", "03_inference_price", "99_verdict"),
    *("claims/c38", "claims/c40", "claims/c70", "data/index", "data/training_costs"),
    *("changes", "sweep/index"),
)
SMALLEST_TEXT = 9  # CSS pixels in a figure on a phone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("name", NAMES)
def test_loads_nothing_says_nothing_and_fits(
    view: Callable, folder: Path, name: str, width: int, scheme: str
) -> None:
    shown = view(folder / f"{name}.html", width, scheme)
    shown.page.evaluate("document.querySelectorAll('details').forEach(fold => {fold.open = true})")
    assert shown.requests == [] and shown.messages == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_schemes_differ(view: Callable, folder: Path) -> None:
    colors = [
        view(folder / "index.html", 1440, scheme).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colors == ["rgb(255, 255, 255)", "rgb(20, 23, 26)"]


@pytest.mark.parametrize("name", ["index", "02_training_cost", "03_inference_price", "claims/c38"])
def test_figures_are_legible_on_a_phone(view: Callable, folder: Path, name: str) -> None:
    page = view(folder / f"{name}.html", 360).page
    assert page.locator("figure > svg text").count() > 1
    assert ask(page, "illegible", SMALLEST_TEXT) == []
    assert ask(page, "illegible", 40) != []


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_do_nothing(view: Callable, hostile_folder: Path, name: str) -> None:
    shown = view(hostile_folder / f"{name}.html", 360)
    assert shown.requests == [] and shown.messages == []
    assert shown.page.evaluate("document.images.length") == 0
    strange = "script:not([src='filter.js']):not([type='application/ld+json'])"
    assert shown.page.locator(strange).count() == 0
    assert "<script>alert(1)</script>" in shown.page.text_content("body")


def test_the_policy_holds(view: Callable, folder: Path) -> None:
    shown = view(folder / "index.html")
    shown.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', "
        '\'<img src="data:," onerror="window.hit = 1"><p style="color: red" id="p">x</p>\')'
    )
    shown.page.wait_for_function("document.querySelector('img').complete")
    assert shown.page.evaluate("window.hit") is None
    assert shown.page.evaluate("getComputedStyle(p).color") != "rgb(255, 0, 0)"
    assert any("Content Security Policy" in message for message in shown.messages)


def test_evidence_is_two_clicks_from_the_front_page(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html").page
    page.context.unroute_all()
    page.locator("#c38 a").click()
    page.get_by_role("link", name="Notebook cell").click()
    assert page.url.endswith("02_training_cost.html#record")
    assert page.locator("#record .reckon-card").bounding_box()["height"] > 100
    page.locator("#record .back a").click()
    assert page.url.endswith("claims/c38.html")


def _shown(page: Page) -> set[str]:
    return set(page.locator("[data-verdict]:visible").evaluate_all("all => all.map(x => x.id)"))


def test_filters_narrow_the_scoreboard(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html").page
    everything = _shown(page)
    assert "c38" in everything and page.get_by_text("All 9 claims").is_visible()
    page.get_by_label("Verdict").select_option("supported")
    assert _shown(page) == {"c18", "c38"}
    assert page.locator("#shown").text_content() == "2 of 9 claims"
    assert not page.get_by_role("heading", name="Lead").is_visible()
    page.get_by_label("Section", exact=True).select_option("Lead")
    assert _shown(page) == set()
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("All 9 claims").wait_for()
    assert _shown(page) == everything


def test_a_filter_opens_what_is_folded(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html").page
    page.get_by_label("Verdict").select_option("not yet tested")
    assert _shown(page) == {"c40", "c70"}


def test_without_scripts_there_is_the_whole_table(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html", scripts=False).page
    assert not page.locator("#filters").is_visible()
    assert page.locator(".board [data-verdict]:visible").count() == 7


@pytest.mark.parametrize("name", ["claims/c38", "data/training_costs"])
def test_small_figures_are_seen_and_legible(view: Callable, folder: Path, name: str) -> None:
    page = view(folder / f"{name}.html", 360).page
    figure = page.locator("svg.readings, svg.spark").first
    assert figure.bounding_box()["height"] > 20
    sizes = page.locator("svg.readings text").evaluate_all(
        """all => all.map(text => parseFloat(getComputedStyle(text).fontSize)
             * text.ownerSVGElement.getBoundingClientRect().width
             / text.ownerSVGElement.viewBox.baseVal.width)"""
    )
    assert all(size >= SMALLEST_TEXT for size in sizes)
    inside = """figure => [...figure.querySelectorAll("text, path, circle")].every(part => {
        const own = part.getBoundingClientRect(), frame = figure.getBoundingClientRect();
        return own.left >= frame.left - 1 && own.right <= frame.right + 1
          && own.top >= frame.top - 1 && own.bottom <= frame.bottom + 1;
    })"""
    assert figure.evaluate(inside)


def test_a_board_stays_a_table_on_a_phone(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html", 360).page
    row = page.get_by_role("row").filter(has_text="orders of magnitude")
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == 3
