"""Wheels are read as archives, and broken or hostile ones are refused by name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.sources import archive


def wheel(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for member, content in members.items():
            out.writestr(member, content)
    return path


def test_a_member_is_read_by_its_pattern(tmp_path: Path) -> None:
    path = wheel(tmp_path, "a-1.0-py3-none-any.whl", {"a/prices.json": b"{}", "a/x.py": b""})
    assert archive.read_member(path, "a/*.json") == b"{}"


@pytest.mark.parametrize("pattern", ["b/*", "a/*"])
def test_no_member_or_several_are_refused(tmp_path: Path, pattern: str) -> None:
    path = wheel(tmp_path, "a-1.0-py3-none-any.whl", {"a/x": b"", "a/y": b""})
    with pytest.raises(DataError, match="exactly one is needed"):
        archive.read_member(path, pattern)


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "..\\x", "C:\\x", "a/..", "\\\\server\\x"]
)
def test_a_member_that_climbs_out_spoils_the_archive(tmp_path: Path, name: str) -> None:
    path = wheel(tmp_path, "a-1.0-py3-none-any.whl", {"a/prices.json": b"{}", name: b"x"})
    with pytest.raises(DataError, match="climbs out") as caught:
        archive.read_member(path, "a/prices.json")
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_archive_is_refused(tmp_path: Path, share: float) -> None:
    path = wheel(tmp_path, "a-1.0-py3-none-any.whl", {"a/prices.json": bytes(range(256)) * 40})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DataError, match="truncated or corrupt"):
        archive.read_member(path, "a/prices.json")


def test_damage_inside_a_member_is_noticed(tmp_path: Path) -> None:
    path = wheel(tmp_path, "a-1.0-py3-none-any.whl", {"a/prices.json": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60:70] = b"0123456789"
    path.write_bytes(bytes(content))
    with pytest.raises(DataError, match=r"'a/prices\.json' is truncated or corrupt"):
        archive.read_member(path, "a/prices.json")


def test_a_member_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    path = wheel(tmp_path, "a-1.0-py3-none-any.whl", {"a/prices.json": b"0" * 5000})
    with pytest.raises(DataError, match="larger than 1000 bytes"):
        archive.read_member(path, "a/prices.json", limit=1000)


def test_wheels_are_sorted_by_version_not_by_name(tmp_path: Path) -> None:
    for version in ("1.10.0", "1.9.3", "0.12.7"):
        wheel(tmp_path, f"lite_llm-{version}-py3-none-any.whl", {"x": b""})
    wheel(tmp_path, "other-2.0-py3-none-any.whl", {"x": b""})
    found = archive.wheels(tmp_path, "lite-LLM")
    assert [entry.version for entry in found] == ["0.12.7", "1.9.3", "1.10.0"]


def test_a_folder_without_the_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="has no wheel of 'cpi'"):
        archive.wheels(tmp_path, "cpi")
