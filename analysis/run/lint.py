"""What a notebook of the collection must look like, checked without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

MAX_STATEMENTS = 6
MAX_LINES = 16
CHECKED = "# NBVAL_CHECK_OUTPUT"
WITHOUT_CLAIM = frozenset({"12_scenarios"})
"""Notebooks that no claim names: they condition what others found and record nothing."""
FORBIDDEN_CALLS = {
    "open": "files are read by analysis.tables",
    "read_csv": "tables come from tables.load(name, as_of=p.as_of)",
    "read_json": "tables come from tables.load(name, as_of=p.as_of)",
    "Path": "notebooks touch no files",
    "now": "nothing reads the clock; use p.as_of",
    "today": "nothing reads the clock; use p.as_of",
    "exec": "write the code in the cell",
    "eval": "write the code in the cell",
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where it is, what is wrong and what to do."""

    notebook: str
    cell: int
    message: str

    def __str__(self) -> str:
        return f"{self.notebook}, cell {self.cell}: {self.message}"


def check(path: Path) -> list[Finding]:
    """Everything wrong with one notebook, in order of its cells (counted from 1)."""
    notebook = nbformat.read(path, as_version=4)
    name, findings = path.stem, []
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            findings += [Finding(name, number, text) for text in _code_problems(cell)]
    findings += [Finding(name, 1, text) for text in _notebook_problems(notebook, name)]
    return sorted(findings, key=lambda finding: finding.cell)


def _notebook_problems(notebook: nbformat.NotebookNode, name: str) -> Iterator[str]:
    cells = notebook.cells
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        yield "start with a markdown cell whose first line is '# ' and the question"
    tagged = [c for c in cells if "parameters" in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        yield f"exactly one cell carries the tag 'parameters'; found {len(tagged)}"
    source = "\n".join(c.source for c in cells if c.cell_type == "code")
    if "ledger." not in source and name not in WITHOUT_CLAIM:
        yield "record what was found: ledger.record(claim, estimate, interval, unit, n, …)"
    headings = [c.source for c in cells if c.cell_type == "markdown"]
    for wanted in ("## What would change", "## Robustness"):
        if not any(wanted in text for text in headings):
            yield f"add a section '{wanted.removeprefix('## ')}'"


def _code_problems(cell: nbformat.NotebookNode) -> Iterator[str]:
    lines = [line for line in cell.source.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        yield f"{len(lines)} lines; split the cell (at most {MAX_LINES})"
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield f"does not parse: {error.msg}"
        return
    steps = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    if len(steps) > MAX_STATEMENTS and "parameters" not in cell.metadata.get("tags", []):
        yield f"{len(steps)} statements; split the cell (at most {MAX_STATEMENTS})"
    for node in ast.walk(tree):
        yield from _node_problems(node)
    yield from _output_problems(cell)


def _node_problems(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        yield f"line {node.lineno}: move '{node.name}' into analysis/; notebooks define nothing"
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in FORBIDDEN_CALLS:
            yield f"line {node.lineno}: no {name}() in a notebook; {FORBIDDEN_CALLS[name]}"
        yield from _figure_problems(node, name)


def _figure_problems(node: ast.Call, name: str) -> Iterator[str]:
    if name != "show" or getattr(getattr(node.func, "value", None), "id", "") != "figures":
        return
    given = {keyword.arg for keyword in node.keywords}
    missing = sorted({"caption", "alt", "data"} - given)
    if missing:
        yield f"line {node.lineno}: figures.show needs {', '.join(missing)}"


def _output_problems(cell: nbformat.NotebookNode) -> Iterator[str]:
    kept = "keep_output" in cell.metadata.get("tags", [])
    if kept and CHECKED not in cell.source:
        yield f"a cell tagged 'keep_output' starts with '{CHECKED}', or nobody compares it"
    if CHECKED in cell.source and not kept:
        yield "a checked cell needs the tag 'keep_output', or nbstripout clears what is compared"
    if CHECKED in cell.source and not cell.outputs:
        yield "a checked cell has no stored output; call `make summary`"
    if cell.outputs and not kept:
        yield "outputs are not committed; call `nbstripout --keep-count --keep-id`"
    if "ledger.record(" in cell.source and not kept:
        yield f"a cell that records evidence is checked: add '{CHECKED}' and tag 'keep_output'"
