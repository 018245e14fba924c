"""Constant dollars."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.economics import deflate
from analysis.errors import InputError

INDEX = {"2023-01": 100.0, "2023-02": 110.0, "2023-03": 121.0}
DAYS = ["2023-01-31", "2023-03-01"]


def test_amounts_in_dollars_of_the_base_month() -> None:
    assert deflate([100, 121], DAYS, INDEX, base="2023-02") == pytest.approx([110, 110])


@pytest.mark.parametrize(
    "index",
    [
        pd.Series(INDEX),
        pd.Series(INDEX.values(), index=pd.to_datetime([*INDEX])),
        pd.Series(INDEX.values(), index=pd.PeriodIndex([*INDEX], freq="M")),
    ],
)
def test_months_of_any_kind(index: pd.Series) -> None:
    days = pd.Series(pd.to_datetime(DAYS))
    assert deflate([100, 121], days, index, base=pd.Timestamp("2023-02-14")) == (
        pytest.approx([110, 110])
    )


@given(st.floats(0.01, 100), st.sampled_from([*INDEX]))
def test_only_ratios_of_the_index_matter(scale: float, base: str) -> None:
    scaled = {month: scale * value for month, value in INDEX.items()}
    one, other = (deflate([3.0, 5.0], DAYS, index, base=base) for index in (INDEX, scaled))
    np.testing.assert_allclose(one, other)
    back = deflate(one, [base, base], INDEX, base="2023-01")
    np.testing.assert_allclose(back, deflate([3.0, 5.0], DAYS, INDEX, base="2023-01"))


@pytest.mark.parametrize(
    ("arguments", "base", "argument", "rule"),
    [
        (([], [], INDEX), "2023-01", "values", "at least 1"),
        (([1.0], DAYS, INDEX), "2023-01", "dates", "as long as values"),
        (([1.0, np.nan], DAYS, INDEX), "2023-01", "values", "finite"),
        (([1.0, 2.0], ["2023-01-01", "2022-12-31"], INDEX), "2023-01", "index", "2022-12"),
        (([1.0, 2.0], DAYS, INDEX), "2024-01", "index", "2024-01"),
        (([1.0, 2.0], DAYS, {}), "2023-01", "index", "at least one"),
        (([1.0, 2.0], DAYS, {"2023-01": -1.0}), "2023-01", "index", "positive"),
        (([1.0, 2.0], DAYS, {**INDEX, "2023-01-15": 1.0}), "2023-01", "index", "twice"),
    ],
)
def test_bad_input(arguments: Any, base: str, argument: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule) as caught:
        deflate(*arguments, base=base)
    assert caught.value.argument == argument


def test_economics_imports_nothing_heavy() -> None:
    code = "import sys, analysis.economics; print({'pandas', 'scipy'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
