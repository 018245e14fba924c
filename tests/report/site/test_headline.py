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
            " OpenRouter (at least 20 %)",
        ),
        (
            [_on("price_lists", 1.1, 0.9, 1.4), _on("router", 0.9, 0.7, 1.2)],
            "shows no clear rise or fall: 1.1 times the year before's on price lists (95 %"
            " interval 0.9 to 1.4) and 0.9 times the year before's on OpenRouter (0.7 to 1.2)",
        ),
        (
            [_on("price_lists", 0.9, 0.7, 1.2), _on("router", 0.12, 0.08, 0.19)],
            "fell 88 % a year on OpenRouter (95 % interval 81 % to 92 %); elsewhere the interval"
            " includes no change: 0.9 times the year before's on price lists (0.7 to 1.2)",
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


def test_another_level_is_said() -> None:
    sources = [_on("router", 2.0, 1.5, 3.0), _on("price_lists", 2.0, 1.5, 3.0) | {"level": 0.9}]
    assert headline.changes(sources).replace("\u00a0", " ") == (
        "grew 2.0× a year on OpenRouter (95 % interval 1.5 to 3.0) and grew 2.0× a year on price"
        " lists (90 % interval 1.5 to 3.0)"
    )


@pytest.mark.parametrize(
    ("intervals", "decided", "undecided"),
    [
        ([(0.8, 0.9)], "No.", "Mostly not."),
        ([(0.8, 0.9), (0.5, 0.6)], "No.", "Mostly not."),
        ([(1.2, 1.3)], "Yes.", "Mostly yes."),
        ([(0.8, 0.9), (0.8, 1.2)], "Not clear.", "Not clear."),
        ([(0.8, 0.9), (1.2, 1.3)], "Not clear.", "Not clear."),
        ([(0.8, 1.2)], "Not clear.", "Not clear."),
    ],
)
def test_a_word_takes_a_direction_only_where_all_sources_do(
    intervals: list[tuple[float, float]], decided: str, undecided: str
) -> None:
    sources = [_on("router", (low + high) / 2, low, high) for low, high in intervals]
    assert headline.short(sources, decided=True) == decided
    assert headline.short(sources, decided=False) == undecided


def test_no_direction_while_a_declared_source_has_no_estimate() -> None:
    told = [_on("router", 0.85, 0.8, 0.9), _on("price_lists", 0.85, 0.8, 0.9) | {"estimate": None}]
    assert headline.short(told, decided=False) == "Not clear."


@pytest.mark.parametrize(
    ("changed", "q", "words"),
    [
        ({"estimate": None, "direction": None}, None, "a declared source has no estimate"),
        (
            {"direction": None},
            None,
            "not every interval lies wholly on one side of the rule's limit",
        ),
        ({"agree_share": 0.575}, None, "only 57.5 % of alternative measurements agree"),
        ({}, 0.45, "its q of 0.45, adjusted for the other hypotheses, is too high"),
        ({}, 0.01, "its page says why"),
    ],
)
def test_an_undecided_claim_says_what_is_missing(
    changed: dict[str, Any], q: float | None, words: str
) -> None:
    rows = sample_run.verdicts()
    row = next(row for row in rows if row["id"] == "c01")
    row |= {"verdict": "undecided", "q": q}
    measured = {"direction": "contradicted", "agree_share": 0.9}
    sources = row["estimands"][0]["sources"]
    sources[:] = [sources[0] | measured, sources[0] | measured | changed]
    judged = headline.answers(rows)[-1].judged.replace("\u00a0", " ")
    assert judged.endswith(f"is undecided: {words}.")


def test_a_decided_claim_needs_no_reason() -> None:
    rows = sample_run.verdicts()
    next(row for row in rows if row["id"] == "c01")["verdict"] = "contradicted"
    assert headline.answers(rows)[-1].judged.endswith("is contradicted.")


def test_a_headline_claim_without_an_estimate_is_left_out() -> None:
    rows = sample_run.verdicts()
    assert [answer.claim for answer in headline.answers(rows)] == ["c38", "c01"]
    next(row for row in rows if row["id"] == "c01")["estimands"][0]["sources"][0]["estimate"] = None
    assert [answer.claim for answer in headline.answers(rows)] == ["c38"]


def test_every_headline_quantity_is_declared_in_the_ledger() -> None:
    for question in headline.QUESTIONS:
        declared = ledger.find(question.claim).estimand(question.estimand)
        assert set(declared.sources) <= headline.SOURCES.keys()


def test_counts_read_well_at_the_ends() -> None:
    rows = sample_run.verdicts()
    untested = [
        row | {"verdict": "not yet tested", "estimate": None, "estimands": []} for row in rows
    ]
    assert headline.answers(untested) == []
    assert headline.tally(untested) == "None of the 9 statements has been put to the test yet."
    one = [*untested[:-1], untested[-1] | {"verdict": "mixed"}]
    assert headline.tally(one) == "Of 9 statements, 1 has been put to the test: 1 mixed."
    assert headline.tally(rows) == (
        "Of 9 statements, 6 have been put to the test: 2 supported, 2 contradicted, 1 mixed and "
        "1 undecided; 1 cannot be tested with public data."
    )
