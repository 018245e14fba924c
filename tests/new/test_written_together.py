"""Files written together stay only if all went well."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ReckonError
from analysis.new import table
from analysis.new.together import Together


@pytest.mark.parametrize("ends_by", [ReckonError("no"), KeyboardInterrupt(), OSError("full")])
def test_whatever_ends_it_early_puts_everything_back(
    tmp_path: Path, ends_by: BaseException
) -> None:
    old, watched = tmp_path / "old", tmp_path / "watched"
    old.write_text("old")
    with pytest.raises(type(ends_by)), Together() as files:
        files.create(tmp_path / "new", "new")
        files.replace(old, "changed")
        files.watch(watched)
        watched.write_text("by another")
        raise ends_by
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"old": "old"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("mine")
    with pytest.raises(ReckonError, match="one: is there already"), Together() as files:
        files.create(tmp_path / "two", "text")
        files.create(tmp_path / "one", "text")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_what_stays_is_named(tmp_path: Path) -> None:
    (tmp_path / "same").write_text("same")
    with Together() as files:
        files.create(tmp_path / "new", "text")
        files.replace(tmp_path / "same", "same")
        assert files.paths == [tmp_path / "new"]


@pytest.mark.parametrize(
    "modules", ['MODULES = (\n    "a",\n)\n', 'X = 1\nMODULES = (\n    "a",\n)\n']
)
def test_a_module_is_added_to_the_registry(modules: str) -> None:
    assert table.with_module(modules, "b") == modules.replace('"a",\n', '"a",\n    "b",\n')


@pytest.mark.parametrize("modules", ['MODULES = ("a",)\n', "MODULES = names()\n", "OTHER = ()\n"])
def test_a_registry_of_another_form_is_left_alone(modules: str) -> None:
    with pytest.raises(ReckonError, match="by hand"):
        table.with_module(modules, "b")
