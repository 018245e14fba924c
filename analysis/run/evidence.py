"""The evidence that a notebook recorded, taken from the outputs of its cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.errors import ClaimError
from analysis.run.document import Notebook

MIME = "application/vnd.reckon.evidence+json"


def collect(name: str, executed: Notebook) -> list[dict[str, Any]]:
    """All evidence of one executed notebook, each with ``notebook`` and ``cell``, its anchor.

    A record that the same notebook repeats replaces the earlier one.

    Raises:
        EvidenceError: when a record is not of the form that the ledger declares.
    """
    from analysis.claims import store

    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for index, cell, record in _records(executed):
        try:
            evidence = store.parse({**record, "notebook": name, "cell": cell["id"]})
        except ClaimError as error:
            raise EvidenceError(index, str(error)) from None
        found[evidence.key] = evidence.as_dict()
    return list(found.values())


class EvidenceError(ClaimError):
    """Evidence that the ledger does not accept; ``cell`` is the index of the cell."""

    def __init__(self, cell: int, message: str) -> None:
        super().__init__(message)
        self.cell = cell


def _records(executed: Notebook) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    for index, cell in enumerate(executed["cells"]):
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                yield index, cell, output["data"][MIME]


def write(folder: Path, notebook: str, evidence: list[dict[str, Any]]) -> None:
    """Puts a notebook's evidence where ``ledger.evidence()`` of a later kernel finds it."""
    (folder / f"{notebook}.json").write_text(json.dumps(evidence), encoding="utf-8")
