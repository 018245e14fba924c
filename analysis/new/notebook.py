"""``reckon new notebook``: a notebook that runs, and the model of its parameters."""

from __future__ import annotations

import re
from importlib import invalidate_caches
from pathlib import Path

from analysis import paths
from analysis.errors import ReckonError
from analysis.new import names
from analysis.new.together import Together
from analysis.run import document, lint, models, parameters, plan, strip

_CELL = re.compile(r"^# %% (?P<kind>markdown|code) (?P<id>[a-z-]+)(?: tags=(?P<tags>\S+))?$")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def create(question: str) -> list[Path]:
    """Writes ``notebooks/NN_<question>.ipynb``, with the next free number, and its model.

    Returns the files written.

    Raises:
        ReckonError: for a bad name or one that is taken; nothing is written then.
    """
    package, known = names.code(), plan.names()
    names.check("notebook", question, {models.question(name) for name in known} | _modules())
    name = f"{_next(known):02}_{question}"
    values = {"name": name, "words": question.replace("_", " ")}
    values["model"] = models.class_of(question)
    notebook = paths.notebooks() / f"{name}.ipynb"
    with Together() as files:
        model = package / "run" / "models" / f"{question}.py"
        files.create(model, names.render("model.py.j2", **values))
        files.create(notebook, strip.stored(_notebook(names.render("notebook.py.j2", **values))))
        _check(name, notebook)
        return files.paths


def _check(name: str, notebook: Path) -> None:
    """What `make check` and a run would say before they execute anything."""
    invalidate_caches()
    plan.outline(name)
    parameters.defaults(name)
    if findings := lint.check(notebook):
        raise ReckonError("\n".join(map(str, findings)))


def _modules() -> set[str]:
    return {path.stem for path in models.FOLDER.glob("*.py")}


def _next(known: list[str]) -> int:
    """The number after the last, which leaves its place to the verdicts."""
    used = {int(name[:2]) for name in known if name[:2].isdigit() and name != plan.LAST}
    number = max(used, default=0) + 1
    if number >= int(plan.LAST[:2]):
        raise ReckonError(f"no number is free before {plan.LAST}: renumber the notebooks")
    return number


def _notebook(script: str) -> document.Notebook:
    """A notebook from a script in which ``# %% kind id`` begins a cell."""
    cells: list[document.Cell] = []
    for line in script.splitlines():
        if found := _CELL.match(line):
            cells.append(_cell(found["kind"], found["id"], found["tags"]))
        else:
            cells[-1]["source"] += f"{line}\n"
    for cell in cells:
        cell["source"] = cell["source"].strip()
    return {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}


def _cell(kind: str, name: str, tags: str | None) -> document.Cell:
    metadata = {"tags": tags.split(",")} if tags else {}
    cell: document.Cell = {"cell_type": kind, "id": name, "metadata": metadata, "source": ""}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
