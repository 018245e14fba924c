"""Every page of the last report: silent, without requests, in order, accessible, legible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import View, ask, axe

from analysis.errors import InputError
from analysis.report import figures

pytestmark = pytest.mark.browser
WIDE, NARROW, PAPER = 1440, 360, 680  # CSS pixels; paper is A4 within its margins
SMALLEST_TEXT = 9  # CSS pixels in a figure on a phone
LARGEST = 1_500_000
FRONT_LARGEST = 300_000
PARTS = {
    "front": "index.html",
    "changes": "changes.html",
    "notebooks": "[0-9]*.html",
    "claims": "claims/*.html",
    "data": "data/*.html",
}


@pytest.mark.parametrize("part", PARTS)
def test_every_page(view: Callable, report: Path, part: str) -> None:
    """Both schemes and both ends of width: light and wide, then dark and narrow, then paper."""
    pages = sorted(report.glob(PARTS[part]))
    assert pages
    shown = view(pages[0])
    faults = [
        f"{page.relative_to(report)}: {fault}" for page in pages for fault in _faults(shown, page)
    ]
    if faults:
        pytest.fail("\n".join(["is the report of this code? `make report`", *faults[:100]]))


def _faults(shown: View, path: Path) -> list[str]:
    page = shown.page
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.emulate_media(color_scheme="light", media="screen")
    shown.go(path)
    ask(page, "unfold")
    faults = [
        f"{check}: {found}"
        for check in ("headings", "duplicates", "nowhere", "nameless", "regions")
        for found in ask(page, check)
    ]
    faults += _overflow(page, WIDE) + ask(page, "contrast")["bad"]
    faults += _descriptions(ask(page, "figures"))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    faults += [f"past the paper: {found}" for found in ask(page, "tablesPast", PAPER)]
    page.emulate_media(color_scheme="dark", media="screen")
    page.set_viewport_size({"width": NARROW, "height": 900})
    faults += _overflow(page, NARROW) + ask(page, "contrast")["bad"] + ask(page, "regions")
    faults += ask(page, "cut") + ask(page, "illegible", SMALLEST_TEXT)
    ask(page, "shorten")
    faults += axe(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": 900})
    faults += axe(page)
    faults += shown.requests + shown.messages
    shown.requests.clear()
    shown.messages.clear()
    return faults


def _overflow(page: object, width: int) -> list[str]:
    found = ask(page, "width")
    return [f"{found} wide in a window of {width}"] if found > width else []


def _descriptions(shown: list[dict[str, str]]) -> list[str]:
    """Figures whose description tells nobody what they show, or tells of another figure."""
    captions = {figure["caption"] for figure in shown}
    faults = []
    for figure in shown:
        try:
            figures.check_alt(figure["alt"], figure["caption"])
        except InputError as error:
            faults.append(str(error))
        if figure["alt"].strip() in captions:
            faults.append(f"alt is a caption: {figure['alt'][:60]}")
    unlike = {(figure["alt"], figure["caption"]) for figure in shown}
    if len({alt for alt, _ in unlike}) < len(unlike):
        faults.append("two figures have one description")
    return faults


def test_pages_are_small(report: Path) -> None:
    assert (report / "index.html").stat().st_size < FRONT_LARGEST
    sizes = {page.name: page.stat().st_size for page in report.rglob("*.html")}
    assert len(sizes) > 100 and max(sizes.values()) < LARGEST, max(sizes, key=sizes.get)
