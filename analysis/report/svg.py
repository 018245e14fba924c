"""A matplotlib figure as SVG inside a page: small, the same every time, in the page's colours.

Text stays text in the reader's own font, so it stays sharp and selectable; matplotlib lays out
with the wider DejaVu Sans, so what the reader's font draws is never too wide. Styles become
attributes because a page with a strict content policy ignores ``style="…"``.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from analysis.report import palette

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
DISPLAY_SCALE = 1.6
_SALT = "compute-reckoning"
_INKS = {palette.INK, "#000000", "#262626"}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_GEOMETRY = {"d", "points", "x", "y", "width", "height", "transform", "stroke-dasharray"}
_PAINT = {"fill", "stroke", "stroke-width", "fill-opacity", "stroke-opacity", "opacity"}
_DEFAULTS = {
    ("fill", "currentColor"),
    ("stroke-linejoin", "miter"),
    ("stroke-opacity", "1"),
    ("fill-opacity", "1"),
    ("opacity", "1"),
    ("text-anchor", "start"),
    ("font-stretch", "normal"),
}


def inline(fig: Figure, *, key: str, title: str, description: str) -> str:
    """``fig`` as one ``<svg role="img">`` element with a title and a description.

    Args:
        fig: a matplotlib figure; its background is left out.
        key: prefix of every id inside, unique on the page.
        title: accessible name, short.
        description: what the figure shows, for those who do not see it.
    """
    root = _tree(fig)
    width, height = (float(side) for side in root.get("viewBox", "0 0 0 0").split()[2:])
    head = ElementTree.Element(
        "svg",
        {
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width * DISPLAY_SCALE:.0f}",
            "role": "img",
            "aria-labelledby": f"{key}-title {key}-desc",
            "font-family": FONT,
            "fill": "currentColor",
            "stroke-linejoin": "round",
        },
    )
    ElementTree.SubElement(head, "title", {"id": f"{key}-title"}).text = title
    ElementTree.SubElement(head, "desc", {"id": f"{key}-desc"}).text = description
    names = _short_names(root, key)
    head.extend(part for child in root for part in _shrink(child, names))
    return ElementTree.tostring(head, encoding="unicode")


def _tree(fig: Figure) -> ElementTree.Element:
    import matplotlib as mpl

    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": _SALT}):
        quiet = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        fig.savefig(buffer, format="svg", metadata=quiet, facecolor="none", edgecolor="none")
    return ElementTree.fromstring(buffer.getvalue())


def _short_names(root: ElementTree.Element, key: str) -> dict[str, str]:
    """New ids for everything that is referred to, counted in document order."""
    nodes = (node for node in root.iter() if _tag(node) != "g" and "id" in node.attrib)
    return {node.attrib["id"]: f"{key}-{number}" for number, node in enumerate(nodes)}


def _shrink(node: ElementTree.Element, names: dict[str, str]) -> list[ElementTree.Element]:
    """``node`` without noise: nothing if it draws nothing, its children if it adds nothing."""
    tag = _tag(node)
    if tag in {"metadata", "style"}:
        return []
    children = [part for child in node for part in _shrink(child, names)]
    attributes = _attributes(node, names)
    if tag in {"g", "defs"} and not children:
        return []
    if tag == "path" and attributes.get("fill") == "none" and "stroke" not in attributes:
        return []
    if tag == "g":
        attributes |= _hoist(children, taken=set(attributes))
        if not attributes:
            return children
    out = ElementTree.Element(tag, attributes)
    out.text = (node.text or "").strip() if tag in {"text", "tspan"} else None
    out.extend(children)
    return [out]


def _hoist(children: list[ElementTree.Element], taken: set[str]) -> dict[str, str]:
    """Paint that all points of a cloud share, moved from the points to their group."""
    if len(children) < 3 or any(_tag(child) != "use" for child in children):
        return {}
    shared = set.intersection(*(set(child.attrib.items()) for child in children))
    common = {name: value for name, value in sorted(shared) if name in _PAINT - taken}
    for child in children:
        for name in common:
            del child.attrib[name]
    return common


def _attributes(node: ElementTree.Element, names: dict[str, str]) -> dict[str, str]:
    pairs = {name.rpartition("}")[2]: value for name, value in node.attrib.items()}
    for part in filter(str.strip, pairs.pop("style", "").split(";")):
        name, _, value = part.partition(":")
        pairs[name.strip()] = value.strip()
    if _tag(node) == "g":
        pairs.pop("id", None)
    if pairs.get("transform", "").startswith("rotate(-0 "):
        del pairs["transform"]
    pairs.pop("font-family", None)
    tidy = {name: _value(name, value, names) for name, value in pairs.items()}
    return {name: value for name, value in tidy.items() if (name, value) not in _DEFAULTS}


def _value(name: str, value: str, names: dict[str, str]) -> str:
    if name == "id":
        return names[value]
    if name == "href" and value.startswith("#"):
        return f"#{names[value[1:]]}"
    if name in {"fill", "stroke"} and value.lower() in _INKS:
        return "currentColor"
    if name == "font-size":
        return value.removesuffix("px")
    if name in _GEOMETRY:
        value = _NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), value)
        return " ".join(value.split())
    return _REFERENCE.sub(lambda match: f"url(#{names[match[1]]})", value)


def _tag(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]
