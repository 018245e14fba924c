"""Pictures of every kind of page, to be looked at; what a picture must have is asserted."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import View, ask
from PIL import Image
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SAMPLE = ("index", "02_training_cost", "03_inference_price", "99_verdict", "claims/c01",
          "claims/c05", "claims/c07", "claims/c38", "claims/c40", "claims/c70", "changes",
          "data/index", "data/training_costs", "sweep/index")  # fmt: skip
WIDTHS = (360, 768, 1440)
PAPERS = {"light": (255, 255, 255), "dark": (20, 23, 26)}
TALLEST, PIECES = 8_000, 3  # pixels of a picture; a longer page is cut into pieces, and then off
COLOURS = 30


@pytest.fixture(params=["folder", "report"])
def pages(request: pytest.FixtureRequest) -> tuple[str, Path, tuple[str, ...]]:
    """Name, folder and pages of a site: some of the sample, all of the last report if there is
    one."""
    if request.param == "report" and "RECKON_SCREENSHOTS" not in os.environ:
        pytest.skip("takes minutes; `make test-browser` makes pictures of the report")
    folder: Path = request.getfixturevalue(request.param)
    if request.param == "folder":
        return "sample", folder, SAMPLE
    every = sorted(page.relative_to(folder) for page in folder.rglob("*.html"))
    return "report", folder, tuple(page.with_suffix("").as_posix() for page in every)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", PAPERS)
def test_pictures(view: Callable, pages: tuple, screenshots: Path, width: int, scheme: str) -> None:
    site, folder, chosen = pages
    shown = view(folder / "index.html", width, scheme)
    for name in chosen:
        shown.go(folder / f"{name}.html")
        height = shown.page.evaluate("document.documentElement.scrollHeight")
        assert 400 < height < 150_000, name
        place = screenshots / f"{site}-{name.replace('/', '-')}-{width}-{scheme}"
        pictures = list(_pieces(shown.page, place, width, height))
        assert {picture.width for picture in pictures} == {width}
        assert sum(picture.height for picture in pictures) == min(height, PIECES * TALLEST)
        first = pictures[0]
        assert first.getpixel((2, first.height - 2)) == PAPERS[scheme], name
        top = first.crop((0, 0, width, min(first.height, 1200)))
        assert len(top.getcolors(2**24)) > COLOURS, f"{name} is blank"


def _pieces(page: Page, place: Path, width: int, height: int) -> list[Image.Image]:
    count = min(math.ceil(height / TALLEST), PIECES)
    return [
        _picture(page, place.with_name(f"{place.name}-{piece + 1}.png" if count > 1
                                       else f"{place.name}.png"),
                 {"x": 0, "y": piece * TALLEST, "width": width,
                  "height": min(TALLEST, height - piece * TALLEST)})
        for piece in range(count)
    ]  # fmt: skip


def _picture(page: Page, path: Path, clip: dict[str, int]) -> Image.Image:
    data = page.screenshot(path=path, full_page=True, clip=clip)
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_paper(view: Callable, pages: tuple, screenshots: Path) -> None:
    """Printed from a dark screen: light, nothing past the edge, every heading there."""
    site, folder, chosen = pages
    shown: View = view(folder / "index.html", 1440, "dark")
    for name in chosen:
        shown.page.emulate_media(media="null")
        shown.go(folder / f"{name}.html")
        path = screenshots / f"{site}-{name.replace('/', '-')}.pdf"
        data = shown.page.pdf(format="A4", outline=True, tagged=True, path=path)
        title = shown.page.locator("h1").inner_text().split("\n")[0]
        assert any(word in data for word in _written(title.split()[0])), name
        shown.page.emulate_media(media="print")
        shown.page.set_viewport_size({"width": 680, "height": 900})
        assert ask(shown.page, "tablesPast", 680) == [], name
        assert ask(shown.page, "contrast")["bad"] == [], name
        body = "getComputedStyle(document.documentElement).colorScheme"
        assert shown.page.evaluate(body) == "light", name


def _written(word: str) -> tuple[bytes, bytes]:
    """A word in either form that a PDF writes its title and outline in."""
    return word.encode("ascii", "ignore"), word.encode("utf-16-be").hex().upper().encode()


def test_paper_unfolds_what_is_read_and_leaves_out_what_is_clicked(
    view: Callable, folder: Path
) -> None:
    front = view(folder / "index.html").page
    front.emulate_media(media="print")
    assert front.locator("#c40").bounding_box()["height"] > 5
    assert front.locator(".legend dd").first.bounding_box()["height"] > 5
    for hidden in ("#filters", ".skip", "nav[aria-label='Sections of the article']"):
        assert not front.locator(hidden).is_visible(), hidden
    notebook = view(folder / "02_training_cost.html").page
    notebook.emulate_media(media="print")
    assert not notebook.locator("details.code").first.is_visible()
    assert notebook.locator("figure.reckon svg").is_visible()
    assert notebook.locator(".reckon-card").is_visible()
