"""Which modules of ``analysis`` some code can reach, which tables and claims it names: from the
syntax alone, nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import analysis

PACKAGE = Path(analysis.__file__).resolve().parent
_TABLE_CALLS = {"load", "provenance", "fingerprint"}


def parse(source: str) -> ast.Module:
    """The syntax of a cell; one that does not parse is empty here and fails where it runs."""
    lines = ["" if line.startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def closure(
    trees: Iterable[ast.Module], *, package: Path = PACKAGE, also: Iterable[Path] = ()
) -> dict[str, Path]:
    """All modules of ``package`` that the code imports, directly or through each other.

    Imports inside functions count. Keys are paths relative to the folder above ``package``.
    """
    reached: dict[str, Path] = {}
    waiting = [file for tree in trees for file in _imported(tree, package, package.name)]
    waiting += also
    while waiting:
        file = waiting.pop()
        key = file.relative_to(package.parent).as_posix()
        if key not in reached:
            reached[key] = file
            waiting += _imports_of(file, package, file.stat().st_mtime_ns)
    return dict(sorted(reached.items()))


def module_tree(file: Path) -> ast.Module:
    """The syntax of a module, parsed again only when the file changed."""
    return _module_tree(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _module_tree(file: Path, _time: int) -> ast.Module:
    return parse(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _imports_of(file: Path, package: Path, _time: int) -> tuple[Path, ...]:
    dotted = ".".join(file.relative_to(package.parent).with_suffix("").parts)
    inside = dotted.removesuffix(".__init__") if file.stem == "__init__" else _parent(dotted)
    return tuple(_imported(module_tree(file), package, inside))


@lru_cache(maxsize=1024)
def _nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """The imports and calls of a tree: several notebooks ask the same modules about them."""
    kinds = (ast.Import, ast.ImportFrom, ast.Call)
    return tuple(node for node in ast.walk(tree) if isinstance(node, kinds))


def _imported(tree: ast.Module, package: Path, inside: str) -> Iterator[Path]:
    for node in _nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _files(alias.name, package)
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, inside)
            yield from _files(base, package)
            for alias in node.names:
                yield from _files(f"{base}.{alias.name}", package)


def _base(node: ast.ImportFrom, inside: str) -> str:
    if not node.level:
        return node.module or ""
    for _ in range(node.level - 1):
        inside = _parent(inside)
    return f"{inside}.{node.module}" if node.module else inside


def _parent(dotted: str) -> str:
    return dotted.rpartition(".")[0]


def _files(dotted: str, package: Path) -> Iterator[Path]:
    """The module called ``dotted`` and the packages around it; nothing if it is not ours."""
    first, *rest = dotted.split(".")
    if first != package.name:
        return
    folder = package
    yield folder / "__init__.py"
    for name in rest:
        folder = folder / name
        for file in (folder / "__init__.py", folder.with_suffix(".py")):
            if file.is_file():
                yield file


def tables_named(trees: Sequence[ast.Module]) -> set[str] | None:
    """Names in ``tables.load("…")`` and its kin; ``None`` when one is not written out."""
    names: set[str] = set()
    if any(_renamed(tree, "tables") for tree in trees):
        return None
    for call in _calls(trees):
        if _method(call, "tables") in _TABLE_CALLS:
            name = _text(call, "name")
            if name is None:
                return None
            names.add(name)
    return names


def claims_named(trees: Sequence[ast.Module]) -> set[str] | None:
    """Claims in ``ledger.record("…", …)``; ``None`` when one is not written out, or when the
    code asks the ledger for more than one claim."""
    names: set[str] = set()
    if any(_renamed(tree, "ledger") for tree in trees):
        return None
    for call in _calls(trees):
        method = _method(call, "ledger")
        if method in {"record", "find"}:
            name = _text(call, "claim")
            if name is None:
                return None
            names.add(name)
        elif method not in (None, "forecast"):
            return None
    return names


def forecasts(trees: Sequence[ast.Module]) -> bool:
    """Whether code may call ``ledger.forecast``."""
    renamed = any(_renamed(tree, "ledger") for tree in trees)
    return renamed or any(_method(call, "ledger") == "forecast" for call in _calls(trees))


def _renamed(tree: ast.Module, owner: str) -> bool:
    """Whether the module ``owner`` goes by another name here, so that its calls are not seen."""
    for node in _nodes(tree):
        if isinstance(node, ast.Import):
            if any(alias.name.endswith(f".{owner}") for alias in node.names):
                return True
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").rpartition(".")[2] == owner:
                return True
            if any(a.name == owner and a.asname not in (None, owner) for a in node.names):
                return True
    return False


def _calls(trees: Iterable[ast.Module]) -> Iterator[ast.Call]:
    for tree in trees:
        yield from (node for node in _nodes(tree) if isinstance(node, ast.Call))


def _method(call: ast.Call, owner: str) -> str | None:
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == owner else None
    return None


def _text(call: ast.Call, keyword: str) -> str | None:
    """The first argument, if it is a text that is written out."""
    given = [item.value for item in call.keywords if item.arg == keyword]
    first = [*call.args, *given][:1]
    node = first[0] if first else None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
