"""The report of the collection itself, as `make report` left it: its links lead where they say."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from analysis import paths
from analysis.claims import store

LATEST = paths.reports() / "latest"
pytestmark = pytest.mark.skipif(
    not (LATEST / "index.html").is_file(), reason="no reports/latest; `make report` makes it"
)
_LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
_ID = re.compile(r'\sid="([^"]+)"')


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def ids(page: Path) -> frozenset[str]:
    return frozenset(_ID.findall(text(page)))


@cache
def parsed(page: Path) -> BeautifulSoup:
    return BeautifulSoup(text(page), "html.parser")


def evidence() -> list[dict[str, Any]]:
    return json.loads((LATEST / "evidence.json").read_text(encoding="utf-8"))


def links_of(claim: str) -> list[Tag]:
    links = parsed(LATEST / "claims" / f"{claim}.html").find_all("a", href=True)
    return [link for link in links if link.text.startswith("Notebook cell")]


def test_each_claim_has_a_page_and_a_link_for_each_piece_of_its_evidence() -> None:
    recorded = {record["claim"] for record in evidence()}
    pages = {page.stem for page in (LATEST / "claims").glob("*.html")}
    rows = json.loads((LATEST / "claims.json").read_text(encoding="utf-8"))
    assert pages == {row["id"] for row in rows}
    closed = {claim.id for claim in store.claims().values() if claim.untestable}
    assert {name for name in pages if links_of(name)} == recorded - closed
    assert pages - recorded <= closed | {r["id"] for r in rows if r["verdict"] == "not yet tested"}


def test_the_link_leads_to_the_cell_that_shows_the_card_of_the_claim() -> None:
    for claim in sorted({record["claim"] for record in evidence()}):
        for link in links_of(claim):
            page, _, cell = link["href"].partition("#")
            target = parsed(LATEST / "claims" / page).find(id=cell)
            assert target is not None, (claim, link["href"])
            assert target.find(id=re.compile(rf"^evidence-{re.escape(claim)}-")), (claim, cell)
            assert f"claims/{claim}.html" in [a["href"] for a in target.select("p.back a")]


def test_every_link_within_the_report_leads_somewhere() -> None:
    pages = sorted(LATEST.rglob("*.html"))
    lost = []
    for page in pages:
        for link in set(_LINK.findall(text(page))):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = link.partition("#")
            target = (page.parent / file).resolve() if file else page.resolve()
            if not target.is_file() or (anchor and anchor not in ids(target)):
                lost.append((page.name, link))
    assert len(pages) > 100 and lost == []
