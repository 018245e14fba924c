"""From text cells to typed columns that keep the promises of their table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.schemas.declare import Column, Table

if TYPE_CHECKING:
    import pandera.pandas as pa


def check_header(table: Table, text: pd.DataFrame, file: Path) -> None:
    """DataError for the first column that is missing or not declared."""
    for name in table.column_names:
        if name not in text.columns:
            raise DataError("this column is missing", file=file, row=1, column=name)
    for name in text.columns:
        if name not in table.column_names:
            raise DataError("this column is not declared", file=file, row=1, column=name)


def typed(table: Table, text: pd.DataFrame, file: Path) -> pd.DataFrame:
    """Text cells as typed, validated columns, renumbered from 0.

    Args:
        table: the declaration.
        text: cells as text, indexed by line number in ``file``.
        file: named in messages.

    Raises:
        DataError: naming file, row (line number) and column of the first bad cell.
    """
    frame = pd.DataFrame({c.name: _convert(c, text[c.name], file) for c in table.all_columns})
    _validate(table, frame, text, file)
    return frame.reset_index(drop=True)


def _convert(column: Column, cells: pd.Series[Any], file: Path) -> pd.Series[Any]:
    if column.kind == "text":
        return cells
    filled = cells != ""
    values, wrong = _parsers[column.kind](cells.where(filled))
    wrong &= filled
    if wrong.any():
        row = int(wrong.index[wrong][0])
        problem = f"{cells[row]!r} is not a {column.kind}"
        raise DataError(problem, file=file, row=row, column=column.name)
    whole = {"integer": np.int64, "boolean": np.bool_}.get(column.kind)
    return values.astype(whole) if whole and column.required and filled.all() else values


def _numbers(cells: pd.Series[Any]) -> Parsed:
    values = pd.to_numeric(cells, errors="coerce").astype("float64")
    return values, values.isna() | (values.abs() == np.inf)


def _integers(cells: pd.Series[Any]) -> Parsed:
    values, wrong = _numbers(cells)
    return values, wrong | (values % 1 != 0)


def _dates(cells: pd.Series[Any]) -> Parsed:
    values = pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    return values, values.isna() | (cells.str.len() != 10)


def _booleans(cells: pd.Series[Any]) -> Parsed:
    values = cells.map({"true": True, "false": False})
    return values, values.isna()


Parsed = tuple["pd.Series[Any]", "pd.Series[bool]"]
_parsers: dict[str, Callable[[pd.Series[Any]], Parsed]] = {
    "number": _numbers,
    "integer": _integers,
    "date": _dates,
    "boolean": _booleans,
}


def _validate(table: Table, frame: pd.DataFrame, text: pd.DataFrame, file: Path) -> None:
    import pandera.pandas as pa

    schema = pa.DataFrameSchema(
        {
            column.name: pa.Column(None, _checks(column), nullable=not column.required)
            for column in table.all_columns
        },
        unique=list(table.key),
        strict=True,
    )
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise _first_failure(table, error.failure_cases, text, file) from None


def _checks(column: Column) -> list[pa.Check]:
    import pandera.pandas as pa

    found = []
    if column.kind == "text" and column.required:
        found.append(pa.Check(lambda cells: cells != "", error="is empty"))
    if column.above is not None:
        found.append(pa.Check.gt(column.above, error=f"is not above {column.above:g}"))
    if column.least is not None:
        found.append(pa.Check.ge(column.least, error=f"is below {column.least:g}"))
    if column.allowed:
        values = column.allowed if column.required else (*column.allowed, "")
        found.append(pa.Check.isin(values, error=f"is not {_among(column.allowed)}"))
    return found


def _among(allowed: tuple[str, ...]) -> str:
    listed = ", ".join(allowed[:8])
    return f"one of {listed}" + (f" and {len(allowed) - 8} more" if len(allowed) > 8 else "")


def _first_failure(table: Table, cases: pd.DataFrame, text: pd.DataFrame, file: Path) -> DataError:
    case = cases.sort_values("index", kind="stable").iloc[0]
    row, check, column = int(case["index"]), str(case["check"]), str(case["column"])
    if check == "multiple_fields_uniqueness":
        rows = sorted({int(index) for index in cases.loc[cases["check"] == check, "index"]})
        key = ", ".join(repr(text.at[rows[0], name]) for name in table.key)
        problem = f"has the same key as another row: {key}"
        return DataError(problem, file=file, row=rows[0], column=", ".join(table.key))
    if check in ("not_nullable", "is empty"):
        return DataError("is empty", file=file, row=row, column=column)
    return DataError(f"{text.at[row, column]!r} {check}", file=file, row=row, column=column)
