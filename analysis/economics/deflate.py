"""Nominal amounts in the dollars of one month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.validate import Vector

if TYPE_CHECKING:
    import pandas as pd


def deflate(
    values: Any, dates: Any, index: pd.Series | Mapping[Any, float], *, base: Any
) -> Vector:
    """Amounts in constant dollars: value × index of the base month / index of its own month.

    Args:
        values: nominal amounts, shape (n,).
        dates: the day or month of each amount, shape (n,).
        index: price index by month: a Series, or a mapping, from months (dates, periods or ISO
            strings such as ``2023-12``) to positive numbers.
        base: the month whose dollars to express amounts in.

    Returns:
        Amounts in dollars of the base month, shape (n,).

    Raises:
        InputError: for values that are not finite, lengths that differ, an index that is not
            positive, has a month twice, or lacks a month that is needed.
    """
    amounts = validate.vector("values", values)
    months = validate.dates("dates", dates).astype("datetime64[M]")
    validate.same_length(values=amounts, dates=months)
    levels = _levels(index)
    base_month = validate.dates("base", base).astype("datetime64[M]")[0]
    own = np.array([_level(levels, month) for month in months])
    return np.asarray(amounts * _level(levels, base_month) / own)


def _levels(index: pd.Series | Mapping[Any, float]) -> dict[np.datetime64, float]:
    if not hasattr(index, "keys") or len(index) == 0:
        raise InputError("index", "must map months to index values, and have at least one")
    months = validate.dates("index", list(index.keys())).astype("datetime64[M]")
    values = validate.vector("index", [index[key] for key in index.keys()])  # noqa: SIM118
    if np.any(values <= 0):
        raise InputError("index", "must be positive")
    if np.unique(months).size < months.size:
        raise InputError("index", "has a month twice")
    return dict(zip(months, values, strict=True))


def _level(levels: dict[np.datetime64, float], month: np.datetime64) -> float:
    if month not in levels:
        raise InputError(
            "index", f"has no value for {month}; it covers {min(levels)} to {max(levels)}"
        )
    return levels[month]
