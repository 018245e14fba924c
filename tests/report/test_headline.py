"""Sentences of the front page, written from verdicts."""

from __future__ import annotations

from typing import Any

import pytest
import sample_run

from analysis.claims import ledger
from analysis.report import headline


def _row(unit: str = "factor per year", **numbers: float | None) -> dict[str, Any]:
    return {"unit": unit, "estimate": None, "low": None, "high": None} | numbers


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (_row(estimate=2.41, low=2.1, high=2.78), "grew 2.4× a year (2.1 to 2.8)"),
        (_row(estimate=0.12, low=0.08, high=0.19), "fell 88 % a year (81 % to 92 %)"),
        (
            _row(estimate=1.1, low=0.9, high=1.4),
            "moved to 1.1 times the year before's (0.9 to 1.4: neither fall nor rise is shown)",
        ),
        (
            _row(estimate=0.9, low=0.7, high=1.2),
            "moved to 0.9 times the year before's (0.7 to 1.2: neither fall nor rise is shown)",
        ),
        (_row(estimate=0.5, low=None, high=0.8), "fell 50 % a year (at least 20 %)"),
        (
            _row(estimate=2.0, low=None, high=3.0),
            "moved to 2.0 times the year before's (up to 3.0: neither fall nor rise is shown)",
        ),
        (_row("USD", estimate=4e7), "is $40M"),
    ],
)
def test_change(row: dict[str, Any], text: str) -> None:
    assert headline.change(row).replace("\u00a0", " ") == text


def test_a_headline_claim_without_an_estimate_is_left_out() -> None:
    rows = sample_run.verdicts()
    assert len(headline.sentences(rows)) == 3
    next(row for row in rows if row["id"] == "c01")["estimands"][0]["sources"][0]["estimate"] = None
    assert len(headline.sentences(rows)) == 2


def test_every_headline_quantity_is_declared_in_the_ledger() -> None:
    for claim, estimand, _ in headline.SENTENCES:
        assert set(ledger.find(claim).estimand(estimand).sources) <= headline.SOURCES.keys()


def test_counts_read_well_at_the_ends() -> None:
    rows = sample_run.verdicts()
    untested = [
        row | {"verdict": "not yet tested", "estimate": None, "estimands": []} for row in rows
    ]
    assert headline.sentences(untested) == [
        "None of the 9 statements has been put to the test yet."
    ]
    one = [*untested[:-1], untested[-1] | {"verdict": "mixed"}]
    assert headline.sentences(one) == ["Of 9 statements, 1 has been put to the test: 1 mixed."]
