"""What some code says of its imports, tables and claims: from the syntax alone, nothing is
executed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_TABLE_CALLS = {"load", "provenance", "fingerprint"}
_KINDS = (ast.Import, ast.ImportFrom, ast.Call)
Nodes = Sequence[ast.AST]
Names = frozenset[str]


@dataclass(frozen=True)
class Code:
    """One cell or module.

    ``imports`` are dotted names of ``analysis`` that it may import, also inside functions.
    ``tables`` are named in ``tables.load("…")`` and its kin, ``claims`` in ``ledger.record("…")``;
    ``None`` when one is not written out, or when the ledger is asked for more than one claim.
    ``forecasts`` tells whether ``ledger.forecast`` may be called.
    """

    imports: tuple[str, ...] = ()
    tables: Names | None = frozenset()
    claims: Names | None = frozenset()
    forecasts: bool = False


def look(source: str, inside: str = "", package: str = "analysis") -> Code:
    """Reads ``source``, which lies in the package ``inside``.

    Code that does not parse says nothing here and fails where it runs.
    """
    tree = parse(source)
    nodes = [node for node in ast.walk(tree) if isinstance(node, _KINDS)]
    names = dict.fromkeys(_imported(nodes, inside))
    ours = tuple(name for name in names if name.partition(".")[0] == package)
    return Code(ours, _tables(nodes), _claims(nodes), _forecasts(nodes))


def parse(source: str) -> ast.Module:
    """The syntax of a cell without its lines for the shell; of a broken one, nothing."""
    lines = ["" if line.startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def together(named: Iterable[Names | None]) -> set[str] | None:
    """Names of several pieces of code; ``None`` when those of one cannot be told."""
    found = list(named)
    return None if None in found else {name for names in found for name in names or ()}


def parent(dotted: str) -> str:
    """The package around a module."""
    return dotted.rpartition(".")[0]


def _imported(nodes: Nodes, inside: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, inside)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _base(node: ast.ImportFrom, inside: str) -> str:
    if not node.level:
        return node.module or ""
    for _ in range(node.level - 1):
        inside = parent(inside)
    return f"{inside}.{node.module}" if node.module else inside


def _tables(nodes: Nodes) -> Names | None:
    if _renamed(nodes, "tables"):
        return None
    names: set[str] = set()
    for call in _calls(nodes):
        if _method(call, "tables") in _TABLE_CALLS:
            name = _text(call, "name")
            if name is None:
                return None
            names.add(name)
    return frozenset(names)


def _claims(nodes: Nodes) -> Names | None:
    if _renamed(nodes, "ledger"):
        return None
    names: set[str] = set()
    for call in _calls(nodes):
        method = _method(call, "ledger")
        if method in {"record", "find"}:
            name = _text(call, "claim")
            if name is None:
                return None
            names.add(name)
        elif method not in (None, "forecast"):
            return None
    return frozenset(names)


def _forecasts(nodes: Nodes) -> bool:
    called = any(_method(call, "ledger") == "forecast" for call in _calls(nodes))
    return called or _renamed(nodes, "ledger")


def _renamed(nodes: Nodes, owner: str) -> bool:
    """Whether the module ``owner`` goes by another name here, so that its calls are not seen."""
    for node in nodes:
        if isinstance(node, ast.Import):
            if any(alias.name.endswith(f".{owner}") for alias in node.names):
                return True
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").rpartition(".")[2] == owner:
                return True
            if any(a.name == owner and a.asname not in (None, owner) for a in node.names):
                return True
    return False


def _calls(nodes: Nodes) -> Iterator[ast.Call]:
    return (node for node in nodes if isinstance(node, ast.Call))


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
