"""Text tables on disk: strict reading with line numbers, one way of writing, atomic replacement."""

from __future__ import annotations

import contextlib
import csv
import gzip
import hashlib
import io
import math
import os
import re
import tempfile
import time
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from analysis.errors import DataError


def write_atomic(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` in one step; readers see the old file or the new one, also
    after a power cut. What a killed writer of this file left behind is removed after an hour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent, path.name)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(handle)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def sweep(folder: Path, name: str | None = None) -> None:
    """Removes what killed writers of one file in ``folder``, or of any, left there an hour ago."""
    left = re.compile(rf"\.{re.escape(name) if name else '.+'}\.[a-z0-9_]{{8}}")
    for other in folder.iterdir():
        with contextlib.suppress(OSError):  # gone meanwhile
            if left.fullmatch(other.name) and abs(time.time() - other.stat().st_mtime) > 3600:
                other.unlink()


def sync(folder: Path, *, within: bool = True) -> None:
    """Waits until the entries of ``folder`` are on the disk, and (``within``) all files below."""
    if os.name == "nt":  # opens no folder, and flushes nothing that is open for reading
        return
    below = [path for path in folder.rglob("*") if not path.is_symlink()] if within else []
    for path in [*below, folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def compress(content: bytes) -> bytes:
    """Gzip without name and time, so that the same content gives the same bytes."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def decompress(content: bytes, file: object, *, limit: int = 64 * 2**20) -> bytes:
    """Undo ``compress``; DataError where the stream is cut short or larger than ``limit`` bytes."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            plain = stream.read(limit + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(f"truncated or corrupt gzip: {error}", file=file) from error
    if len(plain) > limit:
        raise DataError(f"unpacks to more than {limit} bytes", file=file)
    return plain


def read_csv(content: bytes, file: object) -> pd.DataFrame:
    """All cells as text; the index is the line number in the file (the header is line 1).

    Raises DataError for an empty file, text that is not UTF-8, a doubled header
    and a row with too few or too many cells.
    """
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        lines = [(reader.line_num, row) for row in reader]
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 text: {error.reason}", file=file) from error
    except csv.Error as error:
        raise DataError(f"is not a CSV file: {error}", file=file) from error
    if not header or not lines:
        raise DataError("is empty", file=file, todo="restore it or run `reckon data build`")
    for name in header:
        if header.count(name) > 1:
            raise DataError("this column appears twice", file=file, row=1, column=name)
    for number, row in lines:
        if len(row) != len(header):
            problem = f"has {len(row)} cells, the header has {len(header)}"
            raise DataError(problem, file=file, row=number)
    index = [number for number, _ in lines]
    return pd.DataFrame([row for _, row in lines], columns=header, index=index, dtype=str)


def cell(value: object) -> str:
    """One value as text: ISO dates, shortest exact numbers, ``true``/``false``, nothing for NA."""
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, (datetime, pd.Timestamp)):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value).removesuffix(".0")
    return " ".join(str(value).split())


def as_text(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """The named columns of ``frame`` as text cells, in that order."""
    return pd.DataFrame(
        {name: [cell(value) for value in frame[name]] for name in columns}, dtype=str
    )


def csv_bytes(text: pd.DataFrame) -> bytes:
    """A text frame as CSV: UTF-8, LF, quotes only where needed, no index."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(text.columns)
    writer.writerows(text.itertuples(index=False, name=None))
    return out.getvalue().encode()
