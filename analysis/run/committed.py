"""The committed summary against the last good report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from analysis import files, paths
from analysis.claims import forecasting, store
from analysis.claims import summary as summaries
from analysis.errors import RunError
from analysis.report.charts import forest
from analysis.report.site import readme
from analysis.run import kept


def fresh() -> dict[str, Any]:
    """The summary of ``reports/latest``.

    Raises:
        RunError: when there is no report yet.
    """
    latest = paths.reports() / "latest"
    if not (latest / "run.json").exists():
        raise RunError("there is no reports/latest yet; call `reckon run` first")
    record = json.loads((latest / "run.json").read_text(encoding="utf-8"))
    as_of = date.fromisoformat(record["as_of"])
    kept = latest / forecasting.FILE  # a set from before there were forecasts has none
    return summaries.build(
        store.read_records(latest / "evidence.json"),
        as_of=as_of,
        forecasts=forecasting.read(kept) if kept.exists() else (),
    )


def write() -> list[Path]:
    """Commits the last good report to the tree: summary, figure, README, outputs of notebooks.

    Returns what was written. Everything is computed before anything is written.
    """
    summary = fresh()
    contents = dict(_derived(summary))
    changed = kept.store(paths.reports() / "latest" / "notebooks")
    for path, text in contents.items():
        files.write_atomic(path, text.encode())
    return [summaries.write(summary), *contents, *changed]


def _derived(summary: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    if not forest.data(summary["verdicts"]).empty:
        yield paths.reports() / "summary.svg", forest.standalone(summary["verdicts"])
    about = paths.root() / "README.md"
    if about.exists():
        yield about, readme.updated(about.read_text(encoding="utf-8"), summary)


def differences() -> list[str]:
    """What differs, one line each; nothing when fresh evidence and committed summary agree."""
    path = paths.reports() / "summary.json"
    if not path.exists():
        raise RunError(f"{path}: not there; call `reckon summary --write`")
    return summaries.compare(summaries.read(path), fresh())
