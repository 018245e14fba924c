"""Figures as SVG inside a page."""

from __future__ import annotations

from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from analysis.report import figures, palette, svg

RASTER_LIMIT = 60  # bytes a point of a scatter may take


@pytest.fixture
def drawing() -> Figure:
    figures.style()
    fig, ax = plt.subplots()
    ax.plot([1, 2, 3], [1, 4, 9], "o-", color=palette.BLUE, label="squares")
    ax.fill_between([1, 2, 3], [0, 3, 8], [2, 5, 10], color=palette.VERMILLION, alpha=0.3)
    ax.set_title("<b>Cost</b> & price")
    yield fig
    plt.close(fig)


def _svg(fig: Figure, key: str = "k") -> str:
    return svg.inline(fig, key=key, title="A <title>", description="What it shows & more")


def test_has_role_title_and_description(drawing: Figure) -> None:
    root = ElementTree.fromstring(_svg(drawing))
    assert root.get("role") == "img"
    names = {node.get("id"): node.text for node in root if node.tag in ("title", "desc")}
    assert names == {"k-title": "A <title>", "k-desc": "What it shows & more"}
    assert root.get("aria-labelledby").split() == list(names)


def test_same_figure_same_bytes_and_keys_keep_ids_apart(drawing: Figure) -> None:
    assert _svg(drawing) == _svg(drawing)
    first, second = (_ids(_svg(drawing, key)) for key in ("a", "b"))
    assert first and not first & second


def test_every_reference_is_met(drawing: Figure) -> None:
    root = ElementTree.fromstring(_svg(drawing))
    used = {node.get("href")[1:] for node in root.iter() if node.get("href")}
    used |= {node.get("clip-path")[5:-1] for node in root.iter() if node.get("clip-path")}
    assert used and used <= _ids(_svg(drawing))


def test_ink_follows_the_page_and_series_keep_their_colour(drawing: Figure) -> None:
    text = _svg(drawing)
    assert 'stroke="currentColor"' in text
    assert palette.INK not in text and "#000000" not in text
    assert f'stroke="{palette.BLUE}"' in text and f'fill="{palette.VERMILLION}"' in text


def test_text_stays_text_and_nothing_is_styled_inline(drawing: Figure) -> None:
    text = _svg(drawing)
    assert "&lt;b&gt;Cost&lt;/b&gt; &amp; price" in text
    assert "style=" not in text and "<style" not in text and "<metadata" not in text
    assert "DejaVu" not in text


def test_a_cloud_of_points_is_small() -> None:
    figures.style()
    fig, ax = plt.subplots()
    points = np.arange(2000)
    ax.scatter(points, points % 37, color=palette.GREEN)
    text = _svg(fig)
    plt.close(fig)
    assert text.count("<use") >= points.size
    assert len(text) < points.size * RASTER_LIMIT


def _ids(text: str) -> set[str]:
    return {node.get("id") for node in ElementTree.fromstring(text).iter() if node.get("id")}
