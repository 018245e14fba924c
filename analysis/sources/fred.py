"""FRED, Federal Reserve Bank of St. Louis: the producer price index of data processing."""

from __future__ import annotations

import calendar
from datetime import date

import pandas as pd

from analysis.errors import DataError
from analysis.files import as_text, csv_bytes, read_csv
from analysis.sources.sidecar import Sidecar

SERIES = "PCU518210518210"
_TITLE = "Data Processing, Hosting and Related Services"
URL = f"https://fred.stlouisfed.org/graph/fredgraph.csv?id={SERIES}"
_DATES = ("observation_date", "DATE")  # its name now and until 2024


def producer_prices(content: bytes, day: str) -> tuple[bytes, Sidecar]:
    """The series as FRED gives it (date, value) as (month, index), and its sidecar.

    Raises DataError for other columns, a series that is not monthly, and none at all.
    """
    table = read_csv(content, URL)
    if list(table.columns) not in ([first, SERIES] for first in _DATES):
        raise DataError(f"has the columns {list(table.columns)}", file=URL, row=1)
    dates, values = table.iloc[:, 0], table.iloc[:, 1]
    if not dates.str.fullmatch(r"\d{4}-\d\d-01").all():
        raise DataError("has days that do not begin a month", file=URL, column=_DATES[0])
    given = ~values.isin(["", "."])
    try:
        rows = pd.DataFrame({"month": dates.str[:7], "index": values[given].map(float)})[given]
    except ValueError as error:
        raise DataError(f"is not a series of numbers: {error}", file=URL, column=SERIES) from error
    if rows.empty:
        raise DataError("has no figures", file=URL, column=SERIES)
    about = Sidecar(
        title=f"Producer Price Index by Industry: {_TITLE} ({SERIES})",
        producer="US Bureau of Labor Statistics",
        citation=(
            f"BLS, Producer Price Index {SERIES}, retrieved from FRED, Federal Reserve"
            " Bank of St. Louis"
        ),
        licence="public domain",
        url=f"https://fred.stlouisfed.org/series/{SERIES}",
        accessed=day,
        vintage=day,
        known_from=release_day(str(rows["month"].iloc[0])),
        observed_through=last_day(str(rows["month"].iloc[-1])),
        processing="Month and index kept, months without a figure left out.",
        rows=len(rows),
    )
    return csv_bytes(as_text(rows, rows.columns)), about


def release_day(month: str) -> str:
    """The 15th of the month after ``month``, about when its figure appears."""
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, 15).isoformat()


def last_day(month: str) -> str:
    """The last day of ``month``."""
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]}"
