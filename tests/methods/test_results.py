"""Results print one line, render as a table, and name their values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from analysis.errors import UnknownNameError
from analysis.methods import trend
from analysis.methods.results import Named, Result


@dataclass(frozen=True, eq=False, repr=False)
class Example(Result):
    growth: float
    interval: tuple[float, float]
    n: int
    series: np.ndarray
    _hidden: float = 0.0


EXAMPLE = Example(2.44821, (1.96, 3.054321), 45, np.ones(3))


def test_one_line() -> None:
    assert str(EXAMPLE) == "Example: growth 2.448, interval 1.96 to 3.054, n 45"
    fit = trend.log_linear([0, 1, 2, 3], [1, 2, 4, 8], covariance="classical")
    assert str(fit) == repr(fit) == "growth 2x per year (95% 2 to 2, classical, n = 4)"


def test_table_in_a_notebook() -> None:
    shown = EXAMPLE._repr_html_()
    assert "<td>1.96 to 3.054</td>" in shown
    assert "hidden" not in shown
    assert "series" not in shown


def test_named_values() -> None:
    named = Named({"m": 1.0, "p": 0.5})
    assert named[0] == named["m"] == 1.0
    assert dict(named) == {"m": 1.0, "p": 0.5}
    assert list(named) == list(named.values()) == [1.0, 0.5]
    np.testing.assert_array_equal(np.asarray(named), [1.0, 0.5])
    with pytest.raises(UnknownNameError, match="unknown parameter 'r'; valid: m, p"):
        named["r"]
