"""The results of a sweep as one tidy table: a row for each piece of evidence and each forecast of
each run, with the run's parameters beside it.

Rows go to disk as runs end and are put in the order of the grid at the end, so that a table is
the same whatever ended first, and is never in memory as a whole.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.claims import card, store
from analysis.claims.model import Evidence
from analysis.errors import ReckonError
from analysis.run import parameters
from analysis.run.parameters import Parameters
from analysis.run.progress import where
from analysis.run.results import Result

if TYPE_CHECKING:
    import duckdb

CSV, PARQUET = "results.csv", "results.parquet"
PARAMETER = "parameter_"
RECORDS = ("evidence", "forecast", "none")
_RUN = {"run": int, "status": str, "error": str}
_RECORD = {
    **{"record": str, "claim": str, "estimand": str, "source": str, "prediction": str},
    **{"rule": str, "window_end": date, "estimate": float, "probability": float},
    **{"low": float, "high": float, "level": float, "unit": str, "n": int, "p_value": float},
    **{"agree_share": float, "specifications": int, "grade": str, "points_to": str},
    **{"as_of": date, "pseudo_vintage": bool, "reference_class": str, "method": str},
    **{"reason": str, "would_change": str, "detail": str, "rule_hash": str, "cell": str},
    "key": str,
}
_SQL = {int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}
_LINE, _UTF8 = 2**21, 4  # bytes of a line that duckdb expects anyway, and of a letter at most
Row = dict[str, Any]


def columns(grid: Sequence[Parameters]) -> dict[str, type]:
    """The columns of the table with their types; a parameter of several types is text."""
    names = type(grid[0]).model_fields
    return _RUN | {f"{PARAMETER}{name}": _type(name, grid) for name in names} | _RECORD


def rows(number: int, values: Parameters, result: Result) -> list[Row]:
    """The rows of one run, at least one: a run that failed, or recorded nothing, is there too."""
    error = result.outcome.error
    first = {
        "run": number + 1,
        "status": result.outcome.status,
        "error": None if error is None else where(error),
        "key": result.task.key,
    }
    first |= {f"{PARAMETER}{n}": value for n, value in parameters.as_json(values).items()}
    evidence = [_evidence(record) for record in result.evidence]
    forecasts = [{"record": "forecast"} | record for record in result.forecasts]
    return [record | first for record in evidence + forecasts or [{"record": "none"}]]


class Spool:
    """Rows of runs in a file, in the order in which runs end."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._places: dict[int, int] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, number: int, found: Sequence[Row]) -> None:
        self._places[number] = self._file.seek(0, 2)
        self._file.write(json.dumps(found).encode() + b"\n")

    def in_order(self) -> Iterator[Row]:
        """All rows, those of the first point of the grid first."""
        for number in sorted(self._places):
            self._file.seek(self._places[number])
            yield from json.loads(self._file.readline())


def write(text: Path, parquet: Path, spool: Spool, kinds: Mapping[str, type]) -> None:
    """Writes the table as CSV and, from that, as Parquet: an empty cell is no value."""
    import csv

    lines = chain([list(kinds)], (_cells(row, kinds) for row in spool.in_order()))
    with text.open("w", encoding="utf-8", newline="") as stream:
        longest = max(map(csv.writer(stream, lineterminator="\n").writerow, lines))
    with database(text.parent) as connection:
        _scan(connection, text, kinds, longest).write_parquet(str(parquet), compression="zstd")


@contextmanager
def database(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database in memory; what does not fit goes to ``scratch`` meanwhile."""
    import duckdb

    config: dict[str, Any] = {"threads": 1, "temp_directory": str(scratch / "spilled")}
    offline = dict.fromkeys(("autoinstall_known_extensions", "autoload_known_extensions"), False)
    with duckdb.connect(config=config | offline) as connection:
        yield connection


def read(connection: duckdb.DuckDBPyConnection, parquet: Path) -> None:
    """Makes ``parquet`` the view ``results``, with ``file_row_number`` for the order."""
    file = glob.escape(str(parquet))
    connection.read_parquet(file, file_row_number=True).create_view("results")


def _evidence(record: Row) -> Row:
    detail = record.get("detail")
    text = None if detail is None else json.dumps(detail, sort_keys=True, ensure_ascii=False)
    return {"record": "evidence"} | record | {"detail": text, "points_to": _points_to(record)}


def _points_to(record: Row) -> str | None:
    """Where the rule of its claim sees this record alone: supported, contradicted or nowhere."""
    try:
        found = Evidence.model_validate(record)
        return card.read(store.find(found.claim), found).direction
    except ReckonError:  # judged by a rule that is not in the ledger any more
        return None


def _type(name: str, grid: Sequence[Parameters]) -> type:
    kinds = {type(getattr(values, name)) for values in grid}
    if kinds <= {int, float}:
        return float if float in kinds else int
    return kinds.pop() if len(kinds) == 1 and kinds <= {bool, date} else str


def _cell(value: Any, kind: type) -> Any:
    if value is None:
        return None
    if kind is bool:
        return str(value).lower()
    if kind is str and not isinstance(value, str):
        return json.dumps(value, sort_keys=True)
    return value


def _cells(row: Row, kinds: Mapping[str, type]) -> list[Any]:
    return [_cell(row.get(name), kind) for name, kind in kinds.items()]


def _scan(
    connection: duckdb.DuckDBPyConnection, text: Path, kinds: Mapping[str, type], longest: int
) -> duckdb.DuckDBPyRelation:
    return connection.read_csv(
        glob.escape(str(text)),
        auto_detect=False,
        header=True,
        sep=",",
        quotechar='"',
        escapechar='"',
        columns={name: _SQL.get(kind, "VARCHAR") for name, kind in kinds.items()},
        max_line_size=max(_LINE, _UTF8 * longest),
    )
