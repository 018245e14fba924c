"""Comparisons of an estimate and its interval with thresholds, written as text."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from analysis.errors import InputError

Test = Callable[[float, float, float], bool]
_OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_TERM = re.compile(r"(estimate|low|high)\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)")


def comparison(text: str) -> Test:
    """The test (estimate, low, high) → bool that ``text`` describes, as in ``low > 1.5``.

    A term compares ``estimate``, ``low`` or ``high`` with a number; ``and`` joins terms.
    """
    terms = []
    for part in text.split(" and "):
        found = _TERM.fullmatch(part.strip().lower())
        if found is None:
            raise InputError("supported", f"cannot read {part.strip()!r}; write, say, low > 1.5")
        name, symbol, number = found.groups()
        terms.append((name, _OPERATORS[symbol], float(number)))

    def holds(estimate: float, low: float, high: float) -> bool:
        values = {"estimate": estimate, "low": low, "high": high}
        return all(compare(values[name], number) for name, compare, number in terms)

    return holds
