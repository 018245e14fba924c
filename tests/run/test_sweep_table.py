"""The table of a sweep as Parquet: the types, cells and order of its CSV."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.run import environment
from analysis.run.sweep import table

KINDS = {"run": int, "share": float, "sure": bool, "day": date, "text": str}
LONG = "é" * 2_000_000  # more bytes than duckdb reads as a line by default
TEXTS = ["a,b", 'say "x"\r\ny', " pad ", "NULL", "é€", "\\N", "'", LONG]


def written(folder: Path, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    with table.Spool(folder / "rows") as spool:
        for number in reversed(range(len(rows))):  # runs end in any order
            spool.add(number, [rows[number]])
        table.write(folder / table.CSV, folder / table.PARQUET, spool, KINDS)
    return folder / table.PARQUET


def read(file: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    with table.database(file.parent) as connection:
        table.read(connection, file)
        found = connection.sql("SELECT * EXCLUDE file_row_number FROM results")
        return list(map(str, found.types)), found.fetchall()


@pytest.mark.parametrize("name", ["plain", "a[1]*?"])
def test_what_goes_in_comes_out(tmp_path: Path, name: str) -> None:
    rows = [{"run": n, "text": text} for n, text in enumerate(TEXTS)]
    ends = [{"share": 0.1 + 0.2, "sure": True}, {"share": float("inf"), "sure": False}]
    rows += [{"run": 2**53 + 1, "day": "2025-01-31"} | end for end in ends]
    file = written(tmp_path / name, [*rows, {"run": -(2**62), "text": ""}])
    types, found = read(file)
    assert types == ["BIGINT", "DOUBLE", "BOOLEAN", "DATE", "VARCHAR"]
    assert [row[4] for row in found[: len(TEXTS)]] == TEXTS
    assert found[len(TEXTS) :] == [
        (2**53 + 1, 0.1 + 0.2, True, date(2025, 1, 31), None),
        (2**53 + 1, float("inf"), False, date(2025, 1, 31), None),
        (-(2**62), None, None, None, None),
    ]
    assert sorted(path.name for path in file.parent.iterdir()) == [table.CSV, table.PARQUET, "rows"]


def test_the_same_rows_give_the_same_bytes_in_their_order(tmp_path: Path) -> None:
    rows = [{"run": n, "text": f"run {n % 7}"} for n in range(5_000)]
    first, second = (written(tmp_path / name, rows) for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert [row[0] for row in read(first)[1]] == list(range(5_000))


def test_only_the_end_of_a_sweep_loads_what_writes_parquet(tmp_path: Path) -> None:
    """Every kernel would pay for it, and a parent with its threads could not be forked."""
    code = (
        "import sys; from analysis.run.warm import preload; preload.load(sys.argv[1:])\n"
        "print(preload.threads(), *{'duckdb', '_duckdb', 'polars', 'pyarrow'} & set(sys.modules))"
    )
    modules = ["analysis.cli.sweep", "analysis.run.sweep.sweep", "analysis.run.runner"]
    command = [sys.executable, "-c", code, *modules]
    around = environment.for_kernel(tmp_path, None)
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=around)
    assert (done.stdout.split(), done.stderr) == (["1"], "")
