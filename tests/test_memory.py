"""What processes remember of files, and when they do not."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from analysis import memory
from analysis.memory import Memory

_names = itertools.count()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    (tmp_path / "reports").mkdir()
    return tmp_path


def later(name: str, version: int = 1) -> Memory:
    """The memory as another process finds it."""
    return Memory(name, lambda: [version])


def kept(place: Path) -> str:
    name = f"numbers-{next(_names)}"
    first = later(name)
    first.keep("a", [1, 2], {"found": "out"})
    first.write()
    return name


def test_a_value_serves_a_later_process_while_its_stamp_is_the_same(place: Path) -> None:
    found = later(kept(place))
    assert found.recall("a", [1, 2]) == {"found": "out"}
    assert found.recall("a", [1, 3]) is None and found.recall("b", [1, 2]) is None


def test_other_code_knows_nothing_of_it(place: Path) -> None:
    assert later(kept(place), version=2).recall("a", [1, 2]) is None


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}\n{}", b"\xff", None])
def test_a_damaged_file_is_no_memory(place: Path, damage: bytes | None) -> None:
    name = kept(place)
    file = place / "reports" / ".cache" / f"{name}.json"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"out", b"off") if damage is None else damage)
    assert later(name).recall("a", [1, 2]) is None


def test_a_disk_that_refuses_loses_nothing(place: Path) -> None:
    (place / "reports" / ".cache").write_text("in the way")
    one = later("refused")
    one.keep("a", [1], 1)
    one.write()
    assert one.recall("a", [1]) == 1


def test_what_is_oldest_goes_first(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_BOUND", 2)
    one = later("short")
    for number, name in enumerate("abc"):
        one.keep(name, [1], number)
    one.write()
    assert [later("short").recall(name, [1]) for name in "abc"] == [None, 1, 2]
