"""Two reports side by side on one page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from run.small_collection import Collection
from run.small_reports import LISTS, UNSURE, claim, report

from analysis.report.site import compare_page
from analysis.run.diff import comparison, reports

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}<!--"
UNSURE_LISTS = LISTS | UNSURE
MOVED = LISTS | {"estimate": 0.5, "low": 0.4}


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path / "root"))
    return Collection(tmp_path / "root")


def page(before: str, after: str, folder: Path | None = None) -> BeautifulSoup:
    found = comparison.between(reports.find(before), reports.find(after))
    path = compare_page.write(found, folder)
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def told(element: object) -> str:
    return " ".join(element.get_text(" ").split())


def days(**after: object) -> None:
    """Of c01 the verdict changes, of c02 the estimate, of c03 nothing; c04 gets an estimate."""
    none = LISTS | dict.fromkeys(("estimate", "low", "high", "level", "direction"))
    report("a", claim("c03", "contradicted", LISTS), claim("c02", "contradicted", LISTS),
           claim("c01", "undecided", UNSURE_LISTS), claim("c04", "undecided", none),
           as_of="2026-03-31", rows=["A,X,2024,1,2024-01-01"])  # fmt: skip
    report("b", claim("c03", "contradicted", LISTS), claim("c02", "contradicted", MOVED),
           claim("c01", "contradicted", LISTS), claim("c04", "contradicted", LISTS),
           rows=["A,X,2024,1,2024-01-01", "B,Y,2025,2,2026-05-01"], **after)  # fmt: skip


def test_what_changed_comes_first_and_the_rest_is_folded(collection: Collection) -> None:
    days()
    found = page("2026-03-31", "latest")
    assert told(found.h1) == "31 March 2026 and 23 November 2026, side by side"
    assert [told(head) for head in found("h2")] == [
        "Verdicts that moved (1)",
        "Verdicts on a first estimate (1)",
        "Same verdict, an estimate more than 10 % away (1)",
        "Unchanged (1)",
        "Data",
    ]
    assert [one["id"] for one in found.select("article")] == ["c01", "c04", "c02"]
    assert found.find(id="c03").find_parent("details") is not None


def test_a_claim_stands_there_twice_with_why_and_one_scale(collection: Collection) -> None:
    days()
    pair = page("2026-03-31", "latest").find(id="c01")
    was, now = pair.select(".side")
    assert told(was).startswith(
        "31 March 2026 : c01 undecided 0.9× a year 95 % interval 0.7 to 1.2"
    )
    assert "contradicted 0.70× a year" in told(now) and "n = 120" in told(now)
    assert "The estimate on price lists is now 0.7× per year" in told(pair)
    assert "Cause: data (acquisitions)." in told(pair) and "Method: regression." in told(pair)
    (chart,) = pair("svg", class_="readings")
    assert [told(text) for text in chart("text") if not text.get("class")] == [
        "price lists, 2026-03-31: 0.9× a year (0.7 to 1.2)",
        "price lists, 2026-11-23: 0.70× a year (0.60 to 0.80)",
    ]
    cells = [told(cell) for cell in pair.table.tbody("td")]
    assert cells[0].startswith("0.9× a year") and cells[1].startswith("0.70× a year")


def test_it_leads_to_both_reports(collection: Collection) -> None:
    days()
    found = page("2026-03-31", "latest")
    ways = {link["href"] for link in found("a") if not link["href"].startswith("#")}
    folder = collection.reports / "diff" / "2026-03-31..2026-11-23"
    assert {"../../2026-03-31/claims/c01.html", "../../latest/index.html"} <= ways
    assert all((folder / way).parent.is_dir() for way in ways)
    assert (folder / "filter.js").read_bytes().startswith(b'"use strict"')


def test_the_page_may_lie_elsewhere(collection: Collection, tmp_path: Path) -> None:
    days()
    found = page("2026-03-31", "latest", tmp_path / "out" / "page")
    (link,) = {link["href"] for link in found("a") if "2026-03-31/index" in link["href"]}
    assert link == "../../root/reports/2026-03-31/index.html"


def test_parameter_sets_are_told_apart_by_their_parameters(collection: Collection) -> None:
    report("a", claim("c01", "contradicted", LISTS), notebooks={"03_price": {"top": 10}})
    report("b", claim("c01", "undecided", UNSURE_LISTS), kind="explore",
           notebooks={"03_price": {"top": 3}})  # fmt: skip
    found = page("latest", "b")
    assert told(found.h1) == "Two sets of parameters, side by side"
    assert [told(side.p) for side in found.select(".side")] == [
        "A: top = 10 : c01",
        "B: top = 3 : c01",
    ]
    rows = [told(row) for row in found.find(id="parameters").find_next("table")("tr")]
    assert rows == ["Notebook Parameter A B", "03 price top 10 3"]
    assert "price lists, B: 0.9×" in told(found.svg.find_next("svg", class_="readings"))


def test_reports_that_say_the_same_show_so(collection: Collection) -> None:
    report("a", claim("c01", "contradicted", LISTS), as_of="2026-03-31", rows=[])
    report("b", claim("c01", "contradicted", LISTS), rows=[])
    found = page("2026-03-31", "latest")
    assert "none is judged otherwise" in told(found.main)
    assert "Tables with the same rows in both: 1." in told(found.main)


def test_filters_know_every_claim(collection: Collection) -> None:
    days()
    found = page("2026-03-31", "latest")
    claims = found.select("[data-verdict]")
    assert len(claims) == 4 and found.find(id="filters").has_attr("hidden")
    for one in claims:
        for name in ("verdict", "kind", "section"):
            choices = found.find("select", {"name": name})("option")
            assert one[f"data-{name}"] in [choice.get("value", choice.text) for choice in choices]


def test_the_outline_is_whole_and_ids_are_unique(collection: Collection) -> None:
    days()
    found = page("2026-03-31", "latest")
    levels = [int(head.name[1]) for head in found(re.compile("^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    ids = [tag["id"] for tag in found.find_all(id=True)]
    assert len(set(ids)) == len(ids)
    policy = found.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ") and "unsafe" not in policy
    assert [script["src"] for script in found("script")] == ["filter.js"]


def test_no_text_can_break_out(collection: Collection) -> None:
    spoilt = dict.fromkeys(("source", "unit", "method", "reason"), HOSTILE)
    texts = dict.fromkeys(("says", "section", "kind", "quantity", "reason", "rule"), HOSTILE)
    for name, source in (("a", UNSURE_LISTS), ("b", LISTS)):
        row = claim("c01", "undecided" if name == "a" else "contradicted", source | spoilt, **texts)
        row["estimands"][0]["id"] = HOSTILE
        given = {"03_price": {"label": f"{HOSTILE}{name}", HOSTILE: name}}
        report(name, row, kind="explore", notebooks=given, commit=HOSTILE)
    found = page("a", "b")
    assert not found("img") and [one.get("src") for one in found("script")] == ["filter.js"]
    assert not [tag for tag in found(True) if any(name.startswith("on") for name in tag.attrs)]
    assert "{{ 7*7 }}" in found.text and "49<!--" not in found.text
