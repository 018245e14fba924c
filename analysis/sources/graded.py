"""What the tables of graded facts share: the grade, the source, and days of named periods."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import pandas as pd

from analysis.checks import Check
from analysis.schemas import Column

GRADES = ("A", "B", "C")
PRECISIONS = ("day", "month", "quarter", "half", "year")

GRADE = Column(
    "grade", "text", "A primary or official, B press or data vendor, C weaker", allowed=GRADES
)
SOURCE = Column("source", "text", "address or citation")
PRECISION = Column(
    "date_precision",
    "text",
    "how exact the day is: where it is not a day, refers_to is the last day of the period",
    allowed=PRECISIONS,
)

_FORMS = (
    ("day", re.compile(r"(\d{4})-(\d\d)-(\d\d)")),
    ("month", re.compile(r"(\d{4})-(\d\d)")),
    ("quarter", re.compile(r"(\d{4})-?Q([1-4])")),
    ("half", re.compile(r"(\d{4})-?H([12])")),
    ("year", re.compile(r"(\d{4})")),
)
_MONTHS = {"quarter": 3, "half": 6}


def last_day(period: str) -> tuple[str, str]:
    """Last day (ISO) and precision of a period.

    >>> last_day("2025Q3"), last_day("2024-H2"), last_day("2024-08")
    (('2025-09-30', 'quarter'), ('2024-12-31', 'half'), ('2024-08-31', 'month'))

    Raises:
        ValueError: another form, or a day that does not exist; the build says in which cell.
    """
    for precision, form in _FORMS:
        if match := form.fullmatch(period):
            return _end([int(part) for part in match.groups()], precision, period), precision
    raise ValueError(f"{period!r} is not a day, month, quarter, half-year or year")


def dated(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the dating columns that follow from ``period``.

    What happened on a day is known from that day; of what is dated to a period only, that it had
    happened is known for certain when the period is over.
    """
    days = [last_day(period) for period in rows["period"]]
    ends, precision = [day for day, _ in days], [exact for _, exact in days]
    basis = ["published" if exact == "day" else "reconstructed" for exact in precision]
    return rows.assign(refers_to=ends, date_precision=precision, known_from=ends, known_basis=basis)


def after(day: str, days: int) -> str:
    """The day that lies ``days`` after ``day`` (ISO)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def source_named() -> Check:
    """Every row says where it is from: an address, or a citation of a few words."""
    says = "each source is an address or a citation of at least ten characters"
    return Check(
        "sources_are_named", "table", says, lambda t: bool((t["source"].str.len() > 9).all())
    )


def _end(parts: list[int], precision: str, period: str) -> str:
    year, number = parts[0], parts[1] if len(parts) > 1 else 12
    month = number * _MONTHS.get(precision, 1)
    try:
        day = parts[2] if precision == "day" else monthrange(year, month)[1]
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise ValueError(f"{period!r} is no such day") from error
