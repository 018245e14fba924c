"""Notebooks of the collection are thin, and the lint that says so can fail."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import paths
from analysis.claims import ledger
from analysis.run import lint

COLLECTION = sorted(paths.notebooks().glob("[0-9]*.ipynb"))
TAIL = new_markdown_cell("## Robustness\n\n## What would change our mind")


@pytest.mark.parametrize("path", COLLECTION, ids=lambda path: path.stem)
def test_notebook_has_nothing_to_mend(path: Path) -> None:
    assert [str(finding) for finding in lint.check(path)] == []


def write(folder: Path, *cells: nbformat.NotebookNode) -> Path:
    path = folder / "00_sample.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Why?"), *cells, TAIL]), path)
    return path


def parameters() -> nbformat.NotebookNode:
    return new_code_cell('as_of = "latest"', metadata={"tags": ["parameters"]})


def recorded(**changes: object) -> nbformat.NotebookNode:
    cell = {
        "source": f"{lint.CHECKED}\nledger.record(1)",
        "metadata": {"tags": ["keep_output"]},
        "outputs": [new_output("stream", text="card")],
    }
    return new_code_cell(**{**cell, **changes})


def test_a_good_notebook_passes(tmp_path: Path) -> None:
    assert lint.check(write(tmp_path, parameters(), recorded())) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f():\n    return 1", "move 'f' into analysis/"),
        ("class A:\n    pass", "move 'A' into analysis/"),
        ("pd.read_csv('x.csv')", "tables come from tables.load"),
        ("datetime.now()", "nothing reads the clock"),
        ("figures.show(fig, caption='c', data=d)", "figures.show needs alt"),
        ("\n".join(f"a{i} = {i}" for i in range(9)), "9 statements"),
        ("a = (", "does not parse"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, source: str, expected: str) -> None:
    findings = lint.check(write(tmp_path, parameters(), recorded(), new_code_cell(source)))
    assert [expected in str(finding) for finding in findings] == [True]
    assert str(findings[0]).startswith("00_sample, cell 4:")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"outputs": []}, "no stored output"),
        ({"metadata": {}}, "needs the tag 'keep_output'"),
        ({"source": "ledger.record(1)"}, "or nobody compares it"),
    ],
)
def test_unchecked_evidence_is_named(tmp_path: Path, changes: dict, expected: str) -> None:
    findings = lint.check(write(tmp_path, parameters(), recorded(**changes)))
    assert any(expected in str(finding) for finding in findings)


def test_missing_parts_are_named(tmp_path: Path) -> None:
    path = tmp_path / "00_bare.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 + 1")]), path)
    text = " ".join(str(finding) for finding in lint.check(path))
    for part in ("first line is '# '", "tag 'parameters'; found 0", "ledger.record", "Robustness"):
        assert part in text


def test_only_notebooks_that_no_claim_names_need_not_record() -> None:
    named = {claim.notebook for claim in ledger.claims().values()}
    assert {path.stem for path in COLLECTION} - named >= lint.WITHOUT_CLAIM
