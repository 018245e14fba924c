"""``reckon new table``: a curated file, its sidecar, the module that declares it, and the table."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from analysis import paths, registry, tables
from analysis.errors import ReckonError
from analysis.new import names
from analysis.new.together import Together

_BUILD = "from analysis.cli import main; main()"


def create(name: str) -> list[Path]:
    """Writes all that a table of facts typed by hand needs, and builds it.

    Returns the files written or changed.

    Raises:
        ReckonError: for a bad name or one that is taken, and when the build fails; nothing is
            written then.
    """
    package = names.code()
    names.check("table", name, set(tables.names()) | _modules(package))
    values = {"name": name, "title": name.replace("_", " ").capitalize()}
    values["day"] = tables.default_as_of().isoformat()
    curated = paths.data() / "curated" / f"{name}.csv"
    with Together() as files:
        files.create(curated, names.render("table.csv.j2", **values))
        sidecar = curated.with_name(f"{curated.name}.meta.yaml")
        files.create(sidecar, names.render("sidecar.yaml.j2", **values))
        module = package / "sources" / f"{name}.py"
        files.create(module, names.render("source.py.j2", **values))
        listed = package / "registry.py"
        files.replace(listed, with_module(listed.read_text(encoding="utf-8"), name))
        files.watch(*_built(name))
        _build(name)
        return files.paths


def with_module(source: str, name: str) -> str:
    """The text of ``registry.py`` with one more name at the end of ``MODULES``.

    Raises:
        ReckonError: when it is not a tuple with one name a line.
    """
    lines = source.splitlines(keepends=True)
    lines.insert(_end_of_modules(source) - 1, f'    "{name}",\n')
    changed = "".join(lines)
    try:
        if _modules_in(changed) == (*_modules_in(source), name):
            return changed
    except (SyntaxError, ValueError):
        pass
    raise ReckonError("registry.py: MODULES has another form; add the module's name by hand")


def _assignment(source: str) -> ast.Assign:
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "MODULES":
            return node
    raise ReckonError("registry.py: has no MODULES; add the module's name by hand")


def _end_of_modules(source: str) -> int:
    return _assignment(source).end_lineno or 0


def _modules_in(source: str) -> tuple[str, ...]:
    return tuple(ast.literal_eval(_assignment(source).value))


def _modules(package: Path) -> set[str]:
    return {path.stem for path in (package / "sources").glob("*.py")} | set(registry.MODULES)


def _built(name: str) -> list[Path]:
    folder = paths.data() / "tables"
    indexes = [paths.data() / "datapackage.json", paths.data() / "ATTRIBUTION.md"]
    return [folder / f"{name}.csv", folder / f"{name}.meta.yaml", *indexes]


def _build(name: str) -> None:
    """In a process of its own, which sees the registry as it is now."""
    command = [sys.executable, "-c", _BUILD, "data", "build", name]
    root = paths.root()
    environment = os.environ | {"PYTHONPATH": str(root), "RECKON_ROOT": str(root)}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ReckonError(f"the new table cannot be built: {done.stderr.strip()}")
