"""The end of a sweep: table, page and record in a folder of their own, published in one step."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import analysis
from analysis.files import sha256, write_atomic
from analysis.run import environment, publish, record
from analysis.run.parameters import Parameters
from analysis.run.sweep import grid, planned, table


@dataclass(frozen=True)
class Contents:
    """What the page of a sweep is made from; runs are counted from 1, ``failures`` by run."""

    notebook: str
    title: str
    grid: list[Parameters]
    failures: dict[int, str]
    table: Path
    code_commit: str = field(default_factory=record.code_commit)

    @cached_property
    def kinds(self) -> dict[str, type]:
        """The columns of the table."""
        return table.columns(self.grid)

    @cached_property
    def varied(self) -> list[str]:
        """The parameters that have more than one value."""
        return grid.varied(self.grid)

    @property
    def as_of(self) -> date:
        """The newest day that a run looks from."""
        return max(values.as_of for values in self.grid)


def publish_all(
    contents: Contents, spool: table.Spool, failed: Path, how: dict[str, Any], clock: record.Clock
) -> Path:
    """Builds the folder of a sweep and links ``reports/sweeps/<key>`` to it.

    ``failed`` is a folder of notebooks to keep beside the table, ``how`` what the record says of
    the execution.
    """
    from analysis.report.site import sweep_page

    key = planned.key(contents.notebook, contents.grid)
    with publish.building() as folder:
        table.write(contents.table, folder / table.PARQUET, spool, contents.kinds)
        shutil.copyfile(contents.table, folder / table.CSV)
        sweep_page.build(contents, folder)
        _keep(failed, folder / "failed")
        name = _name(folder)
        about = _about(contents) | {"key": key, "set": name} | how | clock.read()
        _write(folder, about)
        target = publish.finish(folder, name)
        if folder.exists():  # an equal set stands already; only its record is new
            _write(target, about)
    return publish.sweep(target, key)


def _keep(found: Path, folder: Path) -> None:
    for file in sorted(found.iterdir()):
        folder.mkdir(exist_ok=True)
        (folder / file.name).write_bytes(file.read_bytes())


def _name(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    content = [[str(path.relative_to(folder)), sha256(path.read_bytes())] for path in files]
    return sha256(json.dumps(content).encode())[:20]


def _about(contents: Contents) -> dict[str, Any]:
    return {
        "version": analysis.__version__,
        "kind": "sweep",
        "notebook": contents.notebook,
        "status": "failed" if contents.failures else "ok",
        "runs": len(contents.grid),
        "failed": len(contents.failures),
        "varied": {name: grid.distinct(contents.grid, name) for name in contents.varied},
        "code": {"commit": contents.code_commit, "changed": record.code_changed()},
        "host": record.host(),
        "packages": environment.packages(),
    }


def _write(folder: Path, about: dict[str, Any]) -> None:
    text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    write_atomic(folder / "sweep.json", text.encode())
