"""The parameters cell as it was last run in this kernel: what it assigns, whoever edited it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Sequence

_RENAMED = 2
"""Names of the model that the cell may lack and still be taken for the parameters cell."""


def unknown(declared: Collection[str]) -> list[str]:
    """Names that the parameters cell assigns and its notebook does not have.

    A name with a slip of the pen would otherwise leave the old value in force without a word.
    Outside IPython there is no such cell, and nothing is unknown.
    """
    if "IPython" not in sys.modules:
        return []
    from IPython import get_ipython

    shell = get_ipython()
    return [] if shell is None else strange(shell.user_ns.get("In", ()), declared)


def strange(cells: Sequence[str], declared: Collection[str]) -> list[str]:
    """The undeclared names of the newest of ``cells`` that looks like the parameters cell."""
    for source in reversed(cells):
        names = assigned(source)
        known = [name for name in names if name in declared]
        if len(known) >= max(min(2, len(declared)), len(declared) - _RENAMED):
            return [name for name in names if name not in declared]
    return []


def assigned(source: str) -> list[str]:
    """The names of a cell that does nothing but assign constants; none of any other cell."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []
    names = []
    for node in body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            return []
        target = node.targets[0]
        if not isinstance(target, ast.Name) or not _constant(node.value):
            return []
        names.append(target.id)
    return names


def _constant(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True
