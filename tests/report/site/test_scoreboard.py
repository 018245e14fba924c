"""Rows of the scoreboard."""

from __future__ import annotations

from typing import Any

import sample_run

from analysis.claims import store, verdicts
from analysis.report.site import scoreboard


def _c38(**changes: Any) -> scoreboard.Row:
    row = next(row for row in sample_run.verdicts() if row["id"] == "c38") | changes
    return scoreboard.row(row)


def test_sections_keep_the_order_of_the_article() -> None:
    found = scoreboard.sections(sample_run.verdicts(), {"c38": "2026-06-30"})
    assert [section.title for section in found] == [
        "Lead", "Technical Deep Dive", "Risks, Limitations & Open Questions"
    ]  # fmt: skip
    assert [len(section.untested) for section in found] == [0, 1, 1]
    assert sum(found[0].counts.values()) == 3


def test_rows_tell_since_when() -> None:
    (_, deep, _) = scoreboard.sections(sample_run.verdicts(), {"c38": "2026-06-30"})
    assert {row.id: row.since for row in deep.tested} == {
        "c18": "", "c25": "", "c38": "2026-06-30", "c39": ""
    }  # fmt: skip


def test_links_lead_only_to_pages_of_the_run() -> None:
    linked = {"02_training_cost"}
    assert scoreboard.cell("02_training_cost", "record", linked) == "02_training_cost.html#record"
    assert scoreboard.cell("02_training_cost", None, linked) == "02_training_cost.html"
    assert scoreboard.cell("elsewhere", "record", linked) == ""
    assert scoreboard.cell(None, None, linked) == ""


def test_a_verdict_without_numbers_has_an_empty_estimate() -> None:
    row = _c38(estimate=None, low=None, high=None, n=None, agree_share=None, grade=None, q=None)
    assert (row.value, row.interval, row.size, row.sure) == ("", "", "", ())


def test_counts_keep_zeros_and_unknown_verdicts() -> None:
    counts = scoreboard.counts(["mixed", "mixed", "new kind"])
    assert list(counts) == [*scoreboard.VERDICTS, "new kind"]
    assert counts["mixed"] == 2 and counts["supported"] == 0


def test_every_claim_of_the_ledger_can_be_shown() -> None:
    rows = verdicts.table(store.claims(), [], sample_run.AS_OF)
    found = scoreboard.sections(rows)
    assert sum(len(s.tested) + len(s.untested) for s in found) == len(rows) > 100
    assert set(scoreboard.VERDICTS) == set(verdicts.VERDICTS)


def test_a_verdict_from_before_its_rule_is_a_hindcast() -> None:
    verdict = next(row for row in sample_run.verdicts() if row["id"] == "c38")
    known = {day: scoreboard.row(verdict, day).hindcast for day in ("", "2026-10-31", "2026-11-01")}
    assert known == {"": False, "2026-10-31": True, "2026-11-01": False}
