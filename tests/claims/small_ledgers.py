"""Small claims and evidence for them."""

from __future__ import annotations

from typing import Any

from analysis.claims import lock
from analysis.claims.model import Claim, Evidence


def growth(**changes: Any) -> dict[str, Any]:
    """A claim on two sources, decided by intervals against the threshold 1.93."""
    return {
        "id": "c38",
        "section": "Technical Deep Dive",
        "kind": "trend",
        "says": "Training costs have grown by orders of magnitude",
        "unit": "factor per year",
        "notebook": "02_training_cost",
        "estimands": [
            {
                "id": "growth",
                "sources": ["cottier", "epoch"],
                "supported_if": "low > 1.93",
                "contradicted_if": "high < 1.93",
                "means": "ten times in 3.5 years",
            }
        ],
        "decision": "interval",
        "rule": "Growth of more than ten times in 3.5 years on both sources",
        "would_change": "A cheaper frontier",
        "frozen_on": "2026-11-23",
        "knew": "literature",
    } | changes


def estimand(name: str, *sources: str, **changes: Any) -> dict[str, Any]:
    """An estimand with the conditions of ``growth``."""
    conditions = {"supported_if": "low > 1.93", "contradicted_if": "high < 1.93"}
    return {"id": name, "sources": list(sources), **conditions, **changes}


def exact(**changes: Any) -> dict[str, Any]:
    """A claim of arithmetic."""
    return {
        "id": "c18",
        "section": "Technical Deep Dive",
        "kind": "arithmetic",
        "says": "A minute at 30 frames per second has 1800 frames",
        "unit": "frames",
        "estimands": [{"supported_if": "estimate == 1800", "contradicted_if": "estimate != 1800"}],
        "decision": "exact",
        "rule": "60 times 30 is 1800",
        "frozen_on": "2026-11-23",
        "knew": "nothing",
    } | changes


def claim(row: dict[str, Any]) -> Claim:
    return Claim.model_validate(row)


def found(target: Claim, source: str, low: float, high: float, **changes: Any) -> Evidence:
    """Evidence on a claim like ``growth``: its interval, 40 observations, robust by default."""
    values = {
        "claim": target.id,
        "estimand": "growth",
        "source": source,
        "estimate": (low + high) / 2,
        "low": low,
        "high": high,
        "level": 0.95,
        "unit": target.unit,
        "n": 40,
        "agree_share": 0.9,
        "rule_hash": lock.rule_hash(target),
    }
    return Evidence.model_validate(values | changes)
