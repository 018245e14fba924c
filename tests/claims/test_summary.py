from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_ledgers import claim, exact, found, growth

from analysis.claims import lock, schemas, summary
from analysis.claims.model import Claim, Evidence
from analysis.errors import ClaimError, UnknownNameError

AS_OF = date(2026, 11, 23)


@pytest.fixture
def claims() -> dict[str, Claim]:
    return {"c38": claim(growth()), "c18": claim(exact())}


@pytest.fixture
def evidence(claims: dict[str, Claim]) -> list[Evidence]:
    target = claims["c38"]
    frames = Evidence(
        claim="c18", estimate=1800, unit="frames", n=1, rule_hash=lock.rule_hash(claims["c18"])
    )
    return [
        found(target, "epoch", 2.1, 2.9, detail={"r_squared": 0.61, "shares": [0.25, 0.75]}),
        found(target, "cottier", 2.0, 3.1, p_value=0.0123456789),
        frames,
    ]


@pytest.fixture
def built(claims: dict[str, Claim], evidence: list[Evidence]) -> dict[str, Any]:
    return summary.build(evidence, as_of=AS_OF, claims=claims, headline={"growth": 2.43219999})


def test_a_summary_counts_verdicts_and_fits_its_schema(built: dict[str, Any]) -> None:
    schemas.check("summary", built)
    schemas.check("claims", built["verdicts"])
    head = built["headline"]
    assert (head["claims"], head["supported"], head["not yet tested"]) == (2, 2, 0)
    assert head["growth"] == 2.4322


def test_the_order_of_the_evidence_does_not_matter(
    claims: dict[str, Claim], evidence: list[Evidence], tmp_path: Path
) -> None:
    files = []
    for name, records in (("a", evidence), ("b", [e.as_dict() for e in evidence[::-1]])):
        built = summary.build(records, as_of=AS_OF, claims=claims)
        files.append(summary.write(built, tmp_path / name).read_bytes())
    assert files[0] == files[1]
    assert b"0.0123457" in files[0]


def test_a_summary_is_read_as_it_was_written(built: dict[str, Any], tmp_path: Path) -> None:
    path = summary.write(built, tmp_path / "summary.json")
    assert summary.read(path) == built
    assert summary.compare(built, summary.read(path)) == []


@pytest.mark.parametrize("text", ["", "[]", '{"as_of": null}'])
def test_what_is_not_a_summary_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "summary.json"
    path.write_text(text)
    with pytest.raises(ClaimError, match=r"summary\.json"):
        summary.read(path)


def test_a_broken_record_never_enters_a_summary(
    claims: dict[str, Claim], evidence: list[Evidence]
) -> None:
    with pytest.raises(ClaimError, match="n: "):
        summary.build([evidence[0].as_dict() | {"n": -3}], claims=claims)


def test_differences_are_told_in_words(built: dict[str, Any], claims: dict[str, Claim]) -> None:
    after = copy.deepcopy(built)
    after["as_of"] = "2026-12-01"
    after["headline"]["growth"] = 2.5
    after["verdicts"][0]["verdict"] = "mixed"
    after["verdicts"].pop()
    after["evidence"][1]["estimate"] = 2.6
    after["evidence"][2]["detail"]["shares"][1] = 0.7
    after["evidence"].pop(0)
    assert summary.compare(built, after) == [
        "as_of: 2026-12-01, it was 2026-11-23",
        "headline, growth: 2.5, it was 2.4322",
        "claim c18: the verdict is not in the ledger, it was supported",
        "claim c38: the verdict is mixed, it was supported",
        "evidence c18 main/main: no longer recorded",
        "evidence c38 growth/cottier, estimate: 2.6, it was 2.55",
        "evidence c38 growth/epoch, detail, shares, item 2: 0.7, it was 0.75",
    ]


def test_new_evidence_is_a_difference(built: dict[str, Any]) -> None:
    before = copy.deepcopy(built)
    before["evidence"].pop(0)
    assert summary.compare(before, built) == ["evidence c18 main/main: new"]


@pytest.mark.parametrize(
    ("field", "value", "differs"),
    [
        ("estimate", 2.55001, False),
        ("estimate", 2.55003, True),
        ("estimate", None, True),
        ("n", 41, True),
        ("grade", "B", True),
        ("pseudo_vintage", True, True),
        ("rule_hash", "0" * 64, True),
        ("reason", "Said otherwise", False),
        ("cell", "a1b2", False),
    ],
)
def test_a_last_digit_and_a_turn_of_phrase_are_no_difference(
    built: dict[str, Any], field: str, value: Any, differs: bool
) -> None:
    after = copy.deepcopy(built)
    after["evidence"][1][field] = value
    assert bool(summary.compare(built, after)) is differs


def test_a_wider_tolerance_may_be_asked_for(built: dict[str, Any]) -> None:
    after = copy.deepcopy(built)
    after["evidence"][1]["estimate"] *= 1.005
    assert summary.compare(built, after)
    assert summary.compare(built, after, rel=0.01) == []


def test_the_latest_run_comes_before_the_committed_summary(
    ledger_of: Callable[..., Path], built: dict[str, Any], evidence: list[Evidence]
) -> None:
    root = ledger_of(growth(), exact())
    assert [row["verdict"] for row in summary.latest_table()] == ["not yet tested"] * 2
    summary.write(built)
    rows = summary.latest_table()
    assert [row["verdict"] for row in rows] == ["supported", "supported"]
    assert rows[0]["as_of"] == "2026-11-23"
    (root / "reports" / "latest").mkdir()
    latest = root / "reports" / "latest" / "evidence.json"
    latest.write_text(json.dumps([evidence[2].as_dict()]), encoding="utf-8")
    latest.with_name("run.json").write_text('{"as_of": "2025-06-30"}', encoding="utf-8")
    rows = summary.latest_table()
    schemas.check("claims", rows)
    assert [row["verdict"] for row in rows] == ["not yet tested", "supported"]
    assert {row["as_of"] for row in rows} == {"2025-06-30"}


def test_the_schema_of_evidence_has_the_fields_of_the_record(evidence: list[Evidence]) -> None:
    schema = schemas.load("evidence")
    assert list(schema["properties"]) == list(Evidence.model_fields)
    schemas.check("evidence", evidence[0].as_dict())
    with pytest.raises(ClaimError, match=r"evidence\['grade'\]: 'D' is not one of"):
        schemas.check("evidence", evidence[0].as_dict() | {"grade": "D"})
    with pytest.raises(ClaimError, match="Additional properties"):
        schemas.check("evidence", evidence[0].as_dict() | {"colour": "red"})


def test_the_schema_of_claims_asks_for_every_field_of_the_table(built: dict[str, Any]) -> None:
    row = schemas.load("claims")["items"]
    assert row["required"] == list(row["properties"])
    assert set(row["properties"]) == set(built["verdicts"][0])


def test_an_unknown_schema_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'evidence'"):
        schemas.load("evidense")
