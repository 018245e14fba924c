"""Text tables: exact numbers, strict rows, atomic replacement, the same bytes every time."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import files
from analysis.errors import DataError


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive_the_way_through_text(value: float) -> None:
    assert float(files.cell(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (np.float64(0.1), "0.1"),
        (2.1e25, "2.1e+25"),
        (np.int64(7), "7"),
        (True, "true"),
        (np.bool_(False), "false"),
        (math.nan, ""),
        (None, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (date(2025, 6, 30), "2025-06-30"),
        (pd.Timestamp("2025-06-30"), "2025-06-30"),
        (" two\nlines ", "two lines"),
    ],
)
def test_a_cell_has_one_spelling(value: object, text: str) -> None:
    assert files.cell(value) == text


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_text_survives_the_way_through_a_file(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b"], dtype=str)
    back = files.read_csv(files.csv_bytes(frame), "memory")
    assert back.to_numpy().tolist() == frame.to_numpy().tolist()
    assert list(back.index) == list(range(2, len(rows) + 2))


def test_lines_end_in_one_way() -> None:
    assert files.csv_bytes(pd.DataFrame({"a": ["x", "y,z"]})) == b'a\nx\n"y,z"\n'


def test_compression_knows_no_time() -> None:
    packed = files.compress(b"prices")
    assert packed == files.compress(b"prices")
    assert packed[4:8] == b"\0\0\0\0"
    assert files.decompress(packed, "memory") == b"prices"


@pytest.mark.parametrize("cut", [3, 12, -1])
def test_a_truncated_stream_is_refused(cut: int) -> None:
    with pytest.raises(DataError, match="truncated or corrupt gzip"):
        files.decompress(files.compress(b"prices" * 50)[:cut], "list.json.gz")


def test_a_stream_that_unpacks_too_large_is_refused() -> None:
    with pytest.raises(DataError, match="more than 1000 bytes"):
        files.decompress(files.compress(b"0" * 10_000), "list.json.gz", limit=1000)


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"
    files.write_atomic(file, b"old")
    files.write_atomic(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(file.parent.iterdir()) == [file]


def test_a_failed_replacement_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError):
        files.write_atomic(tmp_path / "file", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
