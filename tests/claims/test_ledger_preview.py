"""What the evidence of a kernel would move."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from small_ledgers import claim, exact, found, growth

from analysis.claims import ledger
from analysis.claims.preview import compare

TARGET = claim(growth())
CLAIMS = {"c38": TARGET}
BEFORE = [found(TARGET, source, 2.0, 3.1) for source in ("cottier", "epoch")]


def test_nothing_recorded_is_said() -> None:
    shown = compare(CLAIMS, BEFORE, [])
    assert shown.lines == () and shown.recorded == 0
    assert "no evidence yet" in repr(shown) and "<table" not in shown._repr_html_()


def test_the_same_evidence_moves_nothing() -> None:
    shown = compare(CLAIMS, BEFORE, BEFORE)
    assert shown.lines == ()
    assert shown.said == "0 verdicts would move; 1 claim recorded by this kernel."


def test_one_source_is_replaced_and_the_other_stays() -> None:
    (line,) = compare(CLAIMS, BEFORE, [found(TARGET, "epoch", 1.5, 3.1)]).lines
    assert (line.claim, line.was, line.now, line.moves) == ("c38", "supported", "undecided", True)
    assert line.text.startswith("c38: supported -> undecided. The estimate on epoch is now")
    (told,) = line.estimates
    assert told.startswith("on epoch: 2.55×") and "→ 2.3×" in told
    assert "1.93 inside the interval" in line.why


def test_other_numbers_with_the_same_verdict_come_after_moves() -> None:
    others = growth(id="c39")
    claims = CLAIMS | {"c39": claim(others)}
    before = [*BEFORE, *(found(claims["c39"], s, 2.0, 3.1) for s in ("cottier", "epoch"))]
    now = [found(TARGET, "epoch", 2.2, 3.1), found(claims["c39"], "epoch", 1.0, 1.2)]
    first, second = compare(claims, before, now).lines
    assert (first.claim, first.now) == ("c39", "mixed")
    assert (second.claim, second.moves, second.why) == ("c38", False, "The verdict stays.")
    assert second.text.startswith("c38: supported as before; on epoch: 2.55×")


def test_a_claim_moves_through_its_family() -> None:
    """Two members share the same p: without the other's, the adjusted q passes the bound."""
    rows = [growth(id="c38", family="H1"), growth(id="c39", family="H2")]
    claims = {row["id"]: claim(row) for row in rows}
    sources = ("cottier", "epoch")
    before = [found(c, s, 2.0, 3.1, p_value=0.015) for c in claims.values() for s in sources]
    now = [found(claims["c39"], s, 2.0, 3.1, p_value=0.9) for s in sources]
    lines = {line.claim: line for line in compare(claims, before, now).lines}
    assert {name: (line.was, line.now) for name, line in lines.items()} == {
        "c38": ("supported", "undecided"),
        "c39": ("supported", "undecided"),
    }
    assert "q is now" in lines["c38"].why


def test_another_day_is_named() -> None:
    now = [found(TARGET, "epoch", 2.0, 3.1, as_of=date(2025, 6, 30))]
    shown = compare(CLAIMS, BEFORE, now, date(2026, 11, 23))
    assert "as of 2025-06-30, those of the last run as of 2026-11-23" in shown.said


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_the_table_escapes_what_the_ledger_says() -> None:
    target = claim(growth(says="<script>x</script>"))
    shown = compare({"c38": target}, BEFORE, [found(target, "epoch", 1.5, 3.1)])
    page = Page(shown._repr_html_())
    assert "script" not in page.tags and page.tags.count("th") == 6 and page.tags.count("td") == 4


@pytest.mark.parametrize("published", [True, False])
def test_the_last_run_comes_before_the_committed_summary(
    ledger_of: Callable[..., Path], published: bool
) -> None:
    reports = ledger_of(exact()) / "reports"
    old = ledger.record("c18", 1700, None, "frames", 1).as_dict()
    summary = {"as_of": "2026-01-01", "headline": {}, "verdicts": [], "evidence": [old]}
    (reports / "summary.json").write_text(json.dumps(summary))
    new = ledger.record("c18", 1800, None, "frames", 1)
    if published:
        _publish(reports / "latest", [new.as_dict()])
    lines = ledger.preview().lines
    verdicts = [(line.was, line.now) for line in lines]
    assert verdicts == ([] if published else [("contradicted", "supported")])


def _publish(folder: Path, evidence: list[dict[str, Any]]) -> None:
    folder.mkdir()
    (folder / "evidence.json").write_text(json.dumps(evidence))
    (folder / "run.json").write_text(json.dumps({"as_of": "2026-01-02"}))
