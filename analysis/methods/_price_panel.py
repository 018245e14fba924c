"""A long price panel as matrices, and the result that every index returns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods.results import Result

Matrix = np.ndarray


@dataclass(frozen=True, eq=False)
class PricePanel:
    """Prices and quantities as periods × items, NaN where an item has no price.

    Where the index is not ``weighted``, every quantity is 1.
    """

    periods: pd.Index
    prices: Matrix
    quantities: Matrix
    weighted: bool

    @property
    def present(self) -> Matrix:
        """True where the item has a price."""
        return ~np.isnan(self.prices)


@dataclass(frozen=True, repr=False, eq=False)
class PriceIndex(Result):
    """A price index, first period = 1.

    ``matched`` counts, for each period, the items that the index compares with another period
    (the base, the period before, or, for a multilateral index, any other).
    ``missing_pairs`` is the number of pairs of periods without a common item, which a
    multilateral index bridges through the others.
    """

    method: str
    series: pd.Series
    matched: pd.Series
    missing_pairs: int = 0

    def summary(self) -> str:
        last = self.series.index[-1]
        return f"{self.method} price index: {self.series.iloc[-1]:.4g} in {last} (first = 1)"

    def table(self) -> pd.DataFrame:
        return pd.DataFrame({"index": self.series, "matched items": self.matched})


def columns(argument: str, frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Check that ``frame`` is a table with rows and the columns ``names``."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(argument, f"must be a DataFrame, not {type(frame).__name__}")
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise InputError(argument, f"lacks the column(s) {', '.join(map(repr, absent))}")
    if frame.empty:
        raise InputError(argument, "has no rows")


def pivot(panel: pd.DataFrame, *, weighted: bool) -> PricePanel:
    """Turn a long panel (period, item, price and, if ``weighted``, quantity) into matrices.

    Raises InputError for absent columns, empty panels, a single period, repeated
    (period, item) keys, and prices or quantities that are not finite and positive.
    """
    columns("panel", panel, ["period", "item", "price", *(["quantity"] if weighted else [])])
    period_codes, periods = ordered_codes("period", panel["period"])
    item_codes, items = pd.factorize(panel["item"])
    if (item_codes < 0).any():
        raise InputError("item", "must not be missing")
    if len(periods) < 2:
        raise InputError("period", "the panel needs at least two periods")
    cells = period_codes * len(items) + item_codes
    repeated = pd.Index(cells).duplicated()
    if repeated.any():
        row = panel.iloc[int(repeated.argmax())]
        raise InputError(
            "panel", f"more than one row for period {row['period']}, item {row['item']}"
        )

    def matrix(column: str) -> Matrix:
        values = validate.vector(column, panel[column], positive=True)
        full = np.full(len(periods) * len(items), np.nan)
        full[cells] = values
        return full.reshape(len(periods), len(items))

    prices = matrix("price")
    quantities = matrix("quantity") if weighted else np.where(np.isnan(prices), np.nan, 1.0)
    return PricePanel(periods, prices, quantities, weighted)


def ordered_codes(argument: str, values: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Codes into the sorted distinct values; text sorts by the numbers in it (t2 before t10)."""
    codes, distinct = pd.factorize(values)
    if (codes < 0).any():
        raise InputError(argument, "must not be missing")
    distinct = pd.Index(distinct, name=values.name)
    try:
        if pd.api.types.is_string_dtype(distinct.dtype):
            order = np.array(sorted(range(len(distinct)), key=lambda i: _natural(distinct[i])))
        else:
            order = np.asarray(distinct.argsort())
    except TypeError as error:
        raise InputError(argument, f"cannot be put in order: {error}") from None
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[codes], distinct[order]


def _natural(text: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", text)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
