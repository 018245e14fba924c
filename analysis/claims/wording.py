"""Sentences about evidence, built from the rule and the numbers."""

from __future__ import annotations

import math
from typing import Literal

from analysis.claims import rules
from analysis.claims.digits import plain, span
from analysis.claims.model import Claim, Estimand, Evidence


def percent(share: float) -> str:
    """``0.92`` as ``92 %``; never rounded up to a threshold it does not reach."""
    return f"{int(share * 1000 + 1e-9) / 10:g} %"


def on(source: str) -> str:
    """`` on cottier2024``, and nothing for the only source of a claim."""
    return "" if source == "main" else f" on {source}"


def amount(evidence: Evidence) -> str:
    """Estimate, interval and unit: ``2.4 factor per year (95 % interval 2.04 to 3.09)``."""
    if evidence.estimate is None:
        return "no estimate"
    value = f"{plain(evidence.estimate)} {evidence.unit}".strip()
    return f"{value} ({_interval(evidence)})" if evidence.level is not None else value


def clause(
    claim: Claim,
    estimand: Estimand,
    evidence: Evidence,
    direction: Literal["supported", "contradicted"] | None,
) -> str:
    """What the rule makes of one piece of evidence, without a full stop.

    ``the 95 % interval 0.8 to 1.3 per year includes 1 on router (n = 30)``
    """
    place = f"{on(evidence.source)} (n = {evidence.n:,})"
    if claim.decision == "interval":
        subject, verb = f"the {_interval(evidence)} {evidence.unit}".strip(), "lies"
    else:
        subject, verb = f"the value {amount(evidence)}", "is"
    if direction is None:
        return f"{subject} {_neither(claim, estimand, evidence)}{place}"
    text = estimand.supported_if if direction == "supported" else estimand.contradicted_if
    return f"{subject} {verb} {rules.parse(text or '').words()}{place}"


def _interval(evidence: Evidence) -> str:
    return f"{percent(evidence.level or 0)} interval {span(evidence.low, evidence.high)}"


def _neither(claim: Claim, estimand: Estimand, evidence: Evidence) -> str:
    conditions = [
        rules.parse(text) for text in (estimand.supported_if, estimand.contradicted_if) if text
    ]
    low = -math.inf if evidence.low is None else evidence.low
    high = math.inf if evidence.high is None else evidence.high
    inside = {x for condition in conditions for x in condition.numbers if low <= x <= high}
    if claim.decision == "interval" and inside:
        return f"includes {' and '.join(plain(x, 6) for x in sorted(inside))}"
    verb = "lies" if claim.decision == "interval" else "is"
    words = [condition.words() for condition in conditions]
    if len(words) == 2:
        return f"{verb} neither {words[0]} nor {words[1]}"
    return f"{verb} not {words[0]}"
