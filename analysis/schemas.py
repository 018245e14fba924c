"""What a table promises: its columns with unit and meaning, and the pandera schema made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from analysis.errors import DataError

if TYPE_CHECKING:
    from analysis.checks import Check
    from analysis.sources.sidecar import Snapshots

Kind = Literal["text", "number", "integer", "date", "boolean"]

BASES = ("vintage", "published", "reconstructed")
UNITS = frozenset(
    {
        "1",
        "FLOP",
        "FLOP/s",
        "TB/s",
        "TFLOP/s",
        "TWh",
        "USD",
        "USD bn",
        "USD of December 2023",
        "USD of December 2024",
        "USD per 1M output tokens",
        "USD per 1M tokens",
        "USD per GPU-hour",
        "USD per developer-day",
        "USD per minute of video",
        "USD per session-hour",
        "W",
        "bytes",
        "bytes/s",
        "date",
        "factor per year",
        "index",
        "ms",
        "nm",
        "percent",
        "percent per year",
        "stars",
        "tokens",
        "tokens/s",
    }
)


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``unit`` is one of ``UNITS`` (numbers only). ``allowed`` lists the only values there may be.
    ``above`` is an exclusive and ``least`` an inclusive lower bound.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    required: bool = True
    above: float | None = None
    least: float | None = None
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"column {self.name!r}: unknown unit {self.unit!r}")


DATED = (
    Column("refers_to", "date", "the day that the row is about"),
    Column("known_from", "date", "the day on which it became known"),
    Column("known_basis", "text", "on what basis we say so", allowed=BASES),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Declaration of one table.

    ``build`` makes it from snapshots and curated files; ``key`` names the columns that tell
    rows apart, and by which the file is sorted. The three dating columns are added to ``columns``.
    """

    name: str
    title: str
    description: str
    build: Callable[[Snapshots], pd.DataFrame]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return self.columns + DATED

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.all_columns]


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
    _validate(table, frame, file)
    return frame.reset_index(drop=True)


def _convert(column: Column, cells: pd.Series[Any], file: Path) -> pd.Series[Any]:
    if column.kind == "text":
        return cells
    filled = cells != ""
    if column.kind in ("number", "integer"):
        values = pd.to_numeric(cells.where(filled), errors="coerce").astype("float64")
        wrong = filled & ~values.between(-1e308, 1e308)
        if column.kind == "integer":
            wrong |= filled & (values % 1 != 0)
    elif column.kind == "date":
        values = pd.to_datetime(cells.where(filled), format="%Y-%m-%d", errors="coerce")
        values = values.astype("datetime64[us]")
        wrong = filled & (values.isna() | (cells.str.len() != 10))
    else:
        values = cells.map({"true": True, "false": False})
        wrong = filled & values.isna()
    if wrong.any():
        row = int(wrong.index[wrong][0])
        raise DataError(
            f"{cells[row]!r} is not a {column.kind}", file=file, row=row, column=column.name
        )
    complete = column.required and bool(filled.all())
    final = {"integer": "int64", "boolean": "bool"}.get(column.kind)
    return values.astype(final) if final and complete else values


def _validate(table: Table, frame: pd.DataFrame, file: Path) -> None:
    import pandera.pandas as pa

    def checks(column: Column) -> list[pa.Check]:
        found = []
        if column.kind == "text" and column.required:
            found.append(pa.Check(lambda cells: cells != "", error="is empty"))
        if column.above is not None:
            found.append(pa.Check.gt(column.above, error=f"is not above {column.above:g}"))
        if column.least is not None:
            found.append(pa.Check.ge(column.least, error=f"is below {column.least:g}"))
        if column.allowed:
            values = [*column.allowed] if column.required else [*column.allowed, ""]
            error = f"is not one of {', '.join(column.allowed)}"
            found.append(pa.Check.isin(values, error=error))
        return found

    schema = pa.DataFrameSchema(
        {
            column.name: pa.Column(None, checks(column), nullable=not column.required)
            for column in table.all_columns
        },
        unique=list(table.key),
        strict=True,
    )
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise _first_failure(table, error.failure_cases, file) from None


def _first_failure(table: Table, cases: pd.DataFrame, file: Path) -> DataError:
    case = cases.sort_values("index", kind="stable").iloc[0]
    row = None if pd.isna(case["index"]) else int(case["index"])
    if case["check"] == "multiple_fields_uniqueness":
        rows = sorted({int(index) for index in cases.loc[cases["check"] == case["check"], "index"]})
        key = ", ".join(table.key)
        problem = f"has the same key as another of the rows {rows[:4]}"
        return DataError(problem, file=file, row=rows[0], column=key)
    if case["check"] == "not_nullable":
        return DataError("is empty", file=file, row=row, column=str(case["column"]))
    problem = f"{case['failure_case']!r} {case['check']}"
    return DataError(problem, file=file, row=row, column=str(case["column"]))
