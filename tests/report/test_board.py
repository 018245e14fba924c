"""Tables of the scoreboard, from verdict rows."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.claims import ledger
from analysis.claims.verdicts import table
from analysis.report import board


@pytest.fixture(scope="module")
def verdicts() -> pd.DataFrame:
    """The real ledger with evidence for three claims, recorded as a notebook would."""
    growth = {"estimand": "growth", "agree_share": 0.9, "specifications": 60}
    evidence = [
        ledger.record("x01", 0, None, "count", 1, estimand="difference", source="article"),
        *(
            ledger.record("c38", 2.4, (1.8, 3.1), "factor per year", 45, source=source, **growth)
            for source in ("cottier2024", "epoch2026")
        ),
    ]
    return pd.DataFrame(table(ledger.claims(), evidence))


def test_counts_add_up(verdicts: pd.DataFrame) -> None:
    counted = board.counts(verdicts)
    assert counted["all"].sum() == len(verdicts) == len(ledger.claims())
    assert counted["supported"].sum() == 2


def test_decided_claims_show_estimate_and_reason(verdicts: pd.DataFrame) -> None:
    shown = board.decided(verdicts).set_index("claim")
    assert shown.loc["c38", "verdict"] == "supported"
    assert shown.loc["c38", "estimate"].startswith("2.4×")
    assert shown.loc["c38", "n"] == "45"
    assert "c01" not in shown.index


def test_every_hypothesis_is_listed_once_in_order(verdicts: pd.DataFrame) -> None:
    members = board.hypotheses(verdicts)
    assert list(members["member"]) == [f"H{number}" for number in range(1, 13)]


def test_agreement_has_a_row_for_each_source(verdicts: pd.DataFrame) -> None:
    rows = board.robustness(verdicts)
    assert list(rows["source"]) == ["cottier2024", "epoch2026"]
    assert set(rows["agree"]) == {"90\N{NO-BREAK SPACE}%"}


def test_waiting_claims_are_counted_by_notebook(verdicts: pd.DataFrame) -> None:
    waiting = board.waiting(verdicts)
    untested = verdicts[verdicts["verdict"] == "not yet tested"]
    assert waiting["number"].sum() == len(untested)
    assert "c01" in waiting.set_index("notebook").loc["03_inference_price", "claims"]


def test_by_knowledge_adds_up(verdicts: pd.DataFrame) -> None:
    table = board.by_knowledge(verdicts)
    assert table["all"].sum() == len(verdicts)
    assert set(table["when the rule was frozen"]) <= set(board._KNEW.values())


def test_after_freezing_needs_later_data_and_an_estimate(verdicts: pd.DataFrame) -> None:
    assert board.after_freezing(verdicts.assign(as_of="2026-11-23")).empty
    later = board.after_freezing(verdicts.assign(as_of="2027-01-01"))
    assert set(later["id"]) == {"x01", "c38"}


def test_closed_claims_say_why(verdicts: pd.DataFrame) -> None:
    table = board.closed(verdicts)
    assert set(table["claim"]) == set(verdicts.loc[verdicts["verdict"] == "untestable", "id"])
    assert table["why"].str.len().min() > 20


def test_agreement_counts_curves(verdicts: pd.DataFrame) -> None:
    (row,) = board.agreement(verdicts).to_dict("records")
    assert row == {
        "verdict": "supported",
        "curves": 2,
        "claims": 1,
        "specifications": 120,
        "80 % or more agree": 2,
    }
