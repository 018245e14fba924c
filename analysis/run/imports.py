"""Which modules of ``analysis`` some code can reach, without importing any.

A module is read when it changed: what it says is kept by its time and size, in
``reports/.cache/modules.json`` also for later processes.
"""
# os.path is several times as fast, and this asks about thousands of names.
# ruff: noqa: PTH113, PTH118

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import analysis
from analysis import memory
from analysis.run import syntax
from analysis.run.environment import digest
from analysis.run.syntax import Code

PACKAGE = Path(analysis.__file__).resolve().parent
Stamp = tuple[int, ...]
_Listed = list[str] | None
_MEMORY = memory.Memory(
    "modules", lambda: [memory.stamp(file) for file in (str(syntax.__file__), __file__)]
)


def closure(
    codes: Iterable[Code], *, package: Path = PACKAGE, also: Iterable[Path] = ()
) -> dict[str, Path]:
    """All modules of ``package`` that the code imports, directly or through each other.

    Keys are paths relative to the folder above ``package``.
    """
    reached: dict[str, Path] = {}
    waiting = [file for code in codes for name in code.imports for file in _files(name, package)]
    waiting += [str(path) for path in also]
    above = len(str(package.parent)) + 1
    while waiting:
        file = waiting.pop()
        key = file[above:].replace(os.sep, "/")
        if key not in reached:
            reached[key] = Path(file)
            waiting += _imports_of(file, package, stamp(file))
    return dict(sorted(reached.items()))


def stamp(file: str | Path) -> Stamp:
    """Time and size of a file, which change when it does."""
    return tuple(memory.stamp(file))


def module(file: Path, package: Path = PACKAGE) -> Code:
    """What a module says."""
    return _module(str(file), package, stamp(file))


def cell(source: str) -> Code:
    """What a cell says, as ``syntax.look`` reads it."""
    name = f"cell {digest(source.encode())}"
    known = _MEMORY.recall(name, [])
    if known is not None:
        return _code(*known)
    code = syntax.look(source)
    _MEMORY.keep(name, [], _as_json(code))
    return code


@lru_cache(maxsize=2048)
def _module(file: str, package: Path, at: Stamp) -> Code:
    known = _MEMORY.recall(file, list(at))
    if known is not None:
        return _code(*known)
    dotted = ".".join(Path(file).relative_to(package.parent).with_suffix("").parts)
    whole = Path(file).stem == "__init__"
    inside = dotted.removesuffix(".__init__") if whole else syntax.parent(dotted)
    code = syntax.look(Path(file).read_text(encoding="utf-8"), inside, package.name)
    _MEMORY.keep(file, list(at), _as_json(code))
    return code


@lru_cache(maxsize=1024)
def _imports_of(file: str, package: Path, at: Stamp) -> tuple[str, ...]:
    names = _module(file, package, at).imports
    return tuple(dict.fromkeys(path for name in names for path in _files(name, package)))


def _files(dotted: str, package: Path) -> Iterator[str]:
    """The module called ``dotted`` and the packages around it."""
    folder = str(package)
    yield os.path.join(folder, "__init__.py")
    for name in dotted.split(".")[1:]:
        folder = os.path.join(folder, name)
        for file in (os.path.join(folder, "__init__.py"), f"{folder}.py"):
            if os.path.isfile(file):
                yield file


def _as_json(code: Code) -> list[Any]:
    names = [None if named is None else sorted(named) for named in (code.tables, code.claims)]
    return [list(code.imports), *names, code.forecasts]


def _code(imports: list[str], tables: _Listed, claims: _Listed, forecasts: bool) -> Code:
    return Code(tuple(imports), _names(tables), _names(claims), forecasts)


def _names(listed: _Listed) -> frozenset[str] | None:
    return None if listed is None else frozenset(listed)
