"""What two reports are compared by: the verdicts, estimates and inputs of one report set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_RULE = ("rule", "decision", "family", "amendments")
_CONDITIONS = ("id", "supported_if", "contradicted_if")


@dataclass(frozen=True)
class Judged:
    """One claim of a report; ``estimates`` by ``estimand/source``.

    ``rule`` decides it; a report has its ``conditions`` only where there was evidence. ``row`` is
    all that ``analysis.claims.verdicts.table`` says of it, empty where only the rest was kept.
    """

    says: str
    verdict: str
    unit: str
    rule: str
    conditions: str
    notebooks: tuple[str, ...]
    estimates: dict[str, float | None]
    row: dict[str, Any] = field(default_factory=dict)

    @property
    def has_evidence(self) -> bool:
        return any(value is not None for value in self.estimates.values())


@dataclass(frozen=True)
class Made:
    """What one notebook of a report was made from, as the run record has it."""

    parameters: dict[str, Any]
    code: str
    rules: str
    environment: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """One report; ``set`` is empty and ``made`` unknown for the committed summary."""

    as_of: str
    set: str
    claims: dict[str, Judged]
    commit: str = "unknown"
    tables: dict[str, str] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def of_set(folder: Path) -> State:
    """The state of a report set, from its ``run.json`` and ``claims.json``.

    Raises:
        OSError, ValueError, KeyError: when the set is not whole.
    """
    record, rows = (_json(folder / name) for name in ("run.json", "claims.json"))
    made = {item["name"]: _made(item) for item in record["notebooks"] if "inputs" in item}
    commit = record["code"]["commit"] + (" with changes" if record["code"]["changed"] else "")
    return State(
        record["as_of"], record["set"], _claims(rows), commit, dict(record["tables"]), made
    )


def of_summary(summary: Mapping[str, Any]) -> State:
    """The state of a committed summary, which does not say what it was made from."""
    return State(summary["as_of"], "", _claims(summary["verdicts"]))


def from_dict(kept: Mapping[str, Any]) -> State:
    """Undoes ``as_dict``, also after a way through JSON.

    Raises:
        KeyError, TypeError: when it is not of that form.
    """
    claims = {name: Judged(**_tuples(row, "notebooks")) for name, row in kept["claims"].items()}
    made = {name: Made(**_tuples(row, "tables")) for name, row in kept["made"].items()}
    return State(**(dict(kept) | {"claims": claims, "made": made}))


def _tuples(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return dict(row) | {name: tuple(row[name])}


def _claims(rows: Iterable[Mapping[str, Any]]) -> dict[str, Judged]:
    return {row["id"]: judged(row) for row in rows}


def judged(row: Mapping[str, Any]) -> Judged:
    """A claim from a row of ``analysis.claims.verdicts.table``.

    Raises:
        KeyError: when the row is of an earlier form.
    """
    found = [(reading["id"], one) for reading in row["estimands"] for one in reading["sources"]]
    conditions = [[reading[name] for name in _CONDITIONS] for reading in row["estimands"]]
    notebooks = {one["notebook"] for _, one in found if one["notebook"]}
    if row["notebook"]:
        notebooks.add(row["notebook"])
    return Judged(
        says=row["says"],
        verdict=row["verdict"],
        unit=row["unit"] or "",
        rule=json.dumps([row[name] for name in _RULE], ensure_ascii=False),
        conditions=json.dumps(conditions) if conditions else "",
        notebooks=tuple(sorted(notebooks)),
        estimates={f"{estimand}/{one['source']}": one["estimate"] for estimand, one in found},
        row=dict(row),
    )


def _made(item: Mapping[str, Any]) -> Made:
    inputs = _tuples(item["inputs"], "tables")
    return Made(parameters=dict(item["parameters"]), **inputs)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
