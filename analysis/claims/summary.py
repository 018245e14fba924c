"""``reports/summary.json``: evidence, forecasts, verdicts and headline numbers of one run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.claims import store
from analysis.claims.compare import compare
from analysis.claims.digits import rounded_deep
from analysis.claims.forecasting import Forecast
from analysis.claims.model import Claim, Evidence
from analysis.claims.verdicts import VERDICTS, newest, table
from analysis.errors import ClaimError

__all__ = ["build", "compare", "latest_evidence", "latest_table", "read", "write"]


def build(
    evidence: Iterable[Evidence | Mapping[str, Any]],
    *,
    as_of: date | None = None,
    claims: Mapping[str, Claim] | None = None,
    headline: Mapping[str, Any] | None = None,
    forecasts: Iterable[Forecast] = (),
) -> dict[str, Any]:
    """The summary of a run; the order of the evidence does not matter.

    Args:
        evidence: all records of the run.
        as_of: day of the run; the newest that the evidence names by default.
        claims: the ledger; the one of ``data/`` by default.
        headline: further numbers or texts that the front page quotes, by name.
        forecasts: all forecasts of the run.

    Raises:
        ClaimError: when a record is not well formed.
    """
    ledger = store.claims() if claims is None else claims
    records = [e if isinstance(e, Evidence) else store.parse(e) for e in evidence]
    records.sort(key=lambda record: record.key)
    day = as_of or newest(records)
    rows = table(ledger, records, day)
    counts = Counter(row["verdict"] for row in rows)
    return {
        "as_of": day.isoformat() if day else None,
        "headline": {
            "claims": len(rows),
            **{verdict: counts[verdict] for verdict in VERDICTS},
            **rounded_deep(dict(sorted((headline or {}).items()))),
        },
        "verdicts": rounded_deep(rows),
        "evidence": [record.as_dict() for record in records],
        "forecasts": [made.as_dict() for made in sorted(forecasts, key=lambda one: one.key)],
    }


def write(summary: Mapping[str, Any], path: Path | None = None) -> Path:
    """Writes a summary, whole or not at all; the same summary gives the same bytes."""
    from analysis import files  # brings pandas, which reading does not need

    path = path or paths.reports() / "summary.json"
    text = json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    files.write_atomic(path, text.encode())
    return path


def read(path: Path | None = None) -> dict[str, Any]:
    """A summary from disk.

    Raises:
        ClaimError: when there is none, or it lacks one of its parts.
    """
    path = path or paths.reports() / "summary.json"
    summary = store.read_json(path)
    for part in ("as_of", "headline", "verdicts", "evidence"):
        if not isinstance(summary, dict) or part not in summary:
            raise ClaimError(f"{path}: a summary has the part {part!r}, and this one does not")
    return summary


def latest_table() -> list[dict[str, Any]]:
    """The verdicts of the last good run, else those of the committed summary.

    The rows follow from the evidence and the rules of today, so a rule that was amended since
    shows as not yet tested. Without either file every claim is not yet tested.
    """
    records, day = latest_evidence()
    return table(store.claims(), records, day)


def latest_evidence() -> tuple[list[Evidence], date | None]:
    """The evidence of the last good run, else of the committed summary, with its day."""
    latest, committed = paths.reports() / "latest", paths.reports() / "summary.json"
    if (latest / "evidence.json").exists():
        run = latest / "run.json"
        day = store.read_json(run).get("as_of") if run.exists() else None
        return store.read_records(latest / "evidence.json"), _date(day)
    if not committed.exists():
        return [], None
    return store.summary_records(committed), _date(read(committed)["as_of"])


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
