"""US Bureau of Labor Statistics: producer prices of data processing, and consumer prices."""

from __future__ import annotations

import csv
import io
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pandas as pd

from analysis.checks import rows_at_least, value_is
from analysis.errors import DataError
from analysis.schemas import Column, Table
from analysis.sources import archive, fred, sidecar
from analysis.sources.fred import last_day, release_day
from analysis.sources.live import File, Package
from analysis.sources.sidecar import Sidecar, Snapshots

PRODUCER = "snapshots/bls/producer_prices_data_processing.csv"
CONSUMER = "snapshots/bls/consumer_prices.csv"
PACKAGES = ("cpi",)

SERIES = {
    "CUUR0000SA0": "all_items",
    "CUUR0000SEHF01": "electricity",
    "CUUR0000SEEE01": "computers",
    "CUUR0000SEEE02": "software",
}
FIRST_YEAR = 2000


def deflator(snapshots: Snapshots) -> pd.DataFrame:
    return _monthly(snapshots, PRODUCER).assign(series="ppi_data_processing")


def cpi(snapshots: Snapshots) -> pd.DataFrame:
    return _monthly(snapshots, CONSUMER)


def _monthly(snapshots: Snapshots, path: str) -> pd.DataFrame:
    """A month's figure appears about the 15th of the next month; later revisions are in it."""
    frame = snapshots.csv(path)
    vintage = snapshots.used[path].vintage
    released = [min(release_day(month), vintage) for month in frame["month"]]
    return frame.assign(
        refers_to=frame["month"] + "-01", known_from=released, known_basis="reconstructed"
    )


def extract(wheels: Path, out: Path) -> list[Path]:
    """The four consumer price series from the newest ``cpi`` release in ``wheels``."""
    wheel = archive.wheels(wheels, "cpi")[-1]
    content = _series_csv(archive.read_member(wheel.path, "cpi/cpi.db"), wheel.path)
    packed = archive.packed_on(wheel.path, "cpi/cpi.db")
    last = content.decode().splitlines()[-1].split(",")[1]
    file = out / CONSUMER.removeprefix("snapshots/")
    about = Sidecar(
        title="Consumer Price Index for All Urban Consumers, US city average",
        producer="US Bureau of Labor Statistics",
        citation=f"BLS, Consumer Price Index, in the Python package cpi {wheel.version} (MIT)",
        licence="public domain",
        url="https://github.com/palewire/cpi",
        accessed=packed,
        vintage=packed,
        known_from=release_day(f"{FIRST_YEAR}-01"),
        observed_through=last_day(last),
        processing=(
            f"Four monthly series, not seasonally adjusted, from {FIRST_YEAR} on, read from the"
            " SQLite file in the package: " + ", ".join(f"{v} ({k})" for k, v in SERIES.items())
        ),
    )
    rows = content.count(b"\n") - 1
    return [sidecar.write(file, content, about, rows=rows)]


def _series_csv(database: bytes, file: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cpi.db"
        path.write_bytes(database)
        rows = [row for code in SERIES for row in _series(path, code, file)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("series", "month", "index"))
    writer.writerows(rows)
    return out.getvalue().encode()


def _series(path: Path, code: str, file: Path) -> list[tuple[str, str, str]]:
    query = (
        "SELECT year, period, value FROM indexes"
        " WHERE series = ? AND year >= ? AND period BETWEEN 'M01' AND 'M12' ORDER BY year, period"
    )
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute(query, (code, FIRST_YEAR)).fetchall()
    except sqlite3.Error as error:
        raise DataError(f"cannot be read as SQLite: {error}", file=file) from error
    if not found:
        raise DataError(f"has no series {code}", file=file)
    return [
        (SERIES[code], f"{year}-{period[1:]}", repr(value).removesuffix(".0"))
        for year, period, value in found
    ]


LIVE = (
    File(path=PRODUCER, url=fred.URL, kind="csv", read=fred.producer_prices, may_shrink=0),
    Package(path=CONSUMER, name=PACKAGES[0], may_shrink=0),
)

_COLUMNS = (
    Column("series", "text", "name of the series"),
    Column("month", "text", "month (YYYY-MM)"),
    Column("index", "number", "index value", "index", above=0),
)

TABLES = [
    Table(
        name="deflator",
        title="Producer price index, data processing and related services (US)",
        description=(
            "PCU518210518210, December 2000 = 100, the deflator of Cottier et al. 2024. It ends in"
            " June 2025; the last four months are subject to revision."
        ),
        build=deflator,
        key=("series", "month"),
        columns=_COLUMNS,
        checks=(
            value_is("ppi_of_december_2000_is_100", {"month": "2000-12"}, "index", 100.0),
            value_is("ppi_of_december_2023_is_119.029", {"month": "2023-12"}, "index", 119.029),
            rows_at_least(295),
        ),
    ),
    Table(
        name="cpi",
        title="Consumer prices in the United States: all items, electricity, computers, software",
        description=(
            "Monthly, not seasonally adjusted, city average. No figures exist for October 2025."
        ),
        build=cpi,
        key=("series", "month"),
        columns=_COLUMNS,
        checks=(
            value_is(
                "cpi_of_december_2023_is_306.746",
                {"series": "all_items", "month": "2023-12"},
                "index",
                306.746,
            ),
            rows_at_least(1000),
        ),
    ),
]
