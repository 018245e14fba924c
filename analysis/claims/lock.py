"""Freezing: ``data/claims.lock`` holds the hash of every rule since the day it was frozen.

One line a claim, sorted: ``id: hash``, and after each amendment its hash behind the others. A
rule that changed without an amendment no longer matches its line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from analysis import paths
from analysis.claims import store
from analysis.claims.model import Claim
from analysis.errors import ClaimError


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
    text = json.dumps(rule, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check(claims: Mapping[str, Claim] | None = None, path: Path | None = None) -> None:
    """Holds every rule against the lock.

    Raises:
        ClaimError: naming every claim that is new, was dropped, changed without an amendment or
            has an amendment that does not fit.
    """
    claims, path = _defaults(claims, path)
    locked = read(path)
    problems = _problems(claims, locked) or [
        f"{name}: not frozen yet; run `reckon claims --freeze`"
        for name, claim in claims.items()
        if len(locked.get(name, ())) < len(_chain(claim))
    ]
    if problems:
        raise ClaimError(f"{path.name} is out of step:\n" + "\n".join(problems))


def write(claims: Mapping[str, Claim] | None = None, path: Path | None = None) -> Path:
    """Freezes new rules and fitting amendments; what is frozen already stays as it is.

    Raises:
        ClaimError: when a frozen rule was dropped or changed without an amendment.
    """
    from analysis import files  # brings pandas, which checking does not need

    claims, path = _defaults(claims, path)
    problems = _problems(claims, read(path) if path.exists() else {})
    if problems:
        raise ClaimError(f"{path.name} is not written:\n" + "\n".join(problems))
    lines = [f"{name}: {' '.join(_chain(claim))}\n" for name, claim in sorted(claims.items())]
    files.write_atomic(path, "".join(lines).encode())
    return path


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """The hashes of each claim: first frozen, then after each amendment.

    Raises:
        ClaimError: when the file is missing or a line is not ``id: hash…``.
    """
    if not path.exists():
        raise ClaimError(f"{path}: not there; run `reckon claims --freeze`")
    locked = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, colon, hashes = line.partition(": ")
        if not colon or not hashes.split() or name in locked:
            raise ClaimError(f"{path}, line {number}: expected one `id: hash` for each claim")
        locked[name] = tuple(hashes.split())
    return locked


def _chain(claim: Claim) -> tuple[str, ...]:
    """The hashes that the claim itself says it went through."""
    if not claim.amendments:
        return (rule_hash(claim),)
    return (claim.amendments[0].was, *(amendment.now for amendment in claim.amendments))


def _problems(claims: Mapping[str, Claim], locked: Mapping[str, tuple[str, ...]]) -> list[str]:
    dropped = [f"{name}: frozen, but no longer in the ledger" for name in locked.keys() - claims]
    changed = [_problem(claim, locked.get(name, ())) for name, claim in claims.items()]
    return sorted(dropped) + [problem for problem in changed if problem]


def _problem(claim: Claim, locked: tuple[str, ...]) -> str:
    now, chain = rule_hash(claim), _chain(claim)
    for before, after in zip(claim.amendments, claim.amendments[1:], strict=False):
        if before.now != after.was:
            return f"{claim.id}: the amendment of {after.date} does not follow on the one before"
    if chain[-1] == now and chain[: len(locked)] == locked:
        return ""
    was = locked[-1] if locked else chain[0]
    return (
        f"{claim.id}: the rule changed without a fitting amendment; undo the change or append to "
        f"its amendments {{date: …, reason: …, was: {was}, now: {now}}}"
    )


def _defaults(
    claims: Mapping[str, Claim] | None, path: Path | None
) -> tuple[Mapping[str, Claim], Path]:
    return store.claims() if claims is None else claims, path or paths.data() / "claims.lock"
