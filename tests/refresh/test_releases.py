"""The page of a package on the index."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analysis.errors import DataError
from analysis.refresh import releases


def wheel(version: str, day: str = "2026-10-01", **more: Any) -> dict[str, Any]:
    name = f"prices-{version}-py3-none-any.whl"
    return {
        "filename": name,
        "url": f"https://files.example/{name}",
        "hashes": {"sha256": f"hash of {version}"},
        "upload-time": f"{day}T10:11:12.131415Z",
        "yanked": False,
        **more,
    }


def page(*files: dict[str, Any]) -> bytes:
    return json.dumps({"meta": {"api-version": "1.1"}, "name": "prices", "files": files}).encode()


def test_versions_are_compared_as_numbers() -> None:
    found = releases.newest(page(wheel("1.9.0"), wheel("1.10.0"), wheel("1.2.0")), "prices", ())
    assert (found.version, found.day) == ("1.10.0", "2026-10-01")
    assert found.sha256 == "hash of 1.10.0"
    assert found.url.endswith("prices-1.10.0-py3-none-any.whl")


@pytest.mark.parametrize(
    "other",
    [
        wheel("2.0.0", yanked="compromised"),
        wheel("2.0.0", yanked=True),
        wheel("2.0.0rc1"),
        wheel("2.0.0.dev3"),
        wheel("1.82.7"),
        wheel("2.0.0") | {"filename": "prices-2.0.0.tar.gz"},
    ],
)
def test_what_we_would_not_read_is_passed_over(other: dict[str, Any]) -> None:
    assert releases.newest(page(wheel("1.2.0"), other), "prices", {"1.82.7"}).version == "1.2.0"


@pytest.mark.parametrize(
    "content",
    [
        b"<html>",
        b"[" * 100_000,
        b"[]",
        b"{}",
        page(wheel("1.0") | {"upload-time": None}),
        page(wheel("1.0") | {"filename": "../../prices-1.0.whl"}),
        page({"filename": "prices-1.0-py3-none-any.whl"}),
        page(),
    ],
)
def test_another_page_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match=r"pypi\.org/simple/prices/"):
        releases.newest(content, "prices", ())
