"""What a run has to do: its notebooks, the key of each result, and why one is stale.

A key is the hash of named parts, so that a run can say which part changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import DataError, ParameterError, ReckonError, UnknownNameError
from analysis.run import document, environment, imports, models, parameters, syntax
from analysis.run.environment import digest, digest_of
from analysis.run.syntax import Code

LAST = "99_verdict"
"""The notebook that reads the evidence of all others, and so comes after them."""
EVIDENCE = "evidence"
_MODULE = "module "
_MACHINERY = ("analysis/claims/", "analysis/run/", "analysis/tables.py")
_WORKER = ("run/execute.py", "run/draft.py", "run/ready.py")
_OWN = ("run/document.py", "run/environment.py", *_WORKER)


@dataclass(frozen=True)
class Task:
    """One notebook of a run; ``parts`` are the hashes that its ``key`` is made of."""

    name: str
    title: str
    notebook: dict[str, Any]
    parameters: dict[str, Any]
    tables: tuple[str, ...]
    parts: dict[str, str]

    @property
    def key(self) -> str:
        return digest_of(self.parts)[:20]

    @property
    def modules(self) -> list[str]:
        """Modules of ``analysis`` that the notebook may import, by their dotted names."""
        files = [name.removeprefix(_MODULE) for name in self.parts if name.startswith(_MODULE)]
        mine = [file for file in files if file.endswith(".py") and not file.endswith(_WORKER)]
        modules = [Path(file).with_suffix("") for file in mine]
        return [".".join(path.parts).removesuffix(".__init__") for path in modules]

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.parameters["as_of"])


def names() -> list[str]:
    """All notebooks, in reading order."""
    return sorted(path.stem for path in paths.notebooks().glob("*.ipynb"))


def select(wanted: Iterable[str]) -> list[str]:
    """The named notebooks in reading order, all of them if none is named; paths are accepted.

    Raises:
        UnknownNameError: with the nearest notebook there is.
        DataError: when there is none at all.
    """
    valid = names()
    if not valid:
        raise DataError("has no notebooks", file=paths.notebooks())
    chosen = {Path(name).stem if name.endswith(".ipynb") else name for name in wanted}
    for name in chosen:
        if name not in valid:
            raise UnknownNameError("notebook", name, valid)
    return [name for name in valid if name in chosen] if chosen else valid


@dataclass(frozen=True)
class Outline:
    """What the plans of one notebook have in common, whatever its parameters: ``cells`` and
    ``rest`` are the parts of a key that come before and after those of the parameters."""

    name: str
    title: str
    notebook: dict[str, Any]
    tables: tuple[str, ...]
    cells: dict[str, str]
    rest: dict[str, str]

    def task(self, values: parameters.Parameters) -> Task:
        """The plan with these parameters, on the rows known at their ``as_of``.

        Raises:
            DataError: when a table that the notebook loads is broken.
        """
        from analysis import tables

        given = parameters.as_json(values)
        chosen = {f"parameter {key}": json.dumps(value) for key, value in given.items()}
        rows = {f"table {name}": tables.fingerprint(name, values.as_of) for name in self.tables}
        parts = self.cells | chosen | rows | self.rest
        return Task(self.name, self.title, self.notebook, given, self.tables, parts)


def outline(name: str) -> Outline:
    """Reads a notebook and everything it reaches, once for any number of plans.

    Raises:
        ParameterError: when the notebook's parameters cell and its model disagree on names.
        DataError: when the file is no notebook.
    """
    notebook = document.read(paths.notebooks() / f"{name}.ipynb")
    _same_names(name, notebook)
    sources = [cell["source"] for cell in document.code_cells(notebook)]
    cells = [imports.cell(source) for source in sources]
    reached = imports.closure(cells)
    codes = [*cells, *_helpers(reached)]
    loaded = _tables(codes)
    hashes = {f"cell {i}": digest(text.encode()) for i, text in enumerate(sources, start=1)}
    rest = _modules(name, reached, loaded)
    named = syntax.together(code.claims for code in codes)
    rest |= _claims(None if name == LAST else named)
    if name == LAST or any(code.forecasts for code in codes):
        rest |= _files("predictions.yaml")
    rest |= environment.parts()
    return Outline(name, document.title(notebook, name), notebook, loaded, hashes, rest)


def task(name: str, values: parameters.Parameters) -> Task:
    """The plan of one notebook; raises what ``outline`` and ``Outline.task`` do."""
    return outline(name).task(values)


def with_evidence(planned: Task, evidence: object) -> Task:
    """The plan of a notebook that reads evidence, which is an input like any other."""
    return replace(planned, parts=planned.parts | {EVIDENCE: digest_of(evidence)})


def still_holds(planned: Task) -> bool:
    """Whether all that the key stands for is as it was planned.

    Code or data edited while a notebook ran may or may not be in its result, so that the result
    belongs to no key.
    """
    try:
        values = parameters.check(planned.name, **planned.parameters)
        now = task(planned.name, values).parts
    except (ReckonError, OSError):
        return False
    return now == {name: part for name, part in planned.parts.items() if name != EVIDENCE}


def why_stale(parts: Mapping[str, str], previous: Mapping[str, str] | None) -> str:
    """What changed since the last execution, in one line."""
    if previous is None:
        return "never run"
    changed = [name for name in parts if previous.get(name) != parts[name]]
    changed += [f"{name} (gone)" for name in previous if name not in parts]
    if not changed:
        return "its cached result is gone"
    more = f" and {len(changed) - 4} more" if len(changed) > 4 else ""
    return f"changed: {', '.join(changed[:4])}{more}"


def _same_names(name: str, notebook: document.Notebook) -> None:
    cell = document.declared_parameters(notebook)
    declared = set(parameters.model(name).model_fields)
    if cell != declared:
        odd = ", ".join(sorted(cell ^ declared))
        raise ParameterError(
            f"{name}: the cell tagged 'parameters' and the model disagree on: {odd}. "
            "Declare each parameter in both"
        )


def _tables(codes: list[Code]) -> tuple[str, ...]:
    from analysis import tables

    valid, named = tables.names(), syntax.together(code.tables for code in codes)
    # A name that does not exist fails where it is used, with the nearest one that does.
    return tuple(table for table in valid if named is None or table in named)


def _helpers(reached: Mapping[str, Path]) -> list[Code]:
    """Modules that a notebook may leave loading or recording to: not the machinery itself."""
    kept = [file for name, file in reached.items() if not name.startswith(_MACHINERY)]
    return [imports.module(file) for file in kept]


def _modules(notebook: str, reached: Mapping[str, Path], loaded: tuple[str, ...]) -> dict[str, str]:
    """Hashes of the modules reached; what is imported by name, tables and model, is added."""
    from analysis import registry

    declaring = [
        Path(str(module.__file__))
        for module in registry.modules()
        if any(table.name in loaded for table in module.TABLES)
    ]
    own = [imports.PACKAGE / file for file in _OWN]
    own += [model] if (model := models.file(notebook)) else []
    files = {**reached, **imports.closure((), also=[*declaring, *own])}
    return {f"{_MODULE}{name}": _hash(files[name]) for name in sorted(files)}


def _hash(file: Path) -> str:
    return _hash_of(file, imports.stamp(file))


@lru_cache(maxsize=1024)
def _hash_of(file: Path, _stamp: imports.Stamp) -> str:
    """Several notebooks reach the same module."""
    return digest(file.read_bytes())


def _files(*names: str) -> dict[str, str]:
    found = {name: paths.data() / name for name in names}
    return {n: digest(path.read_bytes()) for n, path in found.items() if path.exists()}


def _claims(named: set[str] | None) -> dict[str, str]:
    if named is not None and not named:
        return {}
    from analysis.claims import store

    claims = store.claims()
    chosen = claims if named is None else {name: claims[name] for name in named & claims.keys()}
    return {
        f"claim {name}": digest(claim.model_dump_json().encode())
        for name, claim in sorted(chosen.items())
    }
