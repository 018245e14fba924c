"""HTML that a notebook displayed, made safe and accessible before it enters a page.

What a library renders keeps its text and its structure. Scripts, styles, handlers, frames and
pictures from elsewhere go; tables get scopes and a region that scrolls; headings become
paragraphs, because the outline of a page is its prose.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = {
    *("script", "style", "iframe", "frame", "object", "embed", "link", "meta", "base", "form"),
    *("input", "button", "select", "textarea", "template", "noscript", "audio", "video", "source"),
    *("head", "title", "applet", "foreignobject", "animate", "set"),
}
_UNWRAPPED = {"html", "body"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ATTRIBUTES = {
    *("id", "class", "lang", "dir", "role", "tabindex", "scope", "colspan", "rowspan", "headers"),
    *("alt", "width", "height", "href", "src", "open", "start", "datetime", "cite", "abbr"),
    *("display", "alttext", "mathvariant", "columnalign", "stretchy", "accent"),
}
_SAFE_LINK = re.compile(r"(?:https?:|mailto:|#|[^:]*$)", re.IGNORECASE)
_SAFE_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,", re.IGNORECASE)
_AMOUNT = re.compile(r"[-−+$]?[\d.,]+(?:e[+-]?\d+)?\s?%?|NaN|NaT|None|–|")
_SUSPECT = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|form)|\son\w+\s*=|\sstyle\s*=", re.IGNORECASE
)
FIGURE = '<figure class="reckon"'


def safe(html: str, *, label: str = "Output", outline: bool = False) -> Markup:
    """``html`` fit for a page; our own figures, which escape what they show, pass as they are.

    Args:
        html: what was displayed.
        label: name of the region around a table that has no caption.
        outline: keep headings, because they are the page's own.
    """
    if html.startswith(FIGURE) and not _SUSPECT.search(html):
        return Markup(html)
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString

    soup = BeautifulSoup(html, "html.parser")
    # Comments, declarations, CDATA: written as they are, and for a browser they end at the first >.
    for remark in [text for text in soup.descendants if isinstance(text, PreformattedString)]:
        remark.extract()
    for dropped in list(_tags(soup, _DROPPED)):
        if not dropped.decomposed:
            dropped.decompose()
    for tag in list(_tags(soup)):
        if tag.name in _UNWRAPPED:
            tag.unwrap()
        else:
            _clean(tag, outline)
    for table in list(_tags(soup, {"table"})):
        _mend_table(soup, table, label)
    return Markup(str(soup).strip())


def _tags(inside: Tag, named: Container[str] | None = None) -> Iterator[Tag]:
    """Tags in their order, of these names if given: bs4's own search takes several times as long
    for the thousands of cells of a table."""
    from bs4 import Tag

    for node in inside.descendants:
        if isinstance(node, Tag) and (named is None or node.name in named):
            yield node


def _clean(tag: Tag, outline: bool) -> None:
    aligned = "text-align:right" in str(tag.attrs.get("style", "")).replace(" ", "")
    tag.attrs = {
        name: value
        for name, value in tag.attrs.items()
        if name in _ATTRIBUTES or name.startswith("aria-")
    }
    if aligned:
        tag["class"] = "num"
    if not _SAFE_LINK.match(str(tag.get("href", "")).strip()):
        del tag["href"]
    if tag.name == "img" and not _SAFE_IMAGE.match(str(tag.get("src", ""))):
        tag.replace_with(str(tag.get("alt", "")))
    elif tag.name != "img":
        del tag["src"]
    if tag.name == "section":
        tag.name, tag["role"] = "div", "group"  # dozens of cards are no landmarks of a page
    if tag.name in _HEADINGS and not outline:
        tag.name = "p"
        tag["class"] = "heading"


def _mend_table(soup: BeautifulSoup, table: Tag, label: str) -> None:
    for head in list(_tags(table, {"th"})):
        if not head.get_text(strip=True):
            head.name = "td"
            del head["scope"]
        elif "scope" not in head.attrs:
            head["scope"] = "col" if _in_head(head) else "row"
    _align_amounts(table)
    if table.find_parent(class_="scroll") is None:
        caption = table.find("caption")
        name = caption.get_text(" ", strip=True) if caption else label
        region = {"class": "scroll", "role": "region", "aria-label": name, "tabindex": "0"}
        table.wrap(soup.new_tag("div", attrs=region))


def _align_amounts(table: Tag) -> None:
    """Columns that hold nothing but numbers are set to the right, with their heads."""
    rows = [list(_tags(row, {"th", "td"})) for row in _tags(table, {"tr"})]
    if len({len(row) for row in rows}) != 1:
        return
    for column in zip(*rows, strict=True):
        cells = [cell for cell in column if not _in_head(cell)]
        if cells and all(_AMOUNT.fullmatch(cell.get_text(strip=True)) for cell in cells):
            for cell in column:
                cell["class"] = "num"


def _in_head(cell: Tag) -> bool:
    return any(around.name == "thead" for around in cell.parents)
