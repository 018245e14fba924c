"""What a notebook's result was made from, grouped by what a reader would call the cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.run.environment import digest_of

_GROUPS = {
    "cell ": "code",
    "module ": "code",
    "claim ": "rules",
    "predictions.yaml": "rules",
    "table ": "tables",
    "parameter ": "parameters",
    "evidence": "evidence",
}


def grouped(parts: Mapping[str, str]) -> dict[str, Any]:
    """Hashes of a task's code, rules and environment, and the names of the tables it loads.

    Two equal hashes mean that this cause is the same in both runs. Parameters and the contents of
    tables stand elsewhere in the run record; evidence is made from what other notebooks list.

    Args:
        parts: hashes by name, as ``Task.parts`` has them.
    """
    groups: dict[str, dict[str, str]] = {"code": {}, "rules": {}, "environment": {}}
    for name, value in parts.items():
        groups.setdefault(_group(name), {})[name] = value
    hashes = {name: _hash(groups[name]) for name in ("code", "rules", "environment")}
    tables = [name.removeprefix("table ") for name in groups.get("tables", ())]
    return hashes | {"tables": sorted(tables)}


def _group(name: str) -> str:
    found = (group for start, group in _GROUPS.items() if name.startswith(start))
    return next(found, "environment")


def _hash(parts: Mapping[str, str]) -> str:
    return digest_of(parts)[:20]
