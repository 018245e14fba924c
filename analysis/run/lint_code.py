"""What a code cell of a notebook must look like."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import nbformat

from analysis.errors import InputError

MAX_STATEMENTS = 6
MAX_LINES = 16
CHECKED = "# NBVAL_CHECK_OUTPUT"
_RECORDING = ("ledger.record(", "ledger.forecast(")
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


def problems(cell: nbformat.NotebookNode) -> Iterator[str]:
    """What is wrong with a code cell, one message each."""
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
    owner = getattr(getattr(node.func, "value", None), "id", "")
    if name == "show" and owner == "plt":
        yield f"line {node.lineno}: no plt.show(); figures.show(fig, caption=…, alt=…, data=…)"
    if name != "show" or owner != "figures":
        return
    given = {keyword.arg for keyword in node.keywords}
    missing = sorted({"caption", "alt", "data"} - given)
    if missing:
        yield f"line {node.lineno}: figures.show needs {', '.join(missing)}"
    texts = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
    if problem := _alt_problem(texts.get("alt"), str(texts.get("caption", ""))):
        yield f"line {node.lineno}: {problem}"


def _alt_problem(alt: object, caption: str) -> str:
    """What is wrong with a description that is written out."""
    from analysis.report import figures

    if not isinstance(alt, str):
        return ""
    try:
        figures.check_alt(alt, caption)
    except InputError as error:
        return str(error)
    return ""


def _output_problems(cell: nbformat.NotebookNode) -> Iterator[str]:
    kept = "keep_output" in cell.metadata.get("tags", [])
    if kept and CHECKED not in cell.source:
        yield f"a cell tagged 'keep_output' starts with '{CHECKED}', or nobody compares it"
    if CHECKED in cell.source and not kept:
        yield "a checked cell needs the tag 'keep_output', or stripping clears what is compared"
    if CHECKED in cell.source and not cell.outputs:
        yield "a checked cell has no stored output; call `make summary`"
    if cell.outputs and not kept:
        yield "outputs are not committed; call `.venv/bin/python -m analysis.run.strip` on it"
    if any(call in cell.source for call in _RECORDING) and not kept:
        yield f"a cell that records evidence is checked: add '{CHECKED}' and tag 'keep_output'"
