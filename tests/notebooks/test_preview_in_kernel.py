"""A parameter changed in a notebook, and what its kernel then says would move."""

from __future__ import annotations

import nbformat
from nbclient import NotebookClient

from analysis import paths

NAME = "02_training_cost"


def test_a_changed_parameter_moves_numbers_and_the_kernel_says_so() -> None:
    notebook = nbformat.read(paths.notebooks() / f"{NAME}.ipynb", as_version=4)
    given = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    given.source = given.source.replace("top_k = 10", "top_k = 3")
    notebook.cells.append(nbformat.v4.new_code_cell("ledger.preview()"))
    NotebookClient(notebook, kernel_name="python3").execute()
    (shown,) = notebook.cells[-1].outputs
    assert "3 (default 10)" in str(notebook.cells)
    first, *rows = shown.data["text/plain"].splitlines()
    assert "would move" in first and "claims recorded by this kernel" in first
    assert any(row.startswith("c38: ") for row in rows)
    assert "→" in shown.data["text/html"]
