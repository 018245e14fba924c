"""The scoreboard: one row a claim, in the order of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from analysis.claims import family, store
from analysis.claims.judge import UNTESTED, VERDICTS, Verdict, decide
from analysis.claims.lock import rule_hash
from analysis.claims.model import Claim, Evidence
from analysis.claims.readings import EstimandReading, Reading

__all__ = ["UNTESTED", "VERDICTS", "Verdict", "decide", "decide_all", "table"]


def decide_all(
    claims: Mapping[str, Claim],
    evidence: Iterable[Evidence | Mapping[str, Any]],
    as_of: date | None = None,
) -> dict[str, Verdict]:
    """The verdict on every claim, with false-discovery control over the pre-registered family.

    Evidence may be records or the dictionaries they are stored as. Without ``as_of`` the day is
    the newest that the evidence names.
    """
    records = [e if isinstance(e, Evidence) else store.parse(e) for e in evidence]
    hashes = {name: rule_hash(claim) for name, claim in claims.items()}
    current = [record for record in records if hashes.get(record.claim) == record.rule_hash]
    q = family.q_values(claims, current)
    day = as_of or newest(records)
    of_claim: dict[str, list[Evidence]] = {name: [] for name in claims}
    for record in records:
        of_claim.setdefault(record.claim, []).append(record)
    return {
        name: decide(claim, of_claim[name], q.get(claim.family or ""), day)
        for name, claim in claims.items()
    }


def table(
    claims: Mapping[str, Claim],
    evidence: Iterable[Evidence | Mapping[str, Any]],
    as_of: date | None = None,
) -> list[dict[str, Any]]:
    """One row of plain JSON values for each claim.

    Fields as in ``schemas/claims.schema.json``; ``estimands`` holds what every declared source
    said.
    """
    records = list(evidence)
    decided = decide_all(claims, records, as_of)
    day = as_of or newest(e for verdict in decided.values() for e in verdict.evidence)
    return [_row(claims[name], verdict, day) for name, verdict in decided.items()]


def newest(evidence: Iterable[Evidence]) -> date | None:
    """The latest ``as_of`` that any evidence names."""
    return max((record.as_of for record in evidence if record.as_of), default=None)


def _row(claim: Claim, verdict: Verdict, as_of: date | None) -> dict[str, Any]:
    head = verdict.headline
    return {
        "id": claim.id,
        "section": claim.section,
        "place": claim.place,
        "kind": claim.kind,
        "says": claim.says,
        "quantity": claim.quantity,
        "verdict": verdict.verdict,
        "estimate": verdict.estimate,
        "low": verdict.low,
        "high": verdict.high,
        "level": head.level if head else None,
        "unit": verdict.unit or claim.unit,
        "n": verdict.n,
        "notebook": (head and head.notebook) or claim.notebook,
        "cell": head.cell if head else None,
        "rule": claim.rule,
        "decision": claim.decision,
        "frozen_on": claim.frozen_on.isoformat(),
        "knew": claim.knew,
        "amendments": [amendment.model_dump(mode="json") for amendment in claim.amendments],
        "grade": verdict.grade,
        "agree_share": verdict.agree_share,
        "family": claim.family,
        "q": verdict.q,
        "pseudo_vintage": verdict.pseudo_vintage,
        "reason": verdict.reason,
        "note": head.reason if head else "",
        "would_change": (head and head.would_change) or claim.would_change,
        "as_of": as_of.isoformat() if as_of else None,
        "estimands": [_estimand(reading) for reading in verdict.readings],
    }


def _estimand(reading: EstimandReading) -> dict[str, Any]:
    return {
        "id": reading.estimand.id,
        "means": reading.estimand.means,
        "supported_if": reading.estimand.supported_if,
        "contradicted_if": reading.estimand.contradicted_if,
        "outcome": reading.outcome,
        "sources": [_source(source) for source in reading.sources],
    }


def _source(reading: Reading) -> dict[str, Any]:
    found = reading.evidence.as_dict() if reading.evidence else {}
    kept = (
        "estimate", "low", "high", "level", "unit", "n", "p_value", "agree_share",
        "specifications", "grade", "method", "reason", "pseudo_vintage", "notebook", "cell",
    )  # fmt: skip
    return {
        "source": reading.source,
        "direction": reading.direction,
        "clause": reading.clause,
        **{name: found.get(name) for name in kept},
    }
