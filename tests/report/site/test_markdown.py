"""Prose of a notebook: formulas, money, code, headings, links."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from analysis.report.site import markdown
from analysis.report.site.formulas import mathml


def _html(source: str) -> BeautifulSoup:
    return BeautifulSoup(markdown.to_html(source), "html.parser")


@pytest.mark.parametrize(
    "money",
    [
        "It costs $40.7M and then $78.6M.",
        "from $30/$60 a token",
        "between $1–$2, or more",
        "US$5 and US$7",
        r"\$5 to \$6",
        "$ 5 and 6 $",
        "one $5 only",
        "$5 and `b$` in code",
    ],
)
def test_money_is_not_a_formula(money: str) -> None:
    page = _html(money)
    assert page.math is None and page.find(class_="tex") is None
    assert page.text.count("$") == money.count("$")


@pytest.mark.parametrize(
    ("source", "display", "tex"),
    [
        (r"so $e^{\beta}-1$ is", "inline", r"e^{\beta}-1"),
        ("($x$)", "inline", "x"),
        ("$a$ and $b$", "inline", "a"),
        ("**$x$**", "inline", "x"),
        ("- item $a<b$", "inline", "a<b"),
        ("| a |\n|---|\n| $x_1$ |", "inline", "x_1"),
        ("$$y = x$$", "block", "y = x"),
        ("text\n\n$$\ny\n= x\n$$\n\nmore", "block", "y = x"),
    ],
)
def test_formulas_become_mathml(source: str, display: str, tex: str) -> None:
    math = _html(source).math
    assert (math["display"], math["alttext"]) == (display, tex)
    assert math.find_all(["mi", "mn", "mo"])


@pytest.mark.parametrize(
    "source", ["`$x$`", "```\n$x$\n```", "    $x$\n", "```python\na = '$x$'  # $$y$$\n```"]
)
def test_code_is_left_alone(source: str) -> None:
    page = _html(source)
    assert page.math is None and "$x$" in page.text


def test_what_cannot_be_read_is_shown_as_code() -> None:
    assert mathml(r"a < \left(") == r'<code class="tex">a &lt; \left(</code>'


def test_formulas_carry_no_handlers_links_or_styles() -> None:
    hostile = r'\href{javascript:alert(1)}{x}\style{color:red}{y}\class{z}{w} "><script>'
    page = BeautifulSoup(mathml(hostile), "html.parser")
    assert page.script is None
    assert not {name for tag in page.math.find_all(True) for name in tag.attrs} & {
        *("href", "style", "class", "onclick")
    }


def test_aligned_equations_and_function_names() -> None:
    assert "<mtable>" in mathml(r"\begin{aligned}a&=b\\c&=d\end{aligned}")
    assert '<mi>ln</mi><mspace width="0.167em" />' in mathml(r"\ln C")
    assert "<mspace" not in mathml(r"\ln(C)")
    assert "<mo>±</mo>" in mathml(r"a \pm b")


def test_headings_are_unique_and_skip_no_level() -> None:
    headings = markdown.Headings({"cell"})
    markdown.to_html("# Title\n\n#### Deep\n\n## Cell\n\n## Cell\n\n# Again", headings)
    found = [(entry.level, entry.anchor) for entry in headings.found]
    assert found == [(1, "title"), (2, "deep"), (2, "cell-2"), (2, "cell-3"), (2, "again")]


def test_a_formula_in_a_heading_is_text_in_the_contents() -> None:
    headings = markdown.Headings()
    markdown.to_html("# Growth of $x_1$ & more", headings)
    assert headings.found[0].text == "Growth of x_1 & more"


def test_links_to_notebooks_lead_to_pages_and_pictures_are_not_loaded() -> None:
    page = _html("[a](02_x.ipynb#c) [b](https://x.org/y.ipynb) ![pic](http://x.org/p.png)")
    assert [link["href"] for link in page.find_all("a")] == [
        "02_x.html#c", "https://x.org/y.ipynb", "http://x.org/p.png"
    ]  # fmt: skip
    assert page.img is None and "pic" in page.text


def test_harmful_links_go_nowhere() -> None:
    assert "javascript" not in str(_html("[x](javascript:alert(1))"))


def test_code_is_highlighted_and_escaped() -> None:
    html = markdown.highlight('x = "<b>"  # note')
    assert '<span class="s2">' in html and "&lt;b&gt;" in html and "<b>" not in html
    assert "&lt;" in markdown.highlight("<x>", "no such language")
