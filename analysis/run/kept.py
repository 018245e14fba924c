"""Outputs that are committed with a notebook, so that nbval has something to compare."""

from __future__ import annotations

from pathlib import Path

from analysis import files, paths
from analysis.errors import RunError
from analysis.run import document, strip
from analysis.run.document import Cell, Notebook


def store(executed: Path) -> list[Path]:
    """Copies the outputs of all cells tagged ``keep_output`` into the notebooks of the collection.

    ``executed`` is the folder of a run's notebooks. Returns the notebooks that changed; none is
    written before all were found to agree with that run.

    Raises:
        RunError: when a notebook was edited since it ran.
    """
    contents = {}
    for path in sorted(paths.notebooks().glob("[0-9]*.ipynb")):
        ran = executed / path.name
        if not ran.exists():
            raise RunError(f"{path.name}: not in the last run; call `reckon run` first")
        contents[path] = strip.stored(_with_outputs(path, document.read(ran))).encode()
    changed = [path for path, content in contents.items() if content != path.read_bytes()]
    for path in changed:
        files.write_atomic(path, contents[path])
    return changed


def _with_outputs(path: Path, ran: Notebook) -> Notebook:
    source = document.read(path)
    done = {cell["id"]: cell for cell in document.code_cells(ran)}
    for cell in document.code_cells(source):
        cell["outputs"] = _outputs(path, cell, done)
    return source


def _outputs(path: Path, cell: Cell, done: dict[str, Cell]) -> list[object]:
    twin = done.get(cell["id"])
    if twin is None or twin["source"] != cell["source"]:
        where = f"{path.name}, cell {cell['id']!r}"
        raise RunError(f"{where}: edited since the last run; call `reckon run` first")
    return list(twin["outputs"])  # of cells without the tag they are stripped
