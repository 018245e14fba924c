"""Small collections on real tables: notebooks of a few cells, a ledger of two claims."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from claims.small_ledgers import exact as frames

from analysis import paths
from analysis.run.models.training_cost import TrainingCost

AS_OF = 'as_of = "latest"'
TRAINING = "\n".join(
    f"{name} = {field.default if isinstance(field.default, int | float) else str(field.default)!r}"
    for name, field in TrainingCost.model_fields.items()
)
RECORD = """\
from analysis.claims import ledger
ledger.record("c18", 60 * 30, None, "frames", 1)"""
FIGURE = """\
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.plot([1, 2, 3])"""


def notebook(*cells: str, parameters: str = AS_OF, title: str = "A question") -> dict[str, Any]:
    """A notebook with a heading, a parameters cell and the given code cells."""
    heading = {"cell_type": "markdown", "id": "heading", "metadata": {}, "source": f"# {title}"}
    code = [_code(parameters, ["parameters"]), *(_code(cell, []) for cell in cells)]
    for number, cell in enumerate(code):
        cell["id"] = f"code-{number}"
    return {"cells": [heading, *code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _code(source: str, tags: list[str]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": tags},
        "outputs": [],
        "source": source,
    }


class Collection:
    """A root with the real tables and locks, a small ledger and the notebooks of a test; a root
    that is one already stays as it is."""

    def __init__(self, root: Path) -> None:
        self.root, self.notebooks, self.reports = root, root / "notebooks", root / "reports"
        if root.exists():
            return
        project = Path(paths.__file__).resolve().parent.parent
        for folder in (self.notebooks, self.reports, root / "data"):
            folder.mkdir(parents=True)
        (root / "data" / "tables").symlink_to(project / "data" / "tables")
        (root / "locks").symlink_to(project / "locks")
        self.ledger(frames())

    def ledger(self, *claims: dict[str, Any]) -> None:
        text = yaml.safe_dump(list(claims), sort_keys=False)
        (self.root / "data" / "claims.yaml").write_text(text, encoding="utf-8")

    def write(self, name: str, *cells: str, **options: Any) -> Path:
        path = self.notebooks / f"{name}.ipynb"
        path.write_text(json.dumps(notebook(*cells, **options)), encoding="utf-8")
        return path

    def link(self, name: str) -> Path:
        """The folder that a link under ``reports/`` points to."""
        return (self.reports / name).resolve(strict=True)

    def record(self, name: str = "latest") -> dict[str, Any]:
        return json.loads((self.reports / name / "run.json").read_text(encoding="utf-8"))


def contents(folder: Path, leave_out: Iterable[str] = ("run.json",)) -> dict[str, bytes]:
    """All files of a folder by relative name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in named.items() if name not in leave_out}


def alive(process: int) -> bool:
    """Whether a process runs; one that ended and waits to be reaped does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
