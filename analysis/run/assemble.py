"""Puts the results of a run together: the set's notebooks, its evidence, verdicts and name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.run import document, environment, imports, syntax
from analysis.run.environment import digest, digest_of
from analysis.run.record import code_commit
from analysis.run.results import Result
from analysis.run.runset import NotebookResult, RunSet


def run_set(folder: Path, results: list[Result]) -> RunSet:
    """Writes the executed notebooks into the set and judges the claims by their evidence."""
    from analysis import tables
    from analysis.claims import store, verdicts

    (folder / "notebooks").mkdir()
    shown = [_shown(folder, result) for result in results]
    found = [record for result in shown for record in result.evidence]
    as_of = results[0].task.as_of
    loaded = {table for result in results for table in result.task.tables}
    return RunSet(
        folder=folder,
        as_of=as_of,
        notebooks=shown,
        verdicts=verdicts.table(store.claims(), found, as_of),
        tables=[name for name in tables.names() if name in loaded],
        code_commit=code_commit(),
    )


def _shown(folder: Path, result: Result) -> NotebookResult:
    task, path = result.task, folder / "notebooks" / f"{result.task.name}.ipynb"
    path.write_text(document.dumps(result.executed), encoding="utf-8")
    return NotebookResult(
        name=task.name,
        title=task.title,
        path=path,
        status=result.outcome.status,
        error=result.outcome.error,
        evidence=result.evidence,
        forecasts=result.forecasts,
        parameters=task.parameters,
        key=task.key,
    )


def name(run: RunSet, report: Mapping[str, str]) -> str:
    """The name of a set: a hash of all that its pages are made from; ``report`` is what
    ``report_files`` gave when the run began."""
    from analysis.report.site import reopen

    made_from = {
        "as_of": run.as_of.isoformat(),
        "commit": run.code_commit,
        "notebooks": [
            [shown.name, shown.status, shown.error, shown.parameters, _file(shown.path)]
            for shown in run.notebooks
        ],
        "verdicts": run.verdicts,
        "tables": fingerprints(run),
        "history": _history(run),
        "report": dict(report),
        "environment": environment.parts(),
        "repository": reopen.repository(),
    }
    return digest_of(made_from)[:20]


def _history(run: RunSet) -> list[Any]:
    """What the history tells of the days up to that of the run."""
    from analysis.claims import history

    return [[day, *rest] for day, *rest in history.contents() if day <= run.as_of.isoformat()]


def fingerprints(run: RunSet) -> dict[str, str]:
    """What the loaded tables held on the day of the run."""
    from analysis import tables

    return {name: tables.fingerprint(name, run.as_of) for name in run.tables}


def report_files() -> dict[str, str]:
    """Hashes of code, templates and ledger that pages are made with."""
    modules = imports.closure([syntax.look("from analysis.report.site import site")])
    report, schemas = imports.PACKAGE / "report", imports.PACKAGE / "claims" / "schemas"
    around = [*report.rglob("*"), *schemas.glob("*.json")]
    templates = [path for path in around if path.is_file() and path.suffix not in (".py", ".pyc")]
    ledger = [paths.data() / name for name in ("claims.yaml", "claims.lock", "predictions.yaml")]
    files = [*modules.values(), *templates, *(path for path in ledger if path.exists())]
    return {str(path.relative_to(_above(path))): _file(path) for path in sorted(files)}


def _above(path: Path) -> Path:
    """The folder that a file's name is given from, so that the name is the same anywhere."""
    package = imports.PACKAGE.parent
    return package if path.is_relative_to(package) else paths.root()


def _file(path: Path) -> str:
    return digest(path.read_bytes())
