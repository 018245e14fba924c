from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from small_ledgers import claim, exact, found, growth

from analysis.claims import card
from analysis.claims.model import Evidence

HOSTILE = '<script>alert(\'x\')</script><img src=x onerror="y"> & "quotes"'


class Page(HTMLParser):
    """Tags, ids and text of a fragment; every tag that opens must close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes |= {name: value for name, value in attrs if name in ("id", "aria-label")}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_card_says_what_was_found_and_what_the_rule_makes_of_it() -> None:
    target = claim(growth())
    evidence = found(target, "cottier", 2.0, 3.1, specifications=120, pseudo_vintage=True)
    page = Page(card.html(target, evidence))
    assert page.open == []
    assert page.attributes == {
        "id": "evidence-c38-growth-cottier",
        "aria-label": "Evidence for claim c38",
    }
    for words in (
        "Training costs have grown",
        "2.55× per year (95 % interval 2 to 3.1): supports the claim",
        "90 % of 120",
        "pseudo-vintage",
        "A cheaper frontier",
    ):
        assert words in page.words


def test_hostile_text_stays_text() -> None:
    target = claim(growth(says=HOSTILE, rule=HOSTILE))
    evidence = found(
        target, "cottier", 2.0, 3.1, reason=HOSTILE, method=HOSTILE, would_change=HOSTILE
    )
    page = Page(card.html(target, evidence))
    assert set(page.tags) == {"section", "p", "strong", "details", "summary", "dl", "dt", "dd"}
    assert page.words.count(HOSTILE) == 5


def test_the_card_brings_no_script_no_colour_of_text_and_no_address() -> None:
    target = claim(growth())
    html = card.html(target, found(target, "cottier", 2.0, 3.1))
    for word in ("<script", "http", "background", ";color:", '"color:', "url("):
        assert word not in html


def test_a_value_that_decides_nothing_says_so() -> None:
    target = claim(growth())
    evidence = found(target, "cottier", 1.0, 3.1)
    assert "decides nothing" in card.html(target, evidence)
    assert card.text(target, evidence).endswith("grade A; decides nothing")


def test_nothing_speaks_against_a_prediction_before_its_window_ends() -> None:
    target = claim(exact(kind="prediction", window_end="2027-10-31"))
    early, late = (
        Evidence(claim="c18", estimate=7, unit="frames", n=1, as_of=day, rule_hash="0" * 64)
        for day in (date(2026, 11, 23), date(2027, 11, 1))
    )
    assert "decides nothing" in card.text(target, early)
    assert "the window is open until 2027-10-31" in Page(card.html(target, early)).words
    assert "contradicts the claim" in card.text(target, late)
