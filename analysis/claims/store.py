"""Reading claims and evidence from disk, with errors that say where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from analysis import paths
from analysis.claims.model import Claim, Evidence
from analysis.errors import ClaimError, UnknownNameError

Model = TypeVar("Model", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it is built in


def claims() -> dict[str, Claim]:
    """All claims of ``data/claims.yaml`` by id, but the drafts.

    Raises:
        ClaimError: when the file is not a well-formed ledger.
    """
    return {name: claim for name, claim in _written().items() if not claim.draft}


def drafts() -> dict[str, Claim]:
    """Claims whose rule is still being written; raises as ``claims``."""
    return {name: claim for name, claim in _written().items() if claim.draft}


def _written() -> dict[str, Claim]:
    return read_claims(paths.data() / "claims.yaml")


def find(name: str) -> Claim:
    """The claim called ``name``.

    Raises:
        UnknownNameError: with the nearest id that exists.
        ClaimError: when it is a draft, which is not put to the test before its rule is frozen.
    """
    ledger = claims()
    if name in drafts():
        raise ClaimError(
            f"claim {name}: still a draft; take `draft: true` out of data/claims.yaml and freeze "
            "its rule with `reckon claims --freeze`"
        )
    if name not in ledger:
        raise UnknownNameError("claim", name, ledger)
    return ledger[name]


def build(model: type[Model], values: object, where: str) -> Model:
    """A validated model.

    Raises:
        ClaimError: naming ``where``, the field and what is wrong with it.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ClaimError(f"{where}: {explain(error)}") from None


def explain(error: ValidationError) -> str:
    """The problems of a validation, each with its field."""
    return "; ".join(
        f"{'.'.join(map(str, item['loc']))}: {_said(item)}" if item["loc"] else _said(item)
        for item in error.errors(include_url=False)
    )


def _said(item: Any) -> str:
    return str(item["msg"]).removeprefix("Value error, ")


def parse(values: Mapping[str, Any]) -> Evidence:
    """One stored record of evidence.

    Raises:
        ClaimError: when it is not of the form of ``schemas/evidence.schema.json``.
    """
    name = values.get("claim", "?") if isinstance(values, Mapping) else "?"
    return build(Evidence, values, f"evidence for claim {name}")


def read_claims(path: Path) -> dict[str, Claim]:
    """The ledger, by id, in the order of the file; read again only when the file changed.

    Raises:
        ClaimError: naming the file, the claim and the field.
    """
    if not path.exists():
        raise ClaimError(f"{path}: the ledger of claims is not there")
    return read_by_id(path, Claim, "claim")


def read_by_id(path: Path, model: type[Model], kind: str) -> dict[str, Model]:
    """A YAML list of models that have an ``id``; read again only when the file changed.

    Raises:
        ClaimError: naming the file, the entry and the field.
    """
    stat = path.stat()
    return dict(_read_by_id(path, model, kind, stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=8)
def _read_by_id(
    path: Path, model: type[Model], kind: str, _mtime: int, _size: int
) -> dict[str, Model]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ClaimError(f"{path}: not readable as YAML: {error}") from None
    if not isinstance(rows, list) or not rows:
        raise ClaimError(f"{path}: expected a list of {kind}s")
    found: dict[str, Model] = {}
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id")) if isinstance(row, dict) and "id" in row else ""
        entry = build(model, row, f"{path.name}, {kind} {name or f'number {number}'}")
        if name in found:
            raise ClaimError(f"{path.name}, {kind} {name}: the id is used twice")
        found[name] = entry
    return found


def read_records(path: Path) -> list[Evidence]:
    """A file that holds a list of evidence.

    Raises:
        ClaimError: naming the file and the record.
    """
    return _records(read_json(path), path)


def summary_records(path: Path) -> list[Evidence]:
    """The evidence inside a summary.

    Raises:
        ClaimError: naming the file and the record.
    """
    summary = read_json(path)
    return _records(summary.get("evidence") if isinstance(summary, dict) else None, path)


def _records(rows: object, path: Path) -> list[Evidence]:
    if not isinstance(rows, list):
        raise ClaimError(f"{path}: expected a list of evidence")
    return [build(Evidence, row, f"{path}, record {i}") for i, row in enumerate(rows, start=1)]


def read_json(path: Path) -> Any:
    """A JSON file.

    Raises:
        ClaimError: when it is not readable as JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ClaimError(f"{path}: not readable as JSON: {error}") from None
