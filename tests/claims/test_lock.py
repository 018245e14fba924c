from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_ledgers import claim, exact, growth

from analysis.claims import lock
from analysis.claims.model import Claim
from analysis.errors import ClaimError


def ledger(*rows: dict[str, Any]) -> dict[str, Claim]:
    return {row["id"]: claim(row) for row in rows}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return lock.write(ledger(growth(), exact()), tmp_path / "claims.lock")


def amended(**changes: Any) -> dict[str, Any]:
    """The claim of ``growth`` with a changed rule and the amendment that fits."""
    was, now = lock.rule_hash(claim(growth())), lock.rule_hash(claim(growth(**changes)))
    amendment = {"date": "2026-12-01", "reason": "A typing error", "was": was, "now": now}
    return growth(**changes, amendments=[amendment])


def test_a_fresh_lock_is_in_step_and_sorted(path: Path) -> None:
    lock.check(ledger(exact(), growth()), path)
    lines = path.read_text().splitlines()
    assert lines == sorted(lines)
    assert lines[1] == f"c38: {lock.rule_hash(claim(growth()))}"


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "Growth at all"},
        {"estimands": [growth()["estimands"][0] | {"supported_if": "low > 1.2"}]},
        {"estimands": [growth()["estimands"][0] | {"sources": ["cottier"]}]},
        {"estimands": [growth()["estimands"][0] | {"means": "something else"}]},
        {"unit": "factor per month"},
        {"family": "H4"},
        {"decision": "function", "function": "every_estimand"},
        {"untestable": "No series"},
        {"knew": "nothing"},
        {"frozen_on": "2026-01-01"},
    ],
)
def test_a_rule_that_was_tampered_with_is_found(path: Path, changes: dict[str, Any]) -> None:
    claims = ledger(growth(**changes), exact())
    with pytest.raises(ClaimError, match="c38: the rule changed without a fitting amendment"):
        lock.check(claims, path)
    before = path.read_bytes()
    with pytest.raises(ClaimError, match="is not written"):
        lock.write(claims, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "changes",
    [{"says": "Costs grew"}, {"place": "Line 3"}, {"would_change": "More data"}, {"tables": ["x"]}],
)
def test_descriptions_may_be_improved(path: Path, changes: dict[str, Any]) -> None:
    lock.check(ledger(growth(**changes), exact()), path)


def test_an_amendment_allows_a_change_and_keeps_the_first_hash(path: Path) -> None:
    row = amended(rule="Growth of more than ten times in 3.6 years")
    claims = ledger(row, exact())
    with pytest.raises(ClaimError, match="c38: not frozen yet"):
        lock.check(claims, path)
    lock.write(claims, path)
    lock.check(claims, path)
    change = row["amendments"][0]
    assert lock.read(path)["c38"] == (change["was"], change["now"])


def test_amendments_follow_on_each_other(path: Path) -> None:
    first = amended(rule="Growth")
    now = lock.rule_hash(claim(growth(rule="More growth")))
    follow = {"date": "2026-12-02", "reason": "Clearer", "was": "0" * 64, "now": now}
    row = growth(rule="More growth", amendments=[*first["amendments"], follow])
    with pytest.raises(ClaimError, match="2026-12-02 does not follow"):
        lock.write(ledger(row, exact()), path)
    follow["was"] = first["amendments"][0]["now"]
    row = growth(rule="More growth", amendments=[*first["amendments"], follow])
    lock.write(ledger(row, exact()), path)
    assert len(lock.read(path)["c38"]) == 3


def test_an_amendment_cannot_be_taken_back(path: Path) -> None:
    lock.write(ledger(amended(rule="Growth"), exact()), path)
    with pytest.raises(ClaimError, match="c38: the rule changed"):
        lock.check(ledger(growth(), exact()), path)


def test_an_amendment_of_another_rule_does_not_fit(path: Path) -> None:
    row = amended(rule="Growth") | {"rule": "Growth at all"}
    with pytest.raises(ClaimError, match="c38: the rule changed"):
        lock.check(ledger(row, exact()), path)


def test_a_frozen_claim_cannot_be_dropped(path: Path) -> None:
    with pytest.raises(ClaimError, match="c38: frozen, but no longer in the ledger"):
        lock.check(ledger(exact()), path)
    with pytest.raises(ClaimError, match="c38: frozen, but no longer in the ledger"):
        lock.write(ledger(exact()), path)


def test_a_new_claim_is_frozen_when_it_is_written(path: Path) -> None:
    claims = ledger(growth(), exact(), exact(id="x01"))
    with pytest.raises(ClaimError, match="x01: not frozen yet"):
        lock.check(claims, path)
    lock.write(claims, path)
    lock.check(claims, path)


@pytest.mark.parametrize("text", ["c38", "c38: \n", "c38: a\nc38: b\n"])
def test_a_broken_lock_is_named(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(ClaimError, match=r"claims\.lock, line \d: expected one `id: hash`"):
        lock.read(path)


def test_a_missing_lock_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ClaimError, match="reckon claims --freeze"):
        lock.check(ledger(growth()), tmp_path / "claims.lock")
