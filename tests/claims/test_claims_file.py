"""The ledger of the collection itself."""

from __future__ import annotations

from collections import Counter

import pytest

from analysis.claims import lock, schemas, store, verdicts
from analysis.claims.model import FAMILY, SECTIONS, Claim


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    return store.claims()


def test_every_statement_of_the_article_is_there(claims: dict[str, Claim]) -> None:
    numbered = {f"c{i:02}" for i in range(1, 86)} | {f"x{i:02}" for i in range(1, 15)}
    assert numbered | {"p1", "p2", "p3a", "p3b"} <= claims.keys()
    assert {claim.section for claim in claims.values()} == set(SECTIONS)


def test_the_rules_are_those_that_were_frozen() -> None:
    lock.check()


def test_each_hypothesis_of_the_family_is_one_claim(claims: dict[str, Claim]) -> None:
    members = Counter(claim.family for claim in claims.values() if claim.family)
    assert members == Counter(FAMILY)


def test_what_can_be_tested_names_where(claims: dict[str, Claim]) -> None:
    homeless = [c.id for c in claims.values() if not c.untestable and not c.notebook]
    assert homeless == []


def test_predictions_have_a_window(claims: dict[str, Claim]) -> None:
    endless = [c.id for c in claims.values() if c.kind == "prediction" and not c.window_end]
    assert endless == []


def test_without_evidence_nothing_has_a_verdict(claims: dict[str, Claim]) -> None:
    rows = verdicts.table(claims, [])
    schemas.check("claims", rows)
    assert {row["verdict"] for row in rows} == {"not yet tested", "untestable"}
    assert [row["id"] for row in rows] == list(claims)
