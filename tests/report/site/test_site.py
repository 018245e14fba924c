"""The site as a whole: structure, safety, sameness, and the numbers as data."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import sample_run
from bs4 import BeautifulSoup

from analysis.report.site import pages as frame
from analysis.report.site import site
from analysis.run.runset import RunSet

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}<!--"
FRONT_PAGE_LIMIT = 300_000
NOTEBOOK_PAGE_LIMIT = 1_500_000


def test_files_of_a_set(sample: RunSet) -> None:
    names = {
        path.relative_to(sample.folder).as_posix()
        for path in sample.folder.rglob("*.*")
        if path.suffix != ".ipynb"
    }
    tables = {f"data/{t}.{e}" for t in sample.tables for e in ("html", "csv", "parquet")}
    data = {"claims", "evidence", "forecasts", "predictions"}
    assert names == {
        "index.html", "02_training_cost.html", "03_inference_price.html", "99_verdict.html",
        "filter.js", "changes.html", "feed.xml", "citation.bib", "citation.cff",
        "data/index.html", *tables,
        *(f"{name}.json" for name in data), *(f"schemas/{name}.schema.json" for name in data),
        *(f"claims/{row['id']}.html" for row in sample.verdicts),
    }  # fmt: skip


def test_two_builds_give_the_same_bytes(sample: RunSet, tmp_path: Path) -> None:
    again = sample_run.make(tmp_path / "again")
    site.build(again, sample_run.background())
    for path in sorted(again.folder.rglob("*.*")):
        name = path.relative_to(again.folder)
        assert path.read_bytes() == (sample.folder / name).read_bytes(), name


def test_every_page_has_one_outline(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        page = BeautifulSoup(text, "html.parser")
        levels = [int(head.name[1]) for head in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), (name, levels)
        assert page.html["lang"] == "en" and len(page.find_all("main")) == 1, name
        assert page.select_one("a.skip")["href"] == "#main", name


def test_ids_are_unique_and_links_inside_lead_somewhere(
    sample: RunSet, pages: dict[str, str]
) -> None:
    ids = {name: _ids(text) for name, text in pages.items()}
    for name, text in pages.items():
        assert len(set(ids[name])) == len(ids[name]), name
        for link in BeautifulSoup(text, "html.parser").select("a[href], use[href]"):
            page, _, anchor = link["href"].partition("#")
            if page.startswith("http"):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), page))
            assert not page or (sample.folder / target).is_file(), (name, link["href"])
            assert not anchor or anchor in ids[target if page else name], (name, link["href"])


def test_tables_have_captions_and_scopes(pages: dict[str, str]) -> None:
    for text in pages.values():
        page = BeautifulSoup(text, "html.parser")
        assert all(head.get("scope") and head.text.strip() for head in page.find_all("th"))
        assert all(table.caption for table in page.select("table.board, table.data"))


def test_nothing_is_loaded_and_the_policy_says_so(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        page = BeautifulSoup(text, "html.parser")
        assert not page.find_all(["iframe", "object", "embed", "base"]), name
        scripts = [tag for tag in page("script") if tag.get("type") != "application/ld+json"]
        front = name == "index.html"
        assert [(tag.get("src"), tag.string) for tag in scripts] == [("filter.js", None)] * front
        assert [link["href"] for link in page("link")] == ["data:,", *["feed.xml"] * front], name
        assert all(image["src"].startswith("data:") for image in page.find_all("img")), name
        assert not page.select("[style]") and "@import" not in text and "url(http" not in text
        policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        digest = base64.b64encode(hashlib.sha256(page.style.string.encode()).digest()).decode()
        assert policy.startswith("default-src 'none'; ") and f"'sha256-{digest}'" in policy
        assert "unsafe" not in policy and ("script-src 'self';" in policy) == front
        assert policy.count("script") == front


def test_the_front_page_says_what_the_data_say(pages: dict[str, str]) -> None:
    answer = BeautifulSoup(pages["index.html"], "html.parser").select(".answer :is(h3, p)")
    assert [" ".join(line.text.split()) for line in answer] == [
        "Does it cost more to train the largest models? Yes.",
        "The cost of training them grew 2.4× a year for the 45 models of a study of 2024 (95 % "
        "interval 2.1 to 2.8).",
        "The article’s claim that training costs have grown by orders of magnitude is supported. "
        "The evidence on claim c38",
        "Do new models of equal ability start dearer? No.",
        "Their launch price fell 88 % a year on price lists (95 % interval 81 % to 92 %).",
        "The article’s claim that AI gets dearer and no longer cheaper is contradicted. "
        "The evidence on claim c01",
    ]


def test_a_row_shows_verdict_estimate_and_how_sure(pages: dict[str, str]) -> None:
    row = BeautifulSoup(pages["index.html"], "html.parser").find(id="c38")
    for text in ("supported", "since 2026-06-30, hindcast", "2.4× a year",
                 "interval 2.1 to 2.8", "n = 45", "95.8 % of specifications agree",
                 "source grade B", "q = 0.012"):  # fmt: skip
        assert text in " ".join(row.text.split()), text
    assert row.th.a["href"] == "claims/c38.html"


def test_claims_can_be_told_apart_by_verdict_kind_and_section(pages: dict[str, str]) -> None:
    page = BeautifulSoup(pages["index.html"], "html.parser")
    claims = page.select("[data-verdict]")
    assert len(claims) == len(sample_run.verdicts())
    for claim in claims:
        for name, value in (
            ("verdict", claim["data-verdict"]),
            ("kind", claim["data-kind"]),
            ("section", claim["data-section"]),
        ):
            choices = page.find("select", {"name": name})("option")
            assert value in [choice.get("value", choice.text) for choice in choices]
    assert page.find(id="filters").has_attr("hidden")


def test_predictions_are_told_with_interval_and_days(pages: dict[str, str]) -> None:
    page = BeautifulSoup(pages["index.html"], "html.parser")
    strict, lenient = page.select(".chances tbody tr")
    for text in ("31 %", "95 % interval 5 % to 72 %", "524 days", "strict, 30 April 2028"):
        assert text in " ".join(strict.text.split()), text
    assert "no probability" in lenient.text and strict.th.a["href"] == "claims/c70.html"


def test_untested_claims_are_folded(pages: dict[str, str]) -> None:
    page = BeautifulSoup(pages["index.html"], "html.parser")
    assert page.find(id="c40").find_parent("details")["class"] == ["untested"]
    assert page.find(id="c38").find_parent("details") is None


def test_every_page_leads_to_the_data(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        way = '"../index.html"' if name.startswith("data/") else 'data/index.html"'
        assert way in text, name
    assert "0123abc" in pages["index.html"] and "Cite this report" in pages["index.html"]


def test_failures_are_announced_on_the_front_page(pages: dict[str, str]) -> None:
    notice = BeautifulSoup(pages["index.html"], "html.parser").select_one("main > .failure")
    assert "2 of 3 notebooks failed" in notice.text
    assert [link["href"] for link in notice.find_all("a")] == [
        "03_inference_price.html", "99_verdict.html"
    ]  # fmt: skip


def test_no_text_field_can_break_out(tmp_path: Path) -> None:
    spoil = lambda text: f"{text}{HOSTILE}"  # noqa: E731
    run = sample_run.make(tmp_path / "hostile", spoil)
    site.build(run, sample_run.background(spoil))
    for path in run.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = BeautifulSoup(text, "html.parser")
        own = page("script", src="filter.js") + page("script", type="application/ld+json")
        assert not page.find_all("img") and page("script") == own, path.name
        for data in page("script", type="application/ld+json"):
            assert "<script>alert(1)</script>" in json.loads(data.string)["claimReviewed"]
        assert not [
            tag for tag in page.find_all(True) if any(n.startswith("on") for n in tag.attrs)
        ]
        assert "{{ 7*7 }}" in text and "49<!--" not in text
        assert all(re.match(r"#|https?:|[\w./]+$|[\w./]+#", link["href"]) for link in page("a"))


def test_a_source_address_must_be_of_the_web(tmp_path: Path) -> None:
    def provenance(name: str, as_of: object) -> dict:
        told = sample_run.provenance(name, sample_run.AS_OF)
        told["sources"] = [source | {"url": "javascript:alert(1)"} for source in told["sources"]]
        return told

    run = sample_run.make(tmp_path / "links")
    site.build(run, replace(sample_run.background(), provenance=provenance))
    for path in run.folder.rglob("*.html"):
        assert "javascript:" not in path.read_text(encoding="utf-8")


def test_pages_stay_small(sample: RunSet) -> None:
    for path in sample.folder.rglob("*.html"):
        limit = (
            FRONT_PAGE_LIMIT
            if path.parent == sample.folder and path.name == "index.html"
            else NOTEBOOK_PAGE_LIMIT
        )
        assert path.stat().st_size < limit


def test_the_sheet_names_every_token_it_colours() -> None:
    css = frame.stylesheet()
    assert "/*" not in css and css.count("{") == css.count("}")
    assert all(f"mark-{name}" in (frame.TEMPLATES / "marks.html.j2").read_text(encoding="utf-8")
               for name in ("supported", "contradicted", "mixed", "undecided", "untestable",
                            "not-yet-tested"))  # fmt: skip


def _ids(text: str) -> list[str]:
    return [tag["id"] for tag in BeautifulSoup(text, "html.parser").find_all(id=True)]
