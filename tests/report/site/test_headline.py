"""Sentences of the front page, written from verdicts."""

from __future__ import annotations

from typing import Any

import pytest
import sample_run

from analysis.claims import ledger
from analysis.report.site import headline


def _on(source: str, estimate: float, low: float | None, high: float | None) -> dict[str, Any]:
    return {"source": source, "estimate": estimate, "low": low, "high": high, "level": 0.95}


@pytest.mark.parametrize(
    ("sources", "text"),
    [
        (
            [_on("router", 2.41, 2.1, 2.78)],
            "grew 2.4× a year on OpenRouter (95 % interval 2.1 to 2.8)",
        ),
        (
            [_on("price_lists", 0.12, 0.08, 0.19), _on("router", 0.5, None, 0.8)],
            "fell 88 % a year on price lists (95 % interval 81 % to 92 %) and fell 50 % a year on"
            " OpenRouter (95 % interval at least 20 %)",
        ),
        (
            [_on("price_lists", 1.1, 0.9, 1.4), _on("router", 0.9, 0.7, 1.2)],
            "shows no clear rise or fall: 1.1 times the year before's on price lists (95 %"
            " interval 0.9 to 1.4) and 0.9 times the year before's on OpenRouter (95 % interval"
            " 0.7 to 1.2)",
        ),
        (
            [_on("price_lists", 0.9, 0.7, 1.2), _on("router", 0.12, 0.08, 0.19)],
            "fell 88 % a year on OpenRouter (95 % interval 81 % to 92 %); elsewhere no clear"
            " change: 0.9 times the year before's on price lists (95 % interval 0.7 to 1.2)",
        ),
        (
            [_on("router", 2.0, None, 3.0)],
            "shows no clear rise or fall: 2.0 times the year before's on OpenRouter (95 %"
            " interval up to 3.0)",
        ),
    ],
)
def test_changes(sources: list[dict[str, Any]], text: str) -> None:
    assert headline.changes(sources).replace("\u00a0", " ") == text


def test_an_undecided_claim_says_what_is_missing() -> None:
    rows = sample_run.verdicts()
    row = next(row for row in rows if row["id"] == "c01")
    for verdict, direction, words in (
        ("undecided", "contradicted", "is undecided, because too few specifications agree."),
        ("undecided", None, "is undecided, because the intervals are too wide."),
        ("contradicted", "contradicted", "is contradicted."),
    ):
        row["verdict"] = verdict
        for source in row["estimands"][0]["sources"]:
            source["direction"] = direction
        assert headline.sentences(rows)[-1].endswith(words)


def test_a_headline_claim_without_an_estimate_is_left_out() -> None:
    rows = sample_run.verdicts()
    assert len(headline.sentences(rows)) == 3
    next(row for row in rows if row["id"] == "c01")["estimands"][0]["sources"][0]["estimate"] = None
    assert len(headline.sentences(rows)) == 2


def test_every_headline_quantity_is_declared_in_the_ledger() -> None:
    for claim, estimand, *_ in headline.SENTENCES:
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
