"""The page of a package on the index (PEP 691, PEP 700): its newest release that we would read."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.errors import DataError
from analysis.sources import archive

INDEX = "https://pypi.org/simple"
ACCEPT = "application/vnd.pypi.simple.v1+json"
_FINAL = re.compile(r"\d+(\.\d+)*(\.post\d+)?")


@dataclass(frozen=True)
class Released:
    """One wheel on the index."""

    version: str
    file: str
    url: str
    day: str
    sha256: str


def page(package: str) -> str:
    """Address of the page of a package."""
    return f"{INDEX}/{package}/"


def newest(content: bytes, package: str, refused: Collection[str]) -> Released:
    """The newest final release with a wheel that was not withdrawn and is not ``refused``.

    Raises:
        DataError: not such a page, or no such release on it.
    """
    try:
        files = json.loads(content)["files"]
        found = [
            _released(file)
            for file in files
            if file["filename"].endswith(".whl") and not file.get("yanked")
        ]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(f"is not a page of an index: {error!r}", file=page(package)) from error
    fit = [
        wheel for wheel in found if _FINAL.fullmatch(wheel.version) and wheel.version not in refused
    ]
    if not fit:
        raise DataError("has no release with a wheel that can be read", file=page(package))
    return max(fit, key=lambda wheel: (archive.version_key(wheel.version), wheel.file))


def _released(file: dict[str, Any]) -> Released:
    name = str(file["filename"])
    if "/" in name or "\\" in name:
        raise ValueError(f"{name!r} is no file name")
    day = date.fromisoformat(str(file["upload-time"])[:10]).isoformat()
    version = name.split("-")[1]
    return Released(version, name, str(file["url"]), day, str(file["hashes"]["sha256"]))
