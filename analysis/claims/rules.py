"""The language of decision rules: comparisons of an estimate and its interval with numbers.

A rule is ``estimate|low|high  <op>  number``, several of them joined by ``and``::

    low > 1.9307
    low >= 0.9 and high <= 1.1
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from analysis.claims.digits import plain, same
from analysis.errors import ClaimError

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b and not same(a, b),
    "<=": lambda a, b: a < b or same(a, b),
    ">": lambda a, b: a > b and not same(a, b),
    ">=": lambda a, b: a > b or same(a, b),
    "==": same,
    "!=": lambda a, b: not same(a, b),
}


class Record(Protocol):
    """Anything with an estimate and an interval."""

    @property
    def estimate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


_TERM = re.compile(
    r"(?P<field>estimate|low|high)\s*(?P<op><=|>=|==|!=|<|>)\s*"
    r"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
)
_WORDS = {
    "<": "below",
    "<=": "at most",
    ">": "above",
    ">=": "at least",
    "==": "equal to",
    "!=": "other than",
}


@dataclass(frozen=True)
class Comparison:
    """One term of a rule, such as ``low > 1.9307``."""

    field: str
    op: str
    number: float

    def holds(self, value: float | None) -> bool:
        """Whether it is true of ``value``; an open end of an interval satisfies nothing."""
        return value is not None and OPERATORS[self.op](value, self.number)

    def words(self) -> str:
        """``above 1.93``; the end of the interval is named where it is not the nearer one."""
        text = f"{_WORDS[self.op]} {plain(self.number, 6)}"
        far_end = {"low": "<", "high": ">"}.get(self.field)
        if far_end and self.op.startswith(far_end):
            return f"with its {'lower' if self.field == 'low' else 'upper'} end {text}"
        return text

    def __str__(self) -> str:
        return f"{self.field} {self.op} {plain(self.number, 6)}"


@dataclass(frozen=True)
class Condition:
    """A conjunction of comparisons."""

    terms: tuple[Comparison, ...]

    def holds(self, record: Record) -> bool:
        """Whether every term is true of a record's estimate and interval."""
        return all(term.holds(getattr(record, term.field)) for term in self.terms)

    @property
    def fields(self) -> set[str]:
        """The names it compares: some of ``estimate``, ``low``, ``high``."""
        return {term.field for term in self.terms}

    @property
    def numbers(self) -> list[float]:
        """The thresholds, in the order of the text, each once."""
        return list(dict.fromkeys(term.number for term in self.terms))

    def words(self) -> str:
        """The condition as the end of a sentence: ``above 1.93``, ``at least 3 and at most 5``."""
        return " and ".join(term.words() for term in self.terms)

    def __str__(self) -> str:
        return " and ".join(map(str, self.terms))


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """Reads a rule.

    Raises:
        ClaimError: when a term is not ``estimate|low|high <op> number``.
    """
    return Condition(tuple(_term(part, text) for part in re.split(r"\sand\s", text)))


def _term(part: str, text: str) -> Comparison:
    match = _TERM.fullmatch(part.strip())
    if match is None:
        raise ClaimError(
            f"rule {text!r}: {part.strip()!r} is not a comparison; "
            "write estimate, low or high, then <, <=, >, >=, == or !=, then a number"
        )
    return Comparison(match["field"], match["op"], float(match["number"]))
