"""Recording evidence: one call checks it, shows a card and emits the typed output."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from analysis.claims import card, digits, display, lock, store
from analysis.claims.model import Estimand, Evidence
from analysis.errors import ClaimError, UnknownNameError

MIME = "application/vnd.reckon.evidence+json"
session: list[Evidence] = []
"""What this process has recorded; recording the same source again replaces the earlier record."""


def record(
    claim: str,
    estimate: float | bool | None,
    interval: tuple[float, float] | None,
    unit: str,
    n: int,
    *,
    estimand: str = "main",
    source: str = "main",
    level: float = 0.95,
    p_value: float | None = None,
    agree_share: float | None = None,
    specifications: int | None = None,
    grade: str = "A",
    method: str = "",
    reason: str = "",
    would_change: str | None = None,
    as_of: date | None = None,
    pseudo_vintage: bool = False,
    detail: Mapping[str, Any] | None = None,
) -> Evidence:
    """Records one estimate for a claim, and shows it as a card.

    Args:
        claim: id in ``data/claims.yaml``.
        estimate: the value in ``unit``; true and false count as 1 and 0; ``None`` where the data
            known at ``as_of`` allow no estimate, which decides nothing and needs a ``reason``.
        interval: (low, high) in ``unit``, infinite at an open end; ``None`` for exact values and
            facts.
        unit: as the ledger declares it for the estimand.
        n: observations behind the estimate.
        estimand: declared estimand of the claim.
        source: declared primary source of that estimand.
        level: coverage that ``interval`` claims.
        p_value: of the pre-registered test, where the claim belongs to the family.
        agree_share: share of defensible specifications whose answer agrees, 0 to 1.
        specifications: number of specifications behind ``agree_share``.
        grade: of the weakest source that the estimate needs: A, B or C.
        method: how it was estimated, in a few words.
        reason: what the reader should know about it, in one sentence.
        would_change: what would change the answer; the ledger's own line by default.
        as_of: the day of the data.
        pseudo_vintage: whether it rests on rows dated back from a later vintage.
        detail: further numbers worth keeping, JSON-like.

    Returns:
        The record, rounded to six significant digits, with the hash of the rule.

    Raises:
        UnknownNameError: for a claim, estimand or source that the ledger does not declare.
        ClaimError: for another unit, a number that is not finite, an interval that is missing or
            in the wrong order, or another value out of range.
    """
    target = store.find(claim)
    declared = target.estimand(estimand)
    if source not in declared.sources:
        kind = f"source of claim {claim}, estimand {estimand}"
        raise UnknownNameError(kind, source, declared.sources)
    if unit != target.unit_of(declared):
        unit_kind = f"unit of claim {claim}, estimand {estimand}"
        raise UnknownNameError(unit_kind, unit, [target.unit_of(declared)])
    where = f"claim {claim}, estimand {estimand}, source {source}"
    low, high = _ends(where, interval)
    evidence = store.build(
        Evidence,
        {
            "claim": claim, "estimand": estimand, "source": source,
            "estimate": digits.scalar(estimate), "low": low, "high": high,
            "level": None if interval is None else level,
            "unit": unit, "n": digits.scalar(n), "p_value": p_value, "agree_share": agree_share,
            "specifications": specifications, "grade": grade, "method": method,
            "reason": reason, "would_change": would_change, "as_of": as_of,
            "pseudo_vintage": pseudo_vintage, "detail": None if detail is None else dict(detail),
            "rule_hash": lock.rule_hash(target),
        },
        where,
    )  # fmt: skip
    _require_interval(where, declared, evidence)
    session[:] = [earlier for earlier in session if earlier.key != evidence.key] + [evidence]
    display.show(
        {
            MIME: evidence.as_dict(),
            "text/html": card.html(target, evidence),
            "text/plain": card.text(target, evidence),
        }
    )
    return evidence


def _ends(where: str, interval: tuple[float, float] | None) -> tuple[float | None, float | None]:
    """Both ends of an interval, ``None`` at an open end."""
    if interval is None:
        return None, None
    try:
        low, high = (float(end) for end in interval)
    except (TypeError, ValueError):
        raise ClaimError(f"{where}: interval: expected (low, high), not {interval!r}") from None
    if math.isnan(low) or math.isnan(high) or low > high:
        raise ClaimError(f"{where}: interval: low must be at most high, not ({low}, {high})")
    return (None if low == -math.inf else low), (None if high == math.inf else high)


def _require_interval(where: str, estimand: Estimand, evidence: Evidence) -> None:
    needed = estimand.compares & {"low", "high"}
    if needed and evidence.estimate is not None and evidence.level is None:
        raise ClaimError(f"{where}: interval: the rule compares {' and '.join(sorted(needed))}")
