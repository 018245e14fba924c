"""Where a bad cell of a table that is being built came from: file, line and column as received.

A builder sees cells as text and knows nothing of lines; the message for a reader has to name the
file that they edited, not the table that was never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.sources.sidecar import Snapshots

# What pandas and float() raise for cells and columns that are not as a builder expects.
UNREADABLE = (
    *(LookupError, ValueError, TypeError, AttributeError, RecursionError),
    pd.errors.InvalidIndexError,
)


def of_failure(error: Exception, snapshots: Snapshots, file: Path) -> DataError:
    """The DataError for an ``UNREADABLE`` raised by a builder of the table ``file``.

    Names the column that a received file lacks, else the cell that the message quotes,
    else every file that was read.
    """
    quoted = [text for text in re.findall(r"'([^']*)'", str(error)) if text]
    received = list(_received(snapshots))[::-1]  # what was read last was being used
    column, cell = _lacking(quoted, received), _holding(quoted, received)
    if isinstance(error, KeyError) and column and not (cell and _raised_by_us(error)):
        return DataError("this column is missing", file=column[0], row=1, column=column[1])
    if cell:
        source, row, name, text = cell
        problem = f"{text!r} cannot be read ({type(error).__name__}: {error})"
        return DataError(problem, file=source, row=row, column=name)
    read = ", ".join(str(source) for source, _ in received) or file
    return DataError(f"cannot be read: {type(error).__name__}: {error}", file=read)


def of_missing(column: str, snapshots: Snapshots, file: Path) -> DataError:
    """The DataError for a table ``file`` that lacks ``column`` when its builder is done."""
    sources = [source for source, frame in _received(snapshots) if column not in frame.columns]
    return DataError("this column is missing", file=(sources or [file])[0], row=1, column=column)


def of_row(error: DataError, written: pd.DataFrame, snapshots: Snapshots) -> DataError:
    """``error`` about a row of the table to be written, told of the received row behind it.

    That is the row which shares most cells with it under the same column names; where none
    stands out (lists inside packages, sums of rows) the error stays and quotes the row.
    """
    if error.row is None or error.column is None:
        return error
    row = {str(name): str(written.at[error.row, name]) for name in written.columns}
    columns = error.column.split(", ")
    best = max(
        (_nearest(row, frame, columns, source) for source, frame in _received(snapshots)),
        default=(0, None),
        key=lambda found: found[0],
    )
    if best[1] is None:
        cells = ", ".join(f"{name}={text!r}" for name, text in list(row.items())[:3])
        read = _likely(row, sorted(snapshots.used))
        return error.but(problem=f"{error.problem} (the row that {read} would give: {cells})")
    source, line, column = best[1]
    return error.but(file=source, row=line, column=column)


def _likely(row: dict[str, str], paths: list[str]) -> str:
    """The file that a cell names: ``litellm 1.0`` names ``litellm-1.0.json.gz``; else all read."""
    names = [f"/{text.replace(' ', '-')}." for text in row.values() if text]
    named = [path for path in paths if any(name in path for name in names)]
    return ", ".join((named or paths)[:4])


_Received = list[tuple[Path, pd.DataFrame]]


def _lacking(names: list[str], received: _Received) -> tuple[Path, str] | None:
    """The first file and name where the file has no column of that name."""
    for source, frame in received:
        for name in names:
            if name not in frame.columns:
                return source, name
    return None


def _holding(texts: list[str], received: _Received) -> tuple[Path, int, str, str] | None:
    """The first cell that is one of ``texts``."""
    for source, frame in received:
        for column in frame.columns:
            for row in frame.index[frame[column].isin(texts)]:
                return source, int(row), column, str(frame.at[row, column])
    return None


def _raised_by_us(error: Exception) -> bool:
    """A look-up of a cell in a mapping of ours, not of a column in pandas."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is None or "pandas" not in Path(trace.tb_frame.f_code.co_filename).parts


def _received(snapshots: Snapshots) -> Iterator[tuple[Path, pd.DataFrame]]:
    for path in list(snapshots.used):
        if path.endswith((".csv", ".csv.gz")):
            yield snapshots.data / path, snapshots.csv(path)


_Found = tuple[int, tuple[Path, int, str] | None]


def _nearest(row: dict[str, str], frame: pd.DataFrame, bad: list[str], source: Path) -> _Found:
    """Shared cells of the one row of ``frame`` nearest to ``row``, and where its bad cell is."""
    column = next((name for name in bad if name in frame), bad[0])
    if column not in frame and row[column] == "":
        return 0, None
    shared = [name for name in frame.columns if name in row and name != column]
    alike = np.zeros(len(frame), dtype=int)
    for name in shared:
        alike += (frame[name].eq(row[name]) & (row[name] != "")).to_numpy(dtype=int)
    same = frame.isin([row[column]])
    cells = same[column] if column in frame else same.any(axis=1)
    alike[~cells.to_numpy(dtype=bool)] = -1
    at = int(alike.argmax())
    if alike[at] < min(1, len(shared)):
        return 0, None
    place = column if column in frame else frame.columns[int(same.iloc[at].to_numpy().argmax())]
    return 1 + int(alike[at]), (source, int(frame.index[at]), str(place))
