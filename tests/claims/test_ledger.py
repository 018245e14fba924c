from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_ledgers import claim, estimand, exact, found, growth

from analysis.claims import ledger, lock, recording, schemas, store
from analysis.errors import ClaimError, UnknownNameError

Ledger = Callable[..., Path]


def record(**changes: Any) -> Any:
    """A record on the claim of ``growth`` that passes, with some arguments changed."""
    values: dict[str, Any] = {
        "claim": "c38",
        "estimate": 2.4,
        "interval": (2.0, 3.1),
        "unit": "factor per year",
        "n": 45,
        "estimand": "growth",
        "source": "cottier",
    }
    return ledger.record(**(values | changes))


def test_a_record_is_rounded_and_carries_the_hash_of_its_rule(ledger_of: Ledger) -> None:
    ledger_of(growth())
    evidence = record(estimate=np.float64(2.412345678), n=np.int64(45), as_of=date(2026, 11, 23))
    assert (evidence.estimate, evidence.n, evidence.level) == (2.41235, 45, 0.95)
    assert evidence.rule_hash == lock.rule_hash(ledger.claims()["c38"])
    schemas.check("evidence", evidence.as_dict())


def test_facts_go_without_interval_and_truth_counts_as_one(ledger_of: Ledger) -> None:
    ledger_of(exact(unit="yes or no"))
    evidence = ledger.record("c18", True, None, "yes or no", 1)
    assert (evidence.estimate, evidence.level) == (1.0, None)


def test_an_infinite_end_is_an_open_one(ledger_of: Ledger) -> None:
    ledger_of(growth())
    evidence = record(interval=(2.0, math.inf))
    assert (evidence.low, evidence.high) == (2.0, None)


def test_no_estimate_needs_a_reason(ledger_of: Ledger) -> None:
    ledger_of(growth())
    evidence = record(estimate=None, interval=None, n=2, reason="Only two runs are known.")
    assert evidence.estimate is None
    with pytest.raises(ClaimError, match="where there is none"):
        record(estimate=None, interval=None, n=2)


def test_a_draft_is_in_no_report_and_takes_no_evidence(ledger_of: Ledger) -> None:
    ledger_of(growth(draft=True), exact())
    assert (list(ledger.claims()), list(store.drafts())) == (["c18"], ["c38"])
    with pytest.raises(ClaimError, match="c38: still a draft; take `draft: true` out"):
        record()


def test_a_frozen_claim_does_not_become_a_draft_again(ledger_of: Ledger, tmp_path: Path) -> None:
    ledger_of(growth(), exact())
    path = lock.write(path=tmp_path / "some.lock")
    ledger_of(growth(draft=True), exact())
    with pytest.raises(ClaimError, match="c38: frozen, but no longer in the ledger"):
        lock.check(path=path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"claim": "c83"}, "unknown claim 'c83'; did you mean 'c38'?"),
        ({"estimand": "grwth"}, "unknown estimand of claim c38 'grwth'; did you mean 'growth'?"),
        ({"source": "epoc"}, "estimand growth 'epoc'; did you mean 'epoch'?"),
        ({"unit": "factor per month"}, "'factor per month'; did you mean 'factor per year'?"),
        ({"unit": "%"}, "valid: factor per year"),
    ],
)
def test_names_outside_the_ledger_get_a_suggestion(
    ledger_of: Ledger, changes: dict[str, Any], message: str
) -> None:
    ledger_of(growth())
    with pytest.raises(UnknownNameError) as raised:
        record(**changes)
    assert message in str(raised.value)
    assert ledger.session == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"estimate": math.nan}, "source cottier: estimate: "),
        ({"estimate": math.inf}, "source cottier: estimate: "),
        ({"estimate": "2.4 per year"}, "source cottier: estimate: "),
        ({"interval": (3.1, 2.0)}, "interval: low must be at most high"),
        ({"interval": (math.nan, 2.0)}, "interval: low must be at most high"),
        ({"interval": 2.0}, r"interval: expected \(low, high\)"),
        ({"interval": None}, "interval: the rule compares high and low"),
        ({"n": -1}, "n: "),
        ({"n": 4.5}, "n: "),
        ({"grade": "D"}, "grade: "),
        ({"agree_share": 80}, "agree_share: "),
        ({"p_value": -0.1}, "p_value: "),
        ({"level": 95}, "level: "),
        ({"detail": {"x": math.nan}}, "detail: nan is not a finite number"),
        ({"detail": {"x": object()}}, "detail: "),
    ],
)
def test_values_out_of_range_are_named(
    ledger_of: Ledger, changes: dict[str, Any], message: str
) -> None:
    ledger_of(growth())
    with pytest.raises(ClaimError, match=message):
        record(**changes)


def test_an_estimand_may_have_a_unit_of_its_own(ledger_of: Ledger) -> None:
    ledger_of(growth(estimands=[estimand("growth", "cottier", unit="FLOP per year")]))
    assert record(unit="FLOP per year").unit == "FLOP per year"
    with pytest.raises(UnknownNameError, match="did you mean 'FLOP per year'"):
        record()


def test_recording_again_replaces_the_earlier_record(ledger_of: Ledger) -> None:
    ledger_of(growth())
    record()
    record(source="epoch")
    record(estimate=2.5)
    assert [(e.source, e.estimate) for e in ledger.session] == [("epoch", 2.4), ("cottier", 2.5)]


def test_in_a_notebook_the_card_shows_at_once_and_only_once(
    ledger_of: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    import IPython
    import IPython.display

    ledger_of(growth())
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: object())
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: shown.append(data))
    evidence = record()
    (bundle,) = shown
    assert bundle[recording.MIME] == json.loads(json.dumps(evidence.as_dict()))
    assert bundle["text/html"].startswith("<section")
    assert bundle["text/plain"].startswith("c38 (growth on cottier): 2.4× per year")
    assert evidence._ipython_display_() is None
    assert len(shown) == 1


def test_evidence_of_this_run_comes_before_the_committed_summary(
    ledger_of: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = ledger_of(growth())
    target = ledger.claims()["c38"]
    old, new = (found(target, name, 2.0, 3.1).as_dict() for name in ("cottier", "epoch"))
    summary: dict[str, Any] = {"as_of": None, "headline": {}, "verdicts": [], "evidence": [old]}
    (root / "reports" / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert ledger.evidence() == [old]
    run = tmp_path / "run"
    run.mkdir()
    (run / "02_training_cost.json").write_text(json.dumps([new]), encoding="utf-8")
    monkeypatch.setenv("RECKON_EVIDENCE", str(run))
    assert ledger.evidence() == [new]


def test_without_evidence_the_log_says_so(
    ledger_of: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    ledger_of(growth())
    with caplog.at_level(logging.WARNING):
        assert ledger.evidence() == []
    assert "run the notebooks first" in caplog.text
    frame = ledger.verdicts()
    assert list(frame["verdict"]) == ["not yet tested"]


@pytest.mark.parametrize("content", ["[", "{}", '[{"claim": "c38"}]', "[1]"])
def test_a_broken_file_of_evidence_is_named(
    ledger_of: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    ledger_of(growth())
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    monkeypatch.setenv("RECKON_EVIDENCE", str(tmp_path))
    with pytest.raises(ClaimError, match=r"x\.json"):
        ledger.evidence()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (growth(kind="guess"), "claim c38: kind: "),
        (growth(colour="red"), "claim c38: colour: "),
        (growth(says=" "), "claim c38: says: "),
        (growth(estimands=[]), "declares at least one estimand"),
        (growth(estimands=[estimand("a", "x"), estimand("a", "y")]), "the same id"),
        (growth(estimands=[estimand("a")]), "estimands.0.sources: "),
        (growth(estimands=[{"id": "a"}]), "neither supported_if nor contradicted_if"),
        (growth(estimands=[estimand("a", "x", supported_if="n > 3")]), "is not a comparison"),
        (growth(decision="fact"), "'fact' does not compare high or low"),
        (exact(decision="interval"), "'interval' does not compare estimate"),
        (growth(decision="function"), "function goes with decision: function"),
        (growth(decision="function", function="every"), "did you mean 'every_estimand'"),
        (growth(family="H13"), "claim c38: family: "),
    ],
)
def test_a_malformed_claim_is_named(ledger_of: Ledger, row: dict[str, Any], message: str) -> None:
    ledger_of(row)
    with pytest.raises(ClaimError, match=message):
        ledger.claims()


def test_an_id_is_used_once(ledger_of: Ledger) -> None:
    ledger_of(growth(), growth())
    with pytest.raises(ClaimError, match="claim c38: the id is used twice"):
        ledger.claims()


@pytest.mark.parametrize("text", ["", "- [", "c38: {}", "\xe9"])
def test_a_broken_ledger_is_named(ledger_of: Ledger, text: str) -> None:
    root = ledger_of(growth())
    (root / "data" / "claims.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ClaimError, match=r"claims\.yaml"):
        ledger.claims()


def test_the_ledger_is_read_again_when_it_changed(ledger_of: Ledger) -> None:
    ledger_of(growth())
    assert list(ledger.claims()) == ["c38"]
    path = store.paths.data() / "claims.yaml"
    path.write_text(path.read_text().replace("c38", "c39") + "\n", encoding="utf-8")
    assert list(ledger.claims()) == ["c39"]


def test_a_claim_finds_its_estimand() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'growth'"):
        claim(growth()).estimand("grow")
