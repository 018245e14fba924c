"""Tables as Parquet, typed as they are declared."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.schemas import Column

if TYPE_CHECKING:
    import duckdb

_TYPES = {"number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


@contextmanager
def writer() -> Iterator[Writer]:
    """Writes any number of tables on one thread, so that the same rows give the same bytes."""
    import duckdb

    config: dict[str, Any] = {"threads": 1, "autoinstall_known_extensions": False}
    with duckdb.connect(config=config | {"autoload_known_extensions": False}) as connection:
        yield Writer(connection)


class Writer:
    """See ``writer``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def write(self, text: Path, columns: Sequence[Column]) -> Path:
        """Writes a CSV file as Parquet beside it; an empty cell is no value.

        Args:
            text: the CSV file, with one line of names.
            columns: its columns, in their order.
        """
        target = text.with_suffix(".parquet")
        rows = self._connection.read_csv(
            glob.escape(str(text)),
            auto_detect=False,
            header=True,
            sep=",",
            quotechar='"',
            escapechar='"',
            columns={column.name: _read_as(column) for column in columns},
        )
        kept = ", ".join(f'CAST("{one.name}" AS {_kept_as(one)}) "{one.name}"' for one in columns)
        rows.project(kept).write_parquet(str(target), compression="zstd")
        return target


def _kept_as(column: Column) -> str:
    return _TYPES.get(column.kind, "VARCHAR")


def _read_as(column: Column) -> str:
    """Whole numbers may be written with a decimal point."""
    return "DOUBLE" if column.kind == "integer" else _kept_as(column)
