"""The one family of exceptions.

Every message says what was wrong, where, and what to do. The command line prints it
as it is and leaves with ``exit_code``; a traceback means a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any


class ReckonError(Exception):
    """Base of all errors that a user can act on."""

    exit_code = 2


class InputError(ReckonError, ValueError):
    """An argument of a method breaks a rule: ``argument`` is named in the message."""

    def __init__(self, argument: str, rule: str) -> None:
        super().__init__(f"{argument}: {rule}")
        self.argument = argument
        self.rule = rule


class DataError(ReckonError):
    """A file of ``data/`` is not what its schema or its source promises."""

    def __init__(
        self,
        problem: str,
        *,
        file: object,
        row: int | None = None,
        column: str | None = None,
        todo: str = "",
    ) -> None:
        self.problem, self.file, self.row, self.column, self.todo = problem, file, row, column, todo
        where = [str(file)]
        if row is not None:
            where.append(f"row {row}")
        if column is not None:
            where.append(f"column {column!r}")
        message = f"{', '.join(where)}: {problem}"
        super().__init__(f"{message}. {todo}" if todo else message)

    def but(self, **changed: Any) -> DataError:
        """The same error with other fields."""
        names = ("problem", "file", "row", "column", "todo")
        return DataError(**({name: getattr(self, name) for name in names} | changed))


class UpstreamError(ReckonError):
    """An upstream did not give what it used to give; the data held stay as they are."""

    exit_code = 1

    def __init__(self, url: object, problem: str) -> None:
        super().__init__(f"{url}: {problem}")
        self.url, self.problem = url, problem


class ClaimError(ReckonError):
    """The ledger, a rule or a piece of evidence is not well formed."""


class ParameterError(ReckonError):
    """A notebook parameter is unknown, of the wrong type or out of range."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the line of the command line, with no frames around it."""
        return [f"error: {self}"]


class RunError(ReckonError):
    """A notebook failed while it ran."""

    exit_code = 1


class LockedError(ReckonError):
    """Another scheduled run is at work on the same reports."""

    exit_code = 4


class UnknownNameError(ReckonError, KeyError):
    """A name that does not exist, with the nearest one that does."""

    def __init__(self, kind: str, name: object, valid: Iterable[object]) -> None:
        names = sorted(map(str, valid))
        near = get_close_matches(str(name), names, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"valid: {', '.join(names[:12])}"
        self.message = f"unknown {kind} {name!r}; {hint}"
        super().__init__(self.message)

    def __str__(self) -> str:  # KeyError would print the repr
        return self.message
