"""Someone who has never seen the project asks whether prices rose."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.report.site import headline

pytestmark = pytest.mark.browser
QUESTION = "Did prices rise?"
FOLD = 900  # CSS pixels of a laptop's window


def test_the_answer_stands_where_one_looks_first(view: Callable, report: Path) -> None:
    page = view(report / "index.html").page
    question = page.get_by_role("heading", name=QUESTION)
    told = question.locator("xpath=following-sibling::p[1]")
    verdicts = json.loads((report / "claims.json").read_text(encoding="utf-8"))
    meant = next(one for one in headline.answers(verdicts) if one.question == QUESTION)
    assert question.locator("b").text_content() == meant.short
    assert "a year" in told.text_content() and "interval" in told.text_content()
    box = told.bounding_box()
    assert box["y"] + box["height"] <= FOLD
    words = page.locator("h1, .article, .answer > div:first-of-type").all_text_contents()
    assert len(" ".join(words).split()) < 120  # what is read on the way: half a minute is 120 words


def test_the_evidence_is_two_clicks_away(view: Callable, report: Path) -> None:
    page = view(report / "index.html").page
    page.context.unroute_all()
    page.get_by_role("heading", name=QUESTION).locator("xpath=..").get_by_role("link").click()
    assert page.url.endswith("claims/c84.html")
    assert page.get_by_role("heading", level=1).text_content().startswith("API prices")
    page.get_by_role("link", name="Notebook cell").first.click()
    anchor = page.url.partition("#")[2]
    assert page.url.partition("#")[0].endswith("03_inference_price.html")
    card = page.locator(f"[id='{anchor}'] .reckon-card").first
    assert "c84" in card.text_content() and "interval" in card.text_content()
    assert card.bounding_box()["y"] < FOLD
