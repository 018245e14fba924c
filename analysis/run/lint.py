"""What a notebook of the collection must look like, checked without running it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from analysis.run import lint_code

_RECORDS_NOTHING = re.compile(r"\bnothing\b[^.]* is recorded\b|\brecords nothing\b", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where it is, what is wrong and what to do."""

    notebook: str
    cell: int
    message: str

    def __str__(self) -> str:
        return f"{self.notebook}, cell {self.cell}: {self.message}"


def check_all(chosen: Collection[str] = ()) -> tuple[list[str], list[Finding]]:
    """The named notebooks of the collection, by default all, and everything wrong with them.

    Raises:
        UnknownNameError: with the nearest notebook there is.
        DataError: when one is no notebook.
    """
    from analysis import paths
    from analysis.claims import store
    from analysis.run import plan

    names = plan.select(chosen)
    tested = [claim for claim in store.claims().values() if not claim.untestable]
    files = {name: paths.notebooks() / f"{name}.ipynb" for name in names}
    found = [
        finding
        for name, path in files.items()
        for finding in check(path, {claim.id for claim in tested if claim.notebook == name})
    ]
    return names, found


def check(path: Path, claims: Collection[str] = ()) -> list[Finding]:
    """Everything wrong with one notebook, in order of its cells (counted from 1).

    Args:
        path: the notebook.
        claims: ids of the claims that name it and that data can decide.
    """
    from analysis.run import document

    document.read(path)  # says what is wrong with a file that is no notebook
    notebook = nbformat.read(path, as_version=4)
    name, findings = path.stem, []
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            findings += [Finding(name, number, text) for text in lint_code.problems(cell)]
    problems = [*_notebook_problems(notebook), *_evidence_problems(notebook, claims)]
    findings += [Finding(name, 1, text) for text in problems]
    return sorted(findings, key=lambda finding: finding.cell)


def _notebook_problems(notebook: nbformat.NotebookNode) -> Iterator[str]:
    cells = notebook.cells
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        yield "start with a markdown cell whose first line is '# ' and the question"
    tagged = [c for c in cells if "parameters" in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        yield f"exactly one cell carries the tag 'parameters'; found {len(tagged)}"
    for wanted in ("## What would change", "## Robustness"):
        if wanted not in _prose(notebook):
            yield f"add a section '{wanted.removeprefix('## ')}'"


def _evidence_problems(notebook: nbformat.NotebookNode, claims: Collection[str]) -> Iterator[str]:
    """Each claim that names the notebook is recorded in it; one without a claim says so."""
    source = "\n".join(c.source for c in notebook.cells if c.cell_type == "code")
    written = set(re.findall(r"""["']([\w.-]+)["']""", source))
    for claim in sorted(set(claims) - written):
        call = f'ledger.record("{claim}", estimate, interval, unit, n, …)'
        yield f"claim {claim} names this notebook, which does not record it: add {call}"
    if not claims and "ledger." not in source and not _RECORDS_NOTHING.search(_prose(notebook)):
        yield (
            "no claim in data/claims.yaml names this notebook: put its name there, or say in the "
            "text that it records nothing"
        )


def _prose(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
