"""What changed from date to date: told on a page and in a feed, whatever reports there were."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import sample_run
from bs4 import BeautifulSoup

from analysis.report.site import changes_page, feed
from analysis.report.site.background import Background
from analysis.run.runset import RunSet

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]>\"'><script>alert(1)</script>&amp;\x00\x08\uffff{{ 7*7 }}<!--"
REQUIRED = {
    "feed": {"id", "title", "updated", "author", "link"},
    "entry": {"id", "title", "updated", "link", "content"},
}


def spoil(text: str) -> str:
    return f"{text}{HOSTILE}"


def many(background: Background, dates: int) -> Background:
    """A history in which c38 changes its verdict every day."""
    rows = [
        background.past[0]
        | {"as_of": f"20{10 + day // 28:02}-01-{1 + day % 28:02}", "verdict": verdict}
        for day, verdict in zip(range(dates), ["mixed", "undecided"] * dates, strict=False)
    ]
    return replace(background, past=rows)


def check(text: str) -> list[ET.Element]:
    """Holds a feed against what RFC 4287 requires; gives its entries, titles first."""
    root = ET.fromstring(text.encode())
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in [root, *entries]:
        kind = element.tag.removeprefix(ATOM)
        names = [child.tag.removeprefix(ATOM) for child in element]
        assert set(names) >= REQUIRED[kind]
        assert [names.count(name) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert re.fullmatch(
            r"tag:[\w.-]+,\d{4}:[\w./~!$&'()*+,;=:@%-]+", element.findtext(f"{ATOM}id")
        )
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo is not None
        assert element.findtext(f"{ATOM}title").strip()
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    return entries


def test_a_change_is_told_with_why_and_what_became_known(pages: dict[str, str]) -> None:
    page = BeautifulSoup(pages["changes.html"], "html.parser")
    (day,) = page.select("main section")
    assert day.h2.text == "30 June 2026" and "1 verdict changed since 31 January 2024" in day.text
    (item,) = day.select("li")
    told = " ".join(item.text.split())
    assert "undecided →became supported" in told
    assert "it is now 2.3× per year (n = 12); it was 1.9× per year (n = 12)." in told
    assert "Measured: growth of cost." in told
    assert "Became known in between: training costs (42 rows)" in told and "hindcast" in told
    assert [link["href"] for link in item("a")] == ["claims/c38.html", "data/training_costs.html"]


def test_the_front_page_and_every_frame_lead_to_it(pages: dict[str, str]) -> None:
    front = BeautifulSoup(pages["index.html"], "html.parser")
    note = front.select_one(".tally .note")
    assert note.text == "What changed: 1 verdict on 30 June 2026, against 31 January 2024"
    (offered,) = front.select('link[rel="alternate"]')
    assert (offered["type"], offered["href"]) == ("application/atom+xml", "feed.xml")
    for name, text in pages.items():
        way = "../" * name.count("/")
        links = BeautifulSoup(text, "html.parser").select('nav[aria-label="Site"] a')
        assert f"{way}changes.html" in [link["href"] for link in links], name


def test_the_run_is_the_last_date(sample: RunSet) -> None:
    past = [row | {"verdict": "mixed"} for row in sample_run.background().past]
    background = replace(sample_run.background(), past=past)
    (day,) = changes_page.days(sample, background)
    assert (day.as_of, day.before) == (sample.as_of.isoformat(), "2026-11-10")
    (change,) = day.changes
    assert (change.was, change.now) == ("mixed", "supported")
    assert change.marks == () and not change.first
    assert changes_page.latest([day], sample.as_of) == "1 verdict since 10 November 2026"


def test_a_part_of_the_collection_is_no_date(sample: RunSet) -> None:
    background = sample_run.background()
    last = background.past[-1] | {"id": "c40", "verdict": "mixed"}
    past = [*(row | {"verdict": "mixed"} for row in background.past), last]
    assert changes_page.days(sample, replace(background, past=past)) == []


def test_dates_after_the_run_do_not_matter(sample: RunSet) -> None:
    background = sample_run.background()
    later = background.past[-1] | {"as_of": "2027-01-01", "verdict": "mixed"}
    found = changes_page.days(sample, replace(background, past=[*background.past, later]))
    assert found == changes_page.days(sample, background)


def test_without_changes_both_say_so(sample: RunSet) -> None:
    background = replace(sample_run.background(), past=[])
    assert changes_page.days(sample, background) == []
    text = changes_page.page(sample, background, [])
    assert "No verdict changed on the 1 date on record, up to 23 November 2026" in text
    assert check(feed.text(sample, [])) == []


def test_a_first_estimate_stands_apart_from_evidence_that_moved(sample: RunSet) -> None:
    first, *rest = sample_run.background().past
    background = replace(sample_run.background(), past=[first | {"estimate": None}, *rest])
    (day,) = changes_page.days(sample, background)
    assert day.moved == () and [change.id for change in day.first] == ["c38"]


def test_the_feed_has_an_entry_for_each_change(sample: RunSet) -> None:
    (entry,) = check((sample.folder / "feed.xml").read_text(encoding="utf-8"))
    assert entry.findtext(f"{ATOM}id").endswith(":verdicts/c38/2024-01-31/supported")
    assert entry.findtext(f"{ATOM}title").startswith("c38 is supported, was undecided: ")
    assert entry.findtext(f"{ATOM}updated") == "2026-06-30T00:00:00Z"
    assert entry.find(f"{ATOM}link").get("href") == "claims/c38.html"
    told = entry.findtext(f"{ATOM}content")
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert "it is now 2.3× per year (n = 12)" in told and "training costs (42)" in told


def test_an_entry_keeps_its_name_in_later_reports(sample: RunSet) -> None:
    past = [row | {"verdict": "mixed"} for row in sample_run.background().past]
    background = replace(sample_run.background(), past=past)
    later = replace(sample, as_of=sample.as_of.replace(day=24))
    names = [
        check(feed.text(run, changes_page.days(run, background)))[0].findtext(f"{ATOM}id")
        for run in (sample, later)
    ]
    assert names[0] == names[1]


def test_the_feed_is_bounded_and_keeps_the_newest(sample: RunSet) -> None:
    background = many(sample_run.background(), 200)
    found = changes_page.days(sample, background)
    entries = check(feed.text(sample, found))
    assert len(entries) == feed.ENTRIES and len(found) == 200
    assert entries[0].findtext(f"{ATOM}updated").startswith(found[0].as_of)


@pytest.mark.parametrize("estimate", [None, 1.9])
def test_hostile_texts_stay_texts(tmp_path: Path, estimate: float | None) -> None:
    run = sample_run.make(tmp_path / "hostile")
    run = replace(run, verdicts=sample_run.verdicts(spoil))
    first, *rest = sample_run.background(spoil).past
    background = replace(sample_run.background(spoil), past=[first | {"estimate": estimate}, *rest])
    found = changes_page.days(run, background)
    (entry,) = check(feed.text(run, found))
    inner = BeautifulSoup(entry.findtext(f"{ATOM}content"), "html.parser")
    assert {tag.name for tag in inner.find_all(True)} == {"p"} and "<script>" in inner.text
    assert "\x00" not in feed.text(run, found)
    text = changes_page.page(run, background, found)
    page = BeautifulSoup(text, "html.parser")
    assert not page("script") and "<script>alert(1)</script>" in page.main.text
    assert "49<!--" not in text
