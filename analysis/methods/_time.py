"""Dates as decimal years."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.methods import validate
from analysis.methods.validate import Vector


def decimal_year(dates: Any) -> Any:
    """Calendar dates as years: year + (month - 1)/12 + (day - 1)/365.

    Args:
        dates: dates, datetimes, timestamps, periods or ISO strings, shape (n,), or one of them.

    Returns:
        Floats, shape (n,); a float for a single date.

    Raises:
        InputError: for values that are not dates or are missing.

    Source: Cottier et al. (2024), arXiv 2405.21015, replication code.
    """
    days = validate.dates("dates", dates)
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    month = (months - years.astype("datetime64[M]")).astype(float)
    values = years.astype(float) + 1970 + month / 12 + (days - months).astype(float) / 365
    return float(values[0]) if np.ndim(dates) == 0 else values


def years_of(name: str, t: Any) -> Vector:
    """Times given as dates or as decimal years, in decimal years."""
    if validate.are_dates(t):
        return np.asarray(decimal_year(validate.dates(name, t)))
    return validate.vector(name, t)
