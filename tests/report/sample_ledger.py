"""What a small ledger says: verdicts, claims, earlier dates and forecasts; numbers are made up.

Every text can be replaced by a hostile string: it goes through ``wrap``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from analysis.claims.model import Claim

AS_OF = date(2026, 11, 23)


def verdicts(wrap: Callable[[str], str] = str) -> list[dict[str, Any]]:
    """Rows as ``analysis.claims.verdicts.table`` makes them; texts go through ``wrap``."""
    lead, deep, risks = "Lead", "Technical Deep Dive", "Risks, Limitations & Open Questions"
    rows = [
        ("c01", lead, "Scale no longer makes AI cheaper", "contradicted", 0.118, 0.08, 0.19,
         "factor per year", "03_inference_price", None),
        ("c05", lead, "GPT-4 cost more than $100M in computing alone", "mixed", 40.7e6, None, None,
         "USD", "02_training_cost", "growth"),
        ("c07", lead, "Running models has become the heaviest burden", "untestable", None, None,
         None, "share", None, None),
        ("c18", deep, "A minute of video has 1,800 frames", "supported", 1800.0, None, None,
         "frames", "01_article_audit", "frames"),
        ("c25", deep, "GPT-3.5 took 3.2e23 operations to train", "contradicted", 2.578e24, None,
         None, "FLOP", "02_training_cost", "growth"),
        ("c38", deep, "Training costs have grown by orders of magnitude", "supported", 2.41, 2.1,
         2.78, "factor per year", "02_training_cost", "record"),
        ("c39", deep, "Video and agents cost one to two orders more than text", "undecided", 14.2,
         3.1, 66.0, "ratio", "03_inference_price", "prices"),
        ("c40", deep, "Serving is the main economic bottleneck", "not yet tested", None, None,
         None, "", None, None),
        ("c70", risks, "Fewer firms can afford the frontier", "not yet tested", None, None, None,
         "", None, None),
    ]  # fmt: skip
    return [_verdict(wrap, *row) for row in rows]


def _verdict(
    wrap: Callable[[str], str],
    claim: str,
    section: str,
    says: str,
    verdict: str,
    estimate: float | None,
    low: float | None,
    high: float | None,
    unit: str,
    notebook: str | None,
    cell: str | None,
) -> dict[str, Any]:
    tested = verdict != "not yet tested"
    interval = low is not None
    return {
        "id": claim,
        "section": wrap(section),
        "place": wrap("First paragraph"),
        "kind": "trend",
        "says": wrap(says),
        "quantity": wrap("growth of cost"),
        "decision": "interval",
        "family": "H4" if claim == "c38" else None,
        "verdict": verdict,
        "estimate": estimate,
        "low": low,
        "high": high,
        "level": 0.95 if interval else None,
        "unit": wrap(unit) if unit else "",
        "n": 45 if interval else (1 if estimate else None),
        "notebook": notebook,
        "cell": cell,
        "rule": wrap("Supported when the interval lies above the threshold on every source."),
        "frozen_on": "2026-11-01",
        "knew": "literature",
        "grade": "B" if tested and estimate else None,
        "agree_share": 0.958 if interval else None,
        "q": 0.0123 if claim == "c38" else None,
        "pseudo_vintage": claim == "c39",
        "amendments": (
            [{"date": "2026-11-12", "reason": wrap("The unit was wrong.")}]
            if claim == "c05" else []
        ),
        "reason": wrap("The 95 % interval lies beyond the threshold (n = 45)."),
        "note": wrap(""),
        "would_change": wrap("A price series with quantities."),
        "as_of": AS_OF.isoformat(),
        "estimands": _estimands(claim, estimate, low, high, unit),
    }  # fmt: skip


def _estimands(
    claim: str, estimate: float | None, low: float | None, high: float | None, unit: str
) -> list[dict[str, Any]]:
    """What the front page tells sentence by sentence, for the two claims that have one."""
    names = {"c38": ("growth", "cottier2024"), "c01": ("hedonic", "price_lists")}
    if claim not in names:
        return []
    estimand, source = names[claim]
    found = {
        "source": source, "estimate": estimate, "low": low, "high": high, "unit": unit, "n": 45,
        "level": 0.95, "direction": None, "clause": "the interval is as shown", "method": "",
        "agree_share": None, "specifications": None, "grade": "B", "p_value": None, "reason": "",
        "pseudo_vintage": False,
        "notebook": "02_training_cost", "cell": "record",
    }  # fmt: skip
    return [
        {"id": estimand, "means": "no change", "supported_if": "low > 1",
         "contradicted_if": "high < 1", "outcome": "supported", "sources": [found]}
    ]  # fmt: skip


def claim(name: str, wrap: Callable[[str], str]) -> Claim:
    return Claim.model_validate(
        {
            "id": name, "section": "Technical Deep Dive", "kind": "trend", "says": wrap("Says"),
            "tables": ["training_costs", "elsewhere"], "rule": wrap("Rule"), "unit": wrap("USD"),
            "frozen_on": "2026-11-01", "knew": "literature", "decision": "interval",
            "estimands": [{"id": "burden", "sources": ["main"], "supported_if": "low > 0.5",
                           "contradicted_if": "high < 0.5", "means": wrap("0.5 is half")}],
        }
    )  # fmt: skip


def past(day: str, claim: str, verdict: str, estimate: float, pseudo: bool) -> dict[str, Any]:
    return {
        "as_of": day, "id": claim, "verdict": verdict, "estimate": estimate, "low": None,
        "high": None, "unit": "factor per year", "n": 12, "grade": "B", "agree_share": 1.0,
        "pseudo_vintage": pseudo,
    }  # fmt: skip


def forecast(rule: str, probability: float | None, wrap: Callable[[str], str]) -> dict[str, Any]:
    known = probability is not None
    return {
        "id": "c70", "rule": rule, "window_end": "2028-04-30", "probability": probability,
        "low": 0.05 if known else None, "high": 0.72 if known else None,
        "level": 0.95 if known else None, "as_of": AS_OF.isoformat(),
        "status": "open" if known else "no probability", "days_left": 524, "n": 3, "grade": "B",
        "reference_class": wrap("deals"), "method": wrap("Poisson"), "reason": wrap(""),
        "pseudo_vintage": False, "says": wrap("Fewer firms can afford the frontier"),
        "rule_text": wrap("A firm leaves"), "source_of_truth": wrap("A filing"),
        "base_rate": 0.2, "article": [], "resolved": None, "scores": [], "notebook": None,
        "cell": None,
    }  # fmt: skip
