"""Rows of the scoreboard."""

from __future__ import annotations

from typing import Any

import sample_run

from analysis.claims import store, verdicts
from analysis.report import scoreboard

SOURCE = {
    "estimate": 2.41, "low": 2.1, "high": 2.78, "unit": "factor per year", "reason": "",
    "direction": "supported", "source": "cottier2024",
}  # fmt: skip


def _c38(**changes: Any) -> scoreboard.Row:
    row = next(row for row in sample_run.verdicts() if row["id"] == "c38") | changes
    return scoreboard.sections([row], ["02_training_cost"])[0].tested[0]


def test_sections_keep_the_order_of_the_article() -> None:
    found = scoreboard.sections(sample_run.verdicts(), [])
    assert [section.title for section in found] == [
        "Lead", "Technical Deep Dive", "Risks, Limitations & Open Questions"
    ]  # fmt: skip
    assert [len(section.untested) for section in found] == [0, 1, 1]
    assert sum(found[0].counts.values()) == 3


def test_links_lead_only_to_pages_of_the_run() -> None:
    assert _c38().href == "02_training_cost.html#record"
    assert _c38(cell=None).href == "02_training_cost.html"
    assert _c38(notebook="elsewhere").href == ""
    assert _c38(notebook=None).href == ""


def test_every_declared_source_is_read_out() -> None:
    other = SOURCE | {"source": "epoch2026", "estimate": None, "reason": "", "direction": None}
    told = _c38(estimands=[{"id": "growth_rate", "sources": [SOURCE, other]}]).readings
    assert told == (
        "growth rate on cottier2024: 2.4× a year (2.1 to 2.8), supports",
        "growth rate on epoch2026: no evidence",
    )
    assert _c38(estimands=[{"id": "growth_rate", "sources": [SOURCE]}]).readings == ()


def test_a_verdict_without_numbers_has_an_empty_estimate() -> None:
    row = _c38(estimate=None, low=None, high=None, n=None, agree_share=None, grade=None, q=None)
    assert (row.value, row.interval, row.size, row.sure) == ("", "", "", ())


def test_counts_keep_zeros_and_unknown_verdicts() -> None:
    counts = scoreboard.counts(["mixed", "mixed", "new kind"])
    assert list(counts) == [*scoreboard.VERDICTS, "new kind"]
    assert counts["mixed"] == 2 and counts["supported"] == 0


def test_every_claim_of_the_ledger_can_be_shown() -> None:
    rows = verdicts.table(store.claims(), [], sample_run.AS_OF)
    found = scoreboard.sections(rows, [])
    assert sum(len(s.tested) + len(s.untested) for s in found) == len(rows) > 100
    assert set(scoreboard.VERDICTS) == set(verdicts.VERDICTS)
