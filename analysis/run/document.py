"""Notebook files as plain JSON: reading, splicing, and taking out what differs between runs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.errors import DataError

Notebook = dict[str, Any]
Cell = dict[str, Any]

INJECTED = "injected-parameters"
DECLARED = "parameters"
_BANNER = "papermill-error-cell-tag"
_NOISE = ("papermill", "execution", "widgets")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")
_KERNEL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read(path: Path) -> Notebook:
    """A notebook of format 4 with every source as one string.

    Raises:
        DataError: when the file is no such notebook.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
            cell.setdefault("metadata", {})
        ok = notebook["nbformat"] == 4
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"is not a notebook: {error}", file=path) from None
    if not ok:
        raise DataError("is not a notebook of format 4", file=path, todo="save it in JupyterLab")
    return notebook


def dumps(notebook: Notebook) -> str:
    """The one way a notebook is written: sorted keys, one space, a final newline."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def title(notebook: Notebook, fallback: str) -> str:
    """The first heading of the first text cell that has one."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in cell["source"].splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
    return fallback


def code_cells(notebook: Notebook) -> list[Cell]:
    """All code cells but the one that a run injected."""
    return [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and INJECTED not in tags(cell)
    ]


def tags(cell: Cell) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def declared_parameters(notebook: Notebook) -> set[str]:
    """The names that the cell tagged ``parameters`` assigns."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and DECLARED in tags(cell):
            return set(_assigned(cell["source"]))
    return set()


def _assigned(source: str) -> Iterator[str]:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return
    for node in body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def splice(source: Notebook, executed: Notebook) -> Notebook:
    """``source`` with the outputs of ``executed``, whose code cells are the same, and its
    injected cell; prose edited since the execution is the new prose."""
    done = iter(code_cells(executed))
    injected = [cell for cell in executed["cells"] if INJECTED in tags(cell)]
    cells: list[Cell] = []
    for cell in source["cells"]:
        cells.append(dict(cell))
        if cell["cell_type"] == "code":
            ran = next(done)
            cells[-1] |= {k: ran.get(k) for k in ("outputs", "execution_count")}
            if DECLARED in tags(cell):
                cells += injected
    metadata = executed["metadata"] | source["metadata"]
    return clean({**source, "cells": cells, "metadata": metadata})


def clean(notebook: Notebook) -> Notebook:
    """The notebook without anything that differs between two runs on the same inputs.

    Timings, addresses and process numbers go. Cells keep the names that reports link to; the
    injected cell, whose name is random, and cells of old notebooks without one get theirs here.
    """
    kept = [cell for cell in notebook["cells"] if _BANNER not in tags(cell)]
    cells = [_clean_cell(cell, number) for number, cell in enumerate(kept, start=1)]
    metadata = _without_noise(notebook["metadata"])
    if "language_info" in metadata:  # a kernel adds what it knows of itself
        metadata["language_info"] = {"name": metadata["language_info"].get("name", "python")}
    return {**notebook, "cells": cells, "metadata": metadata, "nbformat_minor": 5}


def _clean_cell(cell: Cell, number: int) -> Cell:
    metadata = _without_noise(cell["metadata"])
    if not metadata.get("tags", True):
        del metadata["tags"]
    name = INJECTED if INJECTED in tags(cell) else cell.get("id", f"cell-{number}")
    result = {**cell, "id": name, "metadata": metadata}
    if cell["cell_type"] == "code":
        result["outputs"] = _merged([_clean_output(output) for output in cell["outputs"]])
    return result


def _without_noise(metadata: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in _NOISE}


def _clean_output(output: dict[str, Any]) -> dict[str, Any]:
    result = dict(output)
    if result["output_type"] == "stream":
        result["text"] = plain("".join(result["text"]))
    elif result["output_type"] == "error":
        result["evalue"] = plain(result["evalue"])
        result["traceback"] = [plain(line) for line in result["traceback"]]
    elif "text/plain" in result["data"]:
        text = plain("".join(result["data"]["text/plain"]))
        result["data"] = result["data"] | {"text/plain": text}
    return result


def plain(text: str) -> str:
    """Text without colour codes, memory addresses and the kernel's temporary file names."""
    return _KERNEL_FILE.sub("cell", _ADDRESS.sub("", _COLOUR.sub("", text)))


def _merged(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring pieces of one stream as one: where it was cut is chance."""
    result: list[dict[str, Any]] = []
    for output in outputs:
        last = result[-1] if result else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            result[-1] = last | {"text": last["text"] + output["text"]}
        else:
            result.append(output)
    return result
