"""``datapackage.json``: the tables described for tools that know the Frictionless standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from analysis import paths, registry
from analysis.errors import DataError
from analysis.files import sha256
from analysis.schemas import Column, Table

_TYPES = {"text": "string"}


def render(fresh: dict[Path, bytes]) -> bytes:
    """The descriptor of all tables; ``fresh`` holds files about to be written, by path."""
    package = {
        "profile": "tabular-data-package",
        "name": "compute-reckoning",
        "title": "Compute Reckoning: dated public data on the cost of AI compute",
        "resources": [_resource(table, fresh) for table in registry.tables().values()],
    }
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()


def _resource(table: Table, fresh: dict[Path, bytes]) -> dict[str, Any]:
    folder = paths.data() / "tables"
    rows = content(folder / f"{table.name}.csv", fresh)
    meta = yaml.safe_load(content(folder / f"{table.name}.meta.yaml", fresh))
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "profile": "tabular-data-resource",
        "path": f"tables/{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(rows),
        "hash": f"sha256:{sha256(rows)}",
        "dialect": {"lineTerminator": "\n"},
        "sources": _sources(meta["sources"]),
        "schema": {
            "fields": [_field(column) for column in table.all_columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
        },
    }


def content(path: Path, fresh: dict[Path, bytes]) -> bytes:
    """A file about to be written, else the one on disk; DataError if there is none."""
    if path in fresh:
        return fresh[path]
    if not path.is_file():
        raise DataError("is missing", file=path, todo="run `reckon data build` for all tables")
    return path.read_bytes()


def _sources(entries: list[dict[str, str]]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        title = f"{entry['producer']}: {entry['title']} ({entry['licence']})"
        found.setdefault(title, {"title": title, "path": entry["url"]})
    return list(found.values())


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.least is not None:
        constraints["minimum"] = column.least
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    return field | ({"constraints": constraints} if constraints else {})
