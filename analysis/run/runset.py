"""What one run produced: the one thing the runner hands to the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

Status = Literal["ok", "failed", "timeout", "killed"]


@dataclass(frozen=True)
class NotebookResult:
    """One executed notebook.

    ``path`` is the executed notebook inside ``<set>/notebooks/``; cells that never ran have no
    execution count. ``error`` is ``None`` or ``{cell, ename, evalue, traceback}``, where ``cell``
    is the 0-based index into the cells of ``path`` (``None`` when no cell is to blame) and
    ``traceback`` a list of lines without colour codes. Evidence and forecasts carry ``notebook``
    and ``cell``, the id of the cell that recorded them, which is the anchor on the page.
    """

    name: str
    title: str
    path: Path
    status: Status
    error: dict[str, Any] | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    forecasts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class RunSet:
    """One report set, still in the folder where it is built.

    ``verdicts`` are the rows of ``analysis.claims.verdicts.table``; ``tables`` the names of all
    tables that a notebook of the run loads; ``code_commit`` the last commit that touched
    ``analysis/``, ``notebooks/`` or ``data/claims.yaml``, ``"unknown"`` outside a checkout.
    """

    folder: Path
    as_of: date
    notebooks: list[NotebookResult]
    verdicts: list[dict[str, Any]]
    tables: list[str]
    code_commit: str

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """All evidence, in the order of the notebooks."""
        return [record for result in self.notebooks for record in result.evidence]

    @property
    def forecasts(self) -> list[dict[str, Any]]:
        """All forecasts, in the order of the notebooks."""
        return [made for result in self.notebooks for made in result.forecasts]

    @property
    def failed(self) -> list[NotebookResult]:
        """The notebooks that did not end well."""
        return [result for result in self.notebooks if result.status != "ok"]
