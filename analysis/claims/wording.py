"""Sentences about evidence, built from the rule and the numbers."""

from __future__ import annotations

import math
from typing import Literal

from analysis.claims import rules
from analysis.claims.digits import plain, span
from analysis.claims.model import Estimand, Evidence

SHOWN = 3  # significant digits of a sentence; the ledger keeps six
_SUFFIX = {"factor per year": "× per year", "factor apart": "× apart"}


def percent(share: float) -> str:
    """``0.92`` as ``92 %``; never rounded up to a threshold it does not reach."""
    return f"{int(share * 1000 + 1e-9) / 10:g} %"


def on(source: str) -> str:
    """`` on price lists``, and nothing where a claim has one source without a name."""
    return "" if source == "main" else f" on {source.replace('_', ' ')}"


def quantity(number: str, unit: str) -> str:
    """A number with its unit; counts, shares and ratios go without, ``2.4× per year`` with."""
    if unit in ("ratio", "share", "count"):
        return number
    return number + _SUFFIX.get(unit, f" {unit}").rstrip()


def amount(evidence: Evidence) -> str:
    """Estimate, unit and interval: ``2.4× per year (95 % interval 2.04 to 3.09)``."""
    if evidence.estimate is None:
        return "no estimate"
    if evidence.unit == "yes or no":
        return "yes" if evidence.estimate else "no"
    value = quantity(plain(evidence.estimate, SHOWN), evidence.unit)
    return f"{value} ({_interval(evidence)})" if evidence.level is not None else value


def clause(
    estimand: Estimand,
    evidence: Evidence,
    direction: Literal["supported", "contradicted"] | None,
) -> str:
    """What the rule makes of one piece of evidence, without a full stop.

    ``the 95 % interval 0.8 to 1.3× per year includes 1 on router (n = 30)``
    """
    place = f"{on(evidence.source)} (n = {evidence.n:,})"
    if evidence.unit == "yes or no":
        return f"the answer is {amount(evidence)}{place}"
    if estimand.compares - {"estimate"}:
        subject, verb = f"the {quantity(_interval(evidence), evidence.unit)}", "lies"
    else:
        subject, verb = f"the value {amount(evidence)}", "is"
    if direction is None:
        return f"{subject} {_neither(estimand, evidence, verb)}{place}"
    text = estimand.supported_if if direction == "supported" else estimand.contradicted_if
    return f"{subject} {verb} {rules.parse(text or '').words()}{place}"


def _interval(evidence: Evidence) -> str:
    ends = span(evidence.low, evidence.high, SHOWN)
    return f"{percent(evidence.level or 0)} interval {ends}"


def _neither(estimand: Estimand, evidence: Evidence, verb: str) -> str:
    conditions = [rules.parse(text) for text in estimand.conditions]
    low = -math.inf if evidence.low is None else evidence.low
    high = math.inf if evidence.high is None else evidence.high
    inside = {x for condition in conditions for x in condition.numbers if low <= x <= high}
    if verb == "lies" and inside:
        return f"includes {' and '.join(plain(x, 6) for x in sorted(inside))}"
    words = " nor ".join(condition.words() for condition in conditions)
    return f"{verb} neither {words}" if len(conditions) == 2 else f"{verb} not {words}"
