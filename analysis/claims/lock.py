"""``data/claims.lock``: the hash of every claim's rule since the day it was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis import paths
from analysis.claims import frozen, store
from analysis.claims.frozen import read
from analysis.claims.model import Claim

__all__ = ["check", "read", "rule_hash", "write"]


def rule_hash(claim: Claim) -> str:
    """SHA-256 of all that decides a claim.

    Hashed are decision, estimands (sources, conditions, what they mean, units), function, family,
    the rule in words, whether the claim is untestable, when the rule was frozen and what was
    known then. Paraphrase, place and the other descriptions may be improved freely.
    """
    rule = {
        "decision": claim.decision,
        "estimands": [
            estimand.model_dump(mode="json", exclude_none=True) | {"unit": claim.unit_of(estimand)}
            for estimand in claim.estimands
        ],
        "function": claim.function,
        "family": claim.family,
        "rule": claim.rule,
        "untestable": claim.untestable is not None,
        "frozen_on": claim.frozen_on.isoformat(),
        "knew": claim.knew,
    }
    return frozen.digest(rule)


def check(claims: Mapping[str, Claim] | None = None, path: Path | None = None) -> None:
    """Holds every rule against the lock; raises as ``frozen.Lock.check``."""
    _lock(claims, path).check()


def write(claims: Mapping[str, Claim] | None = None, path: Path | None = None) -> Path:
    """Freezes new rules and fitting amendments; raises as ``frozen.Lock.write``."""
    return _lock(claims, path).write()


def _lock(claims: Mapping[str, Claim] | None, path: Path | None) -> frozen.Lock[Claim]:
    known = store.claims() if claims is None else claims
    return frozen.Lock(known, path or paths.data() / "claims.lock", rule_hash)
