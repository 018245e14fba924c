"""JSON Schemas of what leaves the ledger: evidence, forecasts, claims, predictions, summaries."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ClaimError, UnknownNameError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The schemas there are."""
    return sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json"))


def load(name: str) -> dict[str, Any]:
    """One schema.

    Raises:
        UnknownNameError: for a name that is not one of ``names()``.
    """
    if name not in names():
        raise UnknownNameError("schema", name, names())
    schema: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return schema


def check(name: str, instance: Any) -> None:
    """Holds plain JSON values against a schema.

    Raises:
        ClaimError: naming the first place that does not fit, and why.
        UnknownNameError: for a name that is not one of ``names()``.
    """
    from jsonschema.exceptions import best_match

    error = best_match(_validator(name).iter_errors(instance))
    if error is not None:
        place = "".join(f"[{part!r}]" for part in error.absolute_path)
        raise ClaimError(f"{name}{place}: {error.message[:300]}")


@cache
def _validator(name: str) -> Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    resources = [
        (f"{other}.schema.json", DRAFT202012.create_resource(load(other))) for other in names()
    ]
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(
        load(name), registry=Registry().with_resources(resources), format_checker=checker
    )
