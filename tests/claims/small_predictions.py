"""One small prediction and forecasts of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis.claims import predictions
from analysis.claims.forecasting import Forecast
from analysis.claims.predictions import Prediction

STRICT = "Two purchases that closed inside the window."


def claimed(**changes: Any) -> dict[str, Any]:
    """The claim that ``purchase`` belongs to."""
    return {
        "id": "p1",
        "section": "Verdict & Predictions",
        "kind": "prediction",
        "says": "Two labs are bought",
        "unit": "events",
        "estimands": [
            {"id": "strict", "supported_if": "estimate >= 2", "contradicted_if": "estimate < 2"}
        ],
        "decision": "fact",
        "rule": f"Window 2026-04-01 to 2029-04-30. Strict: {STRICT} Lenient: talks suffice.",
        "frozen_on": "2026-11-23",
        "knew": "literature",
        "window_end": "2029-04-30",
    } | changes


def purchase(**changes: Any) -> dict[str, Any]:
    """A prediction with two readings and two ends of its window."""
    return {
        "id": "p1",
        "claim": "p1",
        "says": "Two labs are bought",
        "rules": {"strict": STRICT, "lenient": "talks suffice."},
        "window_start": "2026-04-01",
        "window_ends": ["2028-04-30", "2029-04-30"],
        "source_of_truth": "A filing",
        "announced": "Counts as no",
        "reversed": "Counts",
        "annulled": "Never",
        "stated_probability": [0.7, 0.9, 0.95],
        "base_rate": {
            "reference_class": "Purchases since 2023",
            "strict": {"events": 1, "months": 39, "grade": "C"},
        },
        "frozen_on": "2026-11-23",
    } | changes


def resolved(outcome: str, day: str, **changes: Any) -> dict[str, Any]:
    """How the strict rule resolved by the first end of the window."""
    return {
        "rule": "strict",
        "window_end": "2028-04-30",
        "date": day,
        "outcome": outcome,
        "source": "A filing",
    } | changes


def prediction(**changes: Any) -> Prediction:
    return Prediction.model_validate(purchase(**changes))


def write(root: Path, *rows: Mapping[str, Any]) -> None:
    """Puts predictions where the code under test reads them."""
    text = yaml.safe_dump([dict(row) for row in rows], sort_keys=False)
    (root / "data" / "predictions.yaml").write_text(text, encoding="utf-8")


def made(target: Prediction, probability: float | None, **changes: Any) -> Forecast:
    """A forecast under the strict rule by the first end of the window."""
    sure = probability is not None
    values = {
        "prediction": target.id,
        "rule": "strict",
        "window_end": "2028-04-30",
        "probability": probability,
        "low": 0.1 if sure else None,
        "high": 0.9 if sure else None,
        "level": 0.95 if sure else None,
        "n": 1,
        "reference_class": "Purchases since 2023",
        "reason": "" if sure else "Nothing to count.",
        "as_of": "2026-11-23",
        "rule_hash": predictions.rule_hash(target),
    }
    return Forecast.model_validate(values | changes)
