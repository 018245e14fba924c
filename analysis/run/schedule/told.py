"""The last report that a scheduled run spoke about; the next one is compared with it.

Not simply ``reports/latest``: a run that is killed between publishing and telling, or one that
someone makes by hand, must not swallow a change.
"""

from __future__ import annotations

import json
from pathlib import Path

from analysis import paths
from analysis.errors import ClaimError
from analysis.run import state
from analysis.run.schedule import store
from analysis.run.state import State


def path() -> Path:
    return store.folder() / "told.json"


def read() -> State | None:
    """That report; else the last good one, else the committed summary, else ``None``."""
    return _kept() or of(paths.reports() / "latest") or _committed()


def write(report: State) -> None:
    store.write(path(), report.as_dict())


def of(link: Path) -> State | None:
    """The state of the set behind a link; ``None`` where it is not whole."""
    try:
        return state.of_set(link)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _kept() -> State | None:
    try:
        return state.from_dict(store.read(path()))
    except (KeyError, TypeError, AttributeError):
        return None


def _committed() -> State | None:
    from analysis.claims import summary

    file = paths.reports() / "summary.json"
    try:
        return state.of_summary(summary.read(file))
    except (ClaimError, OSError, json.JSONDecodeError, KeyError):
        return None
