"""Markdown of a notebook to HTML: formulas, highlighted code, headings with anchors, no images.

Dollars are told from formulas as pandoc does it: a formula opens with a dollar before a
non-space and closes with one after a non-space that no digit follows. So ``$30`` and
``$1 to $5`` are money, ``$x$`` is a formula, and what stands in code is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import mistune
from markupsafe import Markup, escape

from analysis.report.site.formulas import mathml

_INLINE = r"(?<![\\$\w])\$(?![\s$])(?P<tex>(?:\\.|[^$`\\\n]|\n(?!\n))+?)(?<!\s)\$(?![\d$])"
_BLOCK = r"^ {0,3}\$\$(?P<tex_block>(?:\\.|[^$`\\])+?)\$\$[ \t]*(?:\n|$)"
_PLUGINS = ["strikethrough", "table", "footnotes", "def_list", "url"]
_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Heading:
    """One heading of a page: level 1 to 6, plain text and anchor."""

    level: int
    text: str
    anchor: str


class Headings:
    """Anchors and levels of the headings of one page, in order: unique, and no level skipped.

    ``taken`` are the ids that the page uses already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.found: list[Heading] = []
        self._taken = set(taken)

    def add(self, level: int, text: str) -> Heading:
        """A new heading; only the first may be of level 1, and none lies two below the last."""
        last = self.found[-1].level if self.found else 0
        fitting = min(max(level, 2 if self.found else 1), last + 1)
        heading = Heading(fitting, text, self._unused(slug(text) or "section"))
        self.found.append(heading)
        return heading

    def _unused(self, anchor: str) -> str:
        number, unused = 1, anchor
        while unused in self._taken:
            number += 1
            unused = f"{anchor}-{number}"
        self._taken.add(unused)
        return unused


def slug(text: str) -> str:
    """``text`` as an anchor: lower case, ASCII, words joined by hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.sub("-", ascii_text.lower()).strip("-")


def to_html(source: str, headings: Headings | None = None) -> Markup:
    """``source`` as HTML; its headings are added to ``headings``."""
    renderer = _Renderer(Headings() if headings is None else headings)
    parser = mistune.create_markdown(renderer=renderer, plugins=_PLUGINS)
    _formulas(parser)
    return Markup(str(parser(source)))


def highlight(code: str, language: str = "python") -> Markup:
    """``code`` with a class on each token."""
    return Markup('<pre class="code"><code>{}</code></pre>').format(
        Markup(_tokens(code.rstrip(), language))
    )


def plain_text(html: str) -> str:
    """The text of a piece of HTML, for a table of contents."""
    return Markup(re.sub(r"<math[^>]*alttext=\"([^\"]*)\".*?</math>", r"\1", html)).striptags()


@lru_cache(maxsize=512)
def _tokens(code: str, language: str) -> str:
    from pygments import highlight as paint  # type: ignore[import-untyped]
    from pygments import lexers, util

    try:
        lexer = lexers.get_lexer_by_name(language, stripnl=False)
    except util.ClassNotFound:
        lexer = lexers.get_lexer_by_name("text", stripnl=False)
    return str(paint(code, lexer, _formatter())).rstrip("\n")


@cache
def _formatter() -> Any:
    from pygments import formatters

    return formatters.HtmlFormatter(nowrap=True)


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, headings: Headings) -> None:
        super().__init__(escape=False)
        self._headings = headings

    def heading(self, text: str, level: int, **_: Any) -> str:
        entry = self._headings.add(level, plain_text(text))
        return f'<h{entry.level} id="{entry.anchor}">{text}</h{entry.level}>\n'

    def block_code(self, code: str, info: str | None = None) -> str:
        return str(highlight(code, (info or "text").split()[0]))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A page loads nothing from anywhere: a picture becomes a link, unless it is embedded."""
        if url.startswith("data:image/"):
            return str(Markup('<img src="{}" alt="{}">').format(url, plain_text(text)))
        return self.link(text or str(escape(url)), url, title)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link to another notebook leads to its page."""
        inside = not re.match(r"[a-z][a-z0-9+.-]*:|//", url)
        return super().link(text, re.sub(r"\.ipynb(?=$|#)", ".html", url) if inside else url, title)


def _formulas(parser: mistune.Markdown) -> None:
    parser.block.register("formula_block", _BLOCK, _take_block, before="list")
    parser.inline.register("formula", _INLINE, _take_inline, before="link")
    assert parser.renderer is not None
    parser.renderer.register("formula_block", lambda _, tex: f"{mathml(tex, 'block')}\n")
    parser.renderer.register("formula", lambda _, tex: str(mathml(tex)))


def _take_block(_: Any, match: re.Match[str], state: Any) -> int:
    state.append_token({"type": "formula_block", "raw": match["tex_block"]})
    return match.end()


def _take_inline(_: Any, match: re.Match[str], state: Any) -> int:
    state.append_token({"type": "formula", "raw": match["tex"]})
    return match.end()
