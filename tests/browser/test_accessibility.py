"""Every kind of page, held to WCAG 2.2 AA and to good practice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ask, axe

pytestmark = pytest.mark.browser
SCHEMES = ("light", "dark")


def pages(folder: Path) -> list[Path]:
    """All pages of a site, at least one of each kind."""
    found = sorted(folder.rglob("*.html"))
    for kind in ("index.html", "02_training_cost.html", "claims", "data/index.html", "sweep"):
        assert any(page.relative_to(folder).as_posix().startswith(kind) for page in found), kind
    return found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(view: Callable, folder: Path, scheme: str, width: int) -> None:
    shown = view(folder / "index.html", width, scheme)
    for page in pages(folder):
        shown.go(page)
        folded = axe(shown.page)
        ask(shown.page, "unfold")
        assert folded + axe(shown.page) == [], page.relative_to(folder)
    assert shown.messages == []


def test_axe_can_find_something(view: Callable, folder: Path) -> None:
    page = view(folder / "index.html").page
    page.evaluate("document.querySelector('h1').outerHTML = '<h4>Title <a href=x></a></h4>'")
    rules = {line.partition(":")[0] for line in axe(page)}
    assert {"link-name", "page-has-heading-one"} <= rules


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_stands_out(view: Callable, folder: Path, scheme: str) -> None:
    shown = view(folder / "index.html", 1440, scheme)
    for page in pages(folder):
        shown.go(page)
        ask(shown.page, "unfold")
        told = ask(shown.page, "contrast")
        assert told["bad"] == [] and told["seen"] > 10, page.relative_to(folder)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_highlighted_code_stands_out(view: Callable, folder: Path, scheme: str) -> None:
    page = view(folder / "02_training_cost.html", 1440, scheme).page
    ask(page, "unfold")
    kinds = page.locator("pre code span").evaluate_all("all => all.map(x => x.className)")
    colors = page.locator("pre code span").evaluate_all(
        "all => all.map(x => getComputedStyle(x).color)"
    )
    assert {"kn", "s1", "mi", "c1"} <= set(kinds)
    assert len(set(colors)) >= 4
    page.evaluate(f"document.querySelector('pre code .c1').style.color = '{_faint(scheme)}'")
    assert len(ask(page, "contrast")["bad"]) == 1


def _faint(scheme: str) -> str:
    return "#b0b0b0" if scheme == "light" else "#505050"


def test_headings_are_in_order_and_links_lead_somewhere(view: Callable, folder: Path) -> None:
    shown = view(folder / "index.html")
    for page in pages(folder):
        shown.go(page)
        for check in ("headings", "duplicates", "nowhere"):
            assert ask(shown.page, check) == [], (check, page.relative_to(folder))


@pytest.mark.parametrize(("width", "scale"), [(640, 2), (320, 4)])
def test_zoom_loses_nothing(view: Callable, folder: Path, width: int, scale: int) -> None:
    """200 % of a window of 1280 pixels (WCAG 2.2, 1.4.4), and 400 % (1.4.10)."""
    shown = view(folder / "index.html", width, device_scale_factor=scale)
    for page in pages(folder):
        shown.go(page)
        ask(shown.page, "unfold")
        assert ask(shown.page, "width") <= width, page.relative_to(folder)
        assert ask(shown.page, "cut") == [], page.relative_to(folder)


def test_wide_spacing_loses_nothing(view: Callable, folder: Path) -> None:
    """Spacing of text as a reader may set it (WCAG 2.2, 1.4.12)."""
    shown = view(folder / "index.html", 360)
    for page in pages(folder):
        shown.go(page)
        shown.page.evaluate(
            """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
                 "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
                 + " word-spacing: .16em !important } p { margin-bottom: 2em !important }");
               document.adoptedStyleSheets = [sheet]; }"""
        )
        assert ask(shown.page, "width") <= 360, page.relative_to(folder)
        assert ask(shown.page, "cut") == [], page.relative_to(folder)


@pytest.mark.parametrize("width", [360, 1440])
def test_what_scrolls_has_a_name_and_the_keyboard(view: Callable, folder: Path, width: int) -> None:
    shown = view(folder / "index.html", width)
    for page in pages(folder):
        shown.go(page)
        ask(shown.page, "unfold")
        assert ask(shown.page, "regions") == [], page.relative_to(folder)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves(view: Callable, folder: Path, motion: str) -> None:
    page = view(folder / "index.html", reduced_motion=motion).page
    page.get_by_text("How to read it").click()
    page.get_by_label("Verdict").select_option("supported")
    assert ask(page, "moving") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
