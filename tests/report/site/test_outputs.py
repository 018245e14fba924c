"""HTML that libraries display, before it enters a page."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.report.site import outputs

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>1</script>'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "<form action='https://example.org'><input></form>",
    "<style>*{display:none}</style>",
    "<div style='background:url(https://example.org/x)'>x</div>",
    "<link rel=stylesheet href='https://example.org/x.css'>",
    "<img src='https://example.org/x.png' alt='a picture'>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<figure class=\"reckon\"><script>alert(1)</script></figure>",
    "<figure class=\"reckon\" onclick=alert(1)>x</figure>",
    "<base href='https://example.org'>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<object data='x.swf'></object><embed src=x>",
    "<video src='https://example.org/v'></video>",
    "<p>a</p><![CDATA[ ><script>alert(1)</script> ]]>",
    "<![if ><script>alert(1)</script> ]>",
    "<?x ><script>alert(1)</script> ?>",
    "<!x ><script>alert(1)</script>",
    "<form><button>a<script>b</script></button></form><script>c<!-- </script>",
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_runs_and_nothing_loads(html: str) -> None:
    page = BeautifulSoup(outputs.safe(html), "html.parser")
    assert not page.find_all(
        ["script", "style", "iframe", "form", "link", "meta", "base", "object"]
    )
    for tag in page.find_all(True):
        assert not {name for name in tag.attrs if name.startswith("on") or name == "style"}
        assert ":" not in str(tag.get("href", "")) and "src" not in tag.attrs
    assert "<!--" not in str(page)


def test_a_data_frame_becomes_accessible() -> None:
    frame = pd.DataFrame({"model": ["a<b>", "c"], "price": [1.5, 22.25]})
    page = BeautifulSoup(outputs.safe(frame._repr_html_(), label="Prices"), "html.parser")
    heads = page.thead.find_all(["th", "td"])
    assert [head.name for head in heads] == ["td", "th", "th"]
    assert [head.get("scope") for head in page.find_all("th")] == ["col", "col", "row", "row"]
    assert page.find(class_="scroll")["aria-label"] == "Prices"
    assert heads[2]["class"] == "num" or heads[2]["class"] == ["num"]
    assert "a<b>" in page.text and page.b is None


def test_a_picture_in_the_page_stays_and_headings_leave_the_outline() -> None:
    html = "<h2>Result</h2><img src='data:image/png;base64,AAAA' alt='A falling line'>"
    page = BeautifulSoup(outputs.safe(html), "html.parser")
    assert page.h2 is None and page.p["class"] == ["heading"]
    assert page.img["alt"] == "A falling line"


def test_our_figures_pass_unchanged() -> None:
    html = '<figure class="reckon" id="f1"><svg viewBox="0 0 1 1"><clipPath id="a"/></svg></figure>'
    assert outputs.safe(html) == html


def test_anchors_and_labels_of_a_card_survive() -> None:
    html = (
        '<section class="reckon-card" id="evidence-c1" aria-label="Evidence" style="x:y"></section>'
    )
    card = BeautifulSoup(outputs.safe(html), "html.parser").div
    assert card.attrs == {
        "class": ["reckon-card"],
        "id": "evidence-c1",
        "aria-label": "Evidence",
        "role": "group",
    }
