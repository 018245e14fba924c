"""Tables as Parquet, typed as they are declared."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.schemas import Column

if TYPE_CHECKING:
    import duckdb

_TYPES = {"number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


def convert(text: bytes, columns: Sequence[Column]) -> bytes:
    """CSV with one line of names as Parquet: the same rows give the same bytes.

    An empty cell is no value.

    Args:
        text: the CSV.
        columns: its columns, in their order.
    """
    kept = ", ".join(f'CAST("{one.name}" AS {_kept_as(one)}) "{one.name}"' for one in columns)
    with tempfile.TemporaryDirectory() as folder:  # duckdb reads and writes files alone
        source, target = Path(folder, "rows.csv"), Path(folder, "rows.parquet")
        source.write_bytes(text)
        rows = _connection().read_csv(
            str(source),
            auto_detect=False,
            header=True,
            sep=",",
            quotechar='"',
            escapechar='"',
            columns={column.name: _read_as(column) for column in columns},
        )
        rows.project(kept).write_parquet(str(target), compression="zstd")
        return target.read_bytes()


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    """On one thread, so that the order of rows is kept."""
    import duckdb

    config: dict[str, Any] = {"threads": 1, "autoinstall_known_extensions": False}
    return duckdb.connect(config=config | {"autoload_known_extensions": False})


def _kept_as(column: Column) -> str:
    return _TYPES.get(column.kind, "VARCHAR")


def _read_as(column: Column) -> str:
    """Whole numbers may be written with a decimal point."""
    return "DOUBLE" if column.kind == "integer" else _kept_as(column)
