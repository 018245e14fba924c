"""A table with a bad cell stops a run before anything is executed or written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_collection import Collection

from analysis.cli import reckon

LOAD = "from analysis import tables\ntables.load('deflator')"


def spoil(tables: Path) -> None:
    """Put a text where the deflator has its index in line 7."""
    project = tables.resolve()
    tables.unlink()
    shutil.copytree(project, tables)
    lines = (tables / "deflator.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[6].split(",")
    cells[lines[0].split(",").index("index")] = "lots"
    lines[6] = ",".join(cells)
    (tables / "deflator.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("named", [[], ["01_article_audit"]])
def test_a_bad_cell_is_named_and_nothing_is_written(
    collection: Collection, named: list[str]
) -> None:
    collection.write("01_article_audit", LOAD)
    spoil(collection.root / "data" / "tables")
    done = CliRunner().invoke(reckon, ["run", *named])
    assert done.exit_code == 2
    assert "deflator.csv, row 7, column 'index': 'lots' is not a number" in done.output
    written = [path for path in collection.reports.rglob("*") if path.is_file()]
    assert written == []
