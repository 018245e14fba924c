"""False-discovery control over the twelve pre-registered hypotheses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.claims.model import FAMILY, Claim, Evidence

MAX_Q = 0.10


def p_value(claim: Claim, evidence: Iterable[Evidence]) -> float:
    """The largest p over the primary sources of a claim's first estimand.

    A declared source without a p counts as p = 1, since all of them must agree.
    """
    first = claim.estimands[0]
    recorded = {e.source: e.p_value for e in evidence if e.key[:2] == (claim.id, first.id)}
    values = [recorded.get(source) for source in first.sources]
    return max(1.0 if value is None else value for value in values)


def members(claims: Mapping[str, Claim], evidence: Iterable[Evidence]) -> dict[str, float]:
    """The p-value of each hypothesis H1 to H12; one without evidence counts as p = 1.

    Where several claims rest on one hypothesis, the largest p of those tested stands for it.
    """
    records = list(evidence)
    tested = {record.claim for record in records}
    found: dict[str, list[float]] = {member: [] for member in FAMILY}
    for claim in claims.values():
        if claim.family and claim.id in tested and claim.estimands:
            found[claim.family].append(p_value(claim, records))
    return {member: max(values, default=1.0) for member, values in found.items()}


def q_values(claims: Mapping[str, Claim], evidence: Iterable[Evidence]) -> dict[str, float]:
    """Benjamini-Hochberg adjusted q of each hypothesis, always over all twelve.

    Source: Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.
    """
    from analysis.methods import multiplicity

    p = members(claims, evidence)
    adjusted = multiplicity.adjust(list(p.values()), "BH")
    return dict(zip(p, (float(q) for q in adjusted), strict=True))
