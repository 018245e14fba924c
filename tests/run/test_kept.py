"""Committed outputs are those of the last run, and of nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.errors import RunError
from analysis.run import kept


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "ran").mkdir()
    return tmp_path


def write(path: Path, *, text: str | None = None, source: str = "record()") -> None:
    outputs = [] if text is None else [new_output("stream", text=text)]
    cells = [
        new_code_cell(source, id="record", metadata={"tags": ["keep_output"]}, outputs=outputs),
        new_code_cell("plot()", id="plot", outputs=outputs),
    ]
    nbformat.write(new_notebook(cells=cells), path)


def outputs(path: Path) -> list[list[dict]]:
    return [cell["outputs"] for cell in json.loads(path.read_text())["cells"]]


def test_only_tagged_cells_keep_their_outputs(root: Path) -> None:
    write(root / "notebooks" / "01_a.ipynb")
    write(root / "ran" / "01_a.ipynb", text="card")
    assert kept.store(root / "ran") == [root / "notebooks" / "01_a.ipynb"]
    first, second = outputs(root / "notebooks" / "01_a.ipynb")
    assert ["".join(output["text"]) for output in first] == ["card"]
    assert second == []


def test_a_second_call_changes_nothing(root: Path) -> None:
    write(root / "notebooks" / "01_a.ipynb")
    write(root / "ran" / "01_a.ipynb", text="card")
    kept.store(root / "ran")
    assert kept.store(root / "ran") == []


def test_a_notebook_edited_since_is_refused(root: Path) -> None:
    write(root / "notebooks" / "01_a.ipynb", source="record(2)")
    write(root / "ran" / "01_a.ipynb", text="card")
    before = (root / "notebooks" / "01_a.ipynb").read_bytes()
    with pytest.raises(RunError, match=r"01_a\.ipynb, cell 'record': edited since"):
        kept.store(root / "ran")
    assert (root / "notebooks" / "01_a.ipynb").read_bytes() == before


def test_a_notebook_that_did_not_run_is_named(root: Path) -> None:
    write(root / "notebooks" / "01_a.ipynb")
    with pytest.raises(RunError, match=r"01_a\.ipynb: not in the last run"):
        kept.store(root / "ran")


def test_one_edited_notebook_leaves_all_as_they_are(root: Path) -> None:
    write(root / "notebooks" / "01_a.ipynb")
    write(root / "ran" / "01_a.ipynb", text="card")
    write(root / "notebooks" / "02_b.ipynb", source="record(2)")
    write(root / "ran" / "02_b.ipynb", text="card")
    before = (root / "notebooks" / "01_a.ipynb").read_bytes()
    with pytest.raises(RunError, match=r"02_b\.ipynb"):
        kept.store(root / "ran")
    assert (root / "notebooks" / "01_a.ipynb").read_bytes() == before
