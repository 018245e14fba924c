"""Consumer prices come out of the SQLite file of a wheel, which is never imported."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from analysis import build, tables
from analysis.errors import DataError
from analysis.sources import bls, sidecar


def wheel(folder: Path, series: tuple[str, ...] = tuple(bls.SERIES)) -> Path:
    """A wheel like the real one, with three months of each series and an annual mean."""
    database = folder / "cpi.db"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE indexes (series TEXT, year INTEGER, period TEXT, value REAL)")
    for code in series:
        rows = [(code, 2025, "M12", 100.0), (code, 2026, "M01", 101.5), (code, 2026, "M02", 103.0)]
        rows += [(code, 1999, "M12", 1.0), (code, 2025, "M13", 99.0)]
        connection.executemany("INSERT INTO indexes VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    path = folder / "cpi-9.0.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as out:
        member = zipfile.ZipInfo("cpi/cpi.db", (2026, 3, 20, 0, 0, 0))
        out.writestr(member, database.read_bytes())
    return path


def test_extraction_keeps_months_and_says_what_it_did(tmp_path: Path) -> None:
    wheel(tmp_path)
    (file,) = bls.extract(tmp_path, tmp_path / "snapshots")
    lines = file.read_text().splitlines()
    assert lines[:4] == [
        "series,month,index",
        "all_items,2025-12,100",
        "all_items,2026-01,101.5",
        "all_items,2026-02,103",
    ]
    assert len(lines) == 1 + 4 * 3
    about = sidecar.read(file)
    assert about.vintage == "2026-03-20"
    assert about.observed_through == "2026-02-28"
    assert "cpi 9.0.0" in about.citation


def test_a_shortened_history_fails_its_sanity_check(data_copy: Path, tmp_path: Path) -> None:
    prices = bls.extract(wheel(tmp_path).parent, data_copy / "snapshots")
    assert prices == [data_copy / "snapshots" / "bls" / "consumer_prices.csv"]
    with pytest.raises(DataError, match="cpi_of_december_2023"):
        build.build(["cpi"])


@pytest.mark.parametrize("content", [b"not a database", b""])
def test_a_member_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "cpi-9.0.0-py3-none-any.whl", "w") as out:
        out.writestr("cpi/cpi.db", content)
    with pytest.raises(DataError, match=r"cpi-9\.0\.0"):
        bls.extract(tmp_path, tmp_path / "snapshots")
    assert not (tmp_path / "snapshots").exists()


def test_a_missing_series_is_named(tmp_path: Path) -> None:
    wheel(tmp_path, ("CUUR0000SA0",))
    with pytest.raises(DataError, match="has no series CUUR0000SEHF01"):
        bls.extract(tmp_path, tmp_path / "snapshots")


def test_a_month_is_known_in_the_middle_of_the_next() -> None:
    prices = tables.load("cpi", "2024-01-14")
    assert str(prices["refers_to"].max().date()) == "2023-11-01"
    assert str(tables.load("cpi", "2024-01-15")["refers_to"].max().date()) == "2023-12-01"
