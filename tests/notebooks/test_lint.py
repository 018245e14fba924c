"""Notebooks of the collection are thin, and the lint that says so can fail."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import DataError
from analysis.run import lint, plan
from analysis.run.lint_code import CHECKED

TAIL = new_markdown_cell("## Robustness\n\n## What would change our mind")


def test_notebooks_of_the_collection_have_nothing_to_mend() -> None:
    names, findings = lint.check_all()
    assert names == plan.names()
    assert [str(finding) for finding in findings] == []


def write(folder: Path, *cells: nbformat.NotebookNode) -> Path:
    path = folder / "00_sample.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Why?"), *cells, TAIL]), path)
    return path


def parameters() -> nbformat.NotebookNode:
    return new_code_cell('as_of = "latest"', metadata={"tags": ["parameters"]})


def recorded(**changes: object) -> nbformat.NotebookNode:
    cell = {
        "source": f"{CHECKED}\nledger.record(1)",
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
        ("figures.show(f, caption='c', data=d, alt='Figure 1')", "'Figure 1' is too short"),
        ("figures.show(f, caption='c', data=d, alt='see figure_of_prices.png')", "placeholder"),
        ("plt.show()", "figures.show(fig, caption=…, alt=…, data=…)"),
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
    text = " ".join(str(finding) for finding in lint.check(path, ["c94"]))
    parts = ("first line is '# '", "tag 'parameters'; found 0", 'ledger.record("c94"', "Robustness")
    for part in parts:
        assert part in text


def test_every_claim_that_names_a_notebook_is_recorded_in_it(tmp_path: Path) -> None:
    path = write(tmp_path, parameters(), recorded(source=f'{CHECKED}\nledger.record("c1")'))
    (finding,) = lint.check(path, ["c1", "c2"])
    assert "claim c2 names this notebook, which does not record it" in finding.message


def test_a_notebook_without_a_claim_says_that_it_records_nothing(tmp_path: Path) -> None:
    (finding,) = lint.check(write(tmp_path, parameters()))
    assert "say in the text that it records nothing" in finding.message
    assert lint.check(write(tmp_path, new_markdown_cell("It records nothing."), parameters())) == []


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "00_sample.ipynb"
    path.write_text("{")
    with pytest.raises(DataError, match=r"00_sample\.ipynb: is not a notebook"):
        lint.check(path)
