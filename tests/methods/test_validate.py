"""What each check accepts and what its message says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.methods import validate


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: validate.vector("y", []), "y: needs at least 1 value; it has 0"),
        (lambda: validate.vector("y", [1.0], minimum=3), "y: needs at least 3 values; it has 1"),
        (lambda: validate.vector("y", [1, np.nan]), "y: must be finite; row 1 is nan"),
        (lambda: validate.vector("y", [1, None]), "y: must be finite; row 1 is nan"),
        (lambda: validate.vector("y", [np.inf]), "y: must be finite; row 0 is inf"),
        (
            lambda: validate.vector("y", [1, 2, 3, -1.0], positive=True),
            "y: must be positive under a logarithm; row 3 is -1.0",
        ),
        (
            lambda: validate.vector("y", [2, 2], varying=True),
            "y: must not be constant; every value is 2.0",
        ),
        (lambda: validate.vector("y", ["a"]), "y: must be numbers; its type is <U1"),
        (lambda: validate.vector("y", [1j]), "y: must be numbers; its type is complex128"),
        (lambda: validate.vector("y", [[1]]), "y: must be one-dimensional; it has 2 dimensions"),
        (
            lambda: validate.vector("y", [[1], [1, 2]]),
            "y: must be one-dimensional; its rows differ in length",
        ),
        (
            lambda: validate.same_length(t=[1], y=[1, 2]),
            "y: must be as long as t; it has 2 rows, t 1",
        ),
        (lambda: validate.probability("p", [0.2, 1.2]), "p: must lie in [0, 1]; row 1 is 1.2"),
        (lambda: validate.probability("p", np.nan), "p: must lie in [0, 1]; row 0 is nan"),
        (
            lambda: validate.level("level", 1),
            "level: must lie strictly between 0 and 1; it is 1",
        ),
        (lambda: validate.count("k", 2.0), "k: must be a whole number of at least 1; it is 2.0"),
        (lambda: validate.count("k", True), "k: must be a whole number of at least 1; it is True"),
        (lambda: validate.choice("kind", "c", ("a", "b")), "kind: must be one of a, b; it is 'c'"),
        (
            lambda: validate.increasing("t", [1, 3, 2]),
            "t: must be in increasing order; row 2 is 2, after 3",
        ),
        (
            lambda: validate.increasing("t", [1, 2, 2], strict=True),
            "t: must not repeat; rows 1 and 2 are both 2",
        ),
        (lambda: validate.dates("d", []), "d: needs at least 1 date; it has 0"),
        (lambda: validate.dates("d", ["x"]), "d: must be dates; row 0 is x"),
        (lambda: validate.dates("d", [2020.5]), "d: must be dates; row 0 is 2020.5"),
        (lambda: validate.dates("d", [pd.NaT]), "d: must not be missing; row 0 is"),
        (lambda: validate.dates("d", ["2020-01-01", None]), "d: must not be missing; row 1 is"),
    ],
)
def test_messages(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert str(caught.value) == message
    assert caught.value.argument == message.split(":")[0]


@pytest.mark.parametrize(
    "values",
    [
        ["2023-12-06", "2024-01-31"],
        [dt.date(2023, 12, 6), dt.datetime(2024, 1, 31, 23)],
        pd.to_datetime(["2023-12-06", "2024-01-31"]),
        pd.to_datetime(["2023-12-06", "2024-01-31"], utc=True),
        pd.Series(pd.to_datetime(["2023-12-06", "2024-01-31"]), index=[7, 9]),
        np.array(["2023-12-06", "2024-01-31T05"], dtype="datetime64[h]"),
        pd.PeriodIndex(["2023-12-06", "2024-01-31"], freq="D"),
        pd.Series(["2023-12-06", "2024-01-31"], dtype="string"),
    ],
)
def test_dates_of_any_kind(values: Any) -> None:
    assert validate.are_dates(values)
    assert validate.dates("d", values).astype(str).tolist() == ["2023-12-06", "2024-01-31"]


def test_months_start_on_their_first_day() -> None:
    months = pd.period_range("2024-02", periods=1, freq="M")
    assert validate.dates("d", months).astype(str).tolist() == ["2024-02-01"]
    assert validate.dates("d", "2024-02").astype(str).tolist() == ["2024-02-01"]


def test_numbers_of_any_kind() -> None:
    assert not validate.are_dates([2020.5, 2021])
    assert validate.vector("y", pd.Series([1, 2], dtype="Int64")).tolist() == [1.0, 2.0]
    assert validate.vector("y", (True, 2)).tolist() == [1.0, 2.0]
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    with pytest.raises(InputError, match="row 1 is nan"):
        validate.vector("y", masked)
