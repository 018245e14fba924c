"""TeX to MathML when a page is built, so that a page shows formulas without a script."""

from __future__ import annotations

import re
from typing import Literal
from xml.etree import ElementTree

from markupsafe import Markup, escape

_MATHML = "http://www.w3.org/1998/Math/MathML"
_BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_ALIGNED = re.compile(r"\\(begin|end)\{(aligned|split|gathered)\}")
_NAMED = {"ln", "log", "exp", "max", "min", "sup", "inf", "lim", "sin", "cos", "tan", "det", "Pr"}
_OPERATORS = {"±", "∓"}
_KEPT = {"display", "mathvariant", "stretchy", "accent", "accentunder", "columnalign", "width"}


def mathml(tex: str, display: Literal["inline", "block"] = "inline") -> Markup:
    """``tex`` as a ``<math>`` element with the TeX as its ``alttext``.

    What the converter cannot read is shown as code, so that nothing is lost.
    """
    from latex2mathml.converter import convert

    source = _ALIGNED.sub(r"\\\1{align*}", tex.strip())
    try:
        root = ElementTree.fromstring(
            _BARE_AMPERSAND.sub("&amp;", convert(source, display=display))
        )
    except Exception:  # the converter has no base class for what it raises
        return Markup('<code class="tex">{}</code>').format(tex.strip())
    for node in root.iter():
        node.tag = node.tag.removeprefix(f"{{{_MATHML}}}")
        node.attrib = {name: value for name, value in node.attrib.items() if name in _KEPT}
        node.tag = "mo" if node.text in _OPERATORS else node.tag
    for node in list(root.iter("mrow")):
        _space_names(node)
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return Markup('<math display="{}" alttext="{}">{}</math>').format(
        display, escape(" ".join(tex.split())), Markup(inside)
    )


def _space_names(row: ElementTree.Element) -> None:
    """A thin space between the name of a function and an argument without brackets."""
    parts = list(row)
    for place in range(len(parts) - 1, 0, -1):
        name, argument = parts[place - 1], parts[place]
        if name.tag == "mi" and name.text in _NAMED and argument.tag != "mo":
            row.insert(place, ElementTree.Element("mspace", {"width": "0.167em"}))
