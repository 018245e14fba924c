"""The evidence and forecasts that a notebook recorded, taken from the outputs of its cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ClaimError
from analysis.run.document import Notebook

if TYPE_CHECKING:
    from analysis.claims.forecasting import Forecast
    from analysis.claims.model import Evidence

MIME = "application/vnd.reckon.evidence+json"
FORECAST = "application/vnd.reckon.forecast+json"


def collect(name: str, executed: Notebook) -> list[dict[str, Any]]:
    """All evidence of one executed notebook, each with ``notebook`` and ``cell``, its anchor.

    A record that the same notebook repeats replaces the earlier one.

    Raises:
        EvidenceError: when a record is not of the form that the ledger declares.
    """
    from analysis.claims import store

    return _collect(name, executed, MIME, store.parse)


def forecasts(name: str, executed: Notebook) -> list[dict[str, Any]]:
    """All forecasts of one executed notebook; as ``collect`` does for evidence."""
    from analysis.claims import forecasting

    return _collect(name, executed, FORECAST, forecasting.parse)


def _collect(
    name: str, executed: Notebook, kind: str, parse: Callable[[Any], Evidence | Forecast]
) -> list[dict[str, Any]]:
    found: dict[Any, dict[str, Any]] = {}
    for index, cell, record in _records(executed, kind):
        try:
            parsed = parse({**record, "notebook": name, "cell": cell["id"]})
        except ClaimError as error:
            raise EvidenceError(index, str(error)) from None
        found[parsed.key] = parsed.as_dict()
    return list(found.values())


class EvidenceError(ClaimError):
    """Evidence that the ledger does not accept; ``cell`` is the index of the cell."""

    def __init__(self, cell: int, message: str) -> None:
        super().__init__(message)
        self.cell = cell


def _records(executed: Notebook, kind: str) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    for index, cell in enumerate(executed["cells"]):
        for output in cell.get("outputs", ()):
            if kind in output.get("data", {}):
                yield index, cell, output["data"][kind]


def write(
    folder: Path,
    notebook: str,
    evidence: list[dict[str, Any]],
    forecasts: list[dict[str, Any]],
) -> None:
    """Puts them where ``ledger.evidence()`` and ``ledger.forecasts()`` of a later kernel look."""
    beside = folder / "forecasts"
    beside.mkdir(exist_ok=True)
    (folder / f"{notebook}.json").write_text(json.dumps(evidence), encoding="utf-8")
    (beside / f"{notebook}.json").write_text(json.dumps(forecasts), encoding="utf-8")
