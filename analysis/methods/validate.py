"""Checks on arguments, shared by all methods.

Each check returns the value in the form the method needs or raises ``InputError``, whose
message names the argument and the rule. Rows are counted from 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError

Vector = NDArray[np.float64]
Dates = NDArray[np.datetime64]


def vector(
    name: str,
    values: Any,
    *,
    minimum: int = 1,
    positive: bool = False,
    varying: bool = False,
) -> Vector:
    """One-dimensional finite floats, shape (n,).

    ``minimum`` is the least number of values, ``positive`` asks for values above zero
    (they go under a logarithm), ``varying`` for at least two different values.
    """
    array = _floats(name, values)
    if array.ndim != 1:
        raise InputError(name, f"must be one-dimensional; it has {array.ndim} dimensions")
    if array.size < minimum:
        noun = "value" if minimum == 1 else "values"
        raise InputError(name, f"needs at least {minimum} {noun}; it has {array.size}")
    _first_bad(name, array, ~np.isfinite(array), "must be finite")
    if positive:
        _first_bad(name, array, array <= 0, "must be positive under a logarithm")
    if varying and np.all(array == array[0]):
        raise InputError(name, f"must not be constant; every value is {array[0]}")
    return array


def same_length(**arrays: Any) -> None:
    """All arrays have as many rows as the first; the first that differs is named."""
    (first, reference), *others = arrays.items()
    for name, array in others:
        if len(array) != len(reference):
            rule = f"must be as long as {first}; it has {len(array)} rows, {first} {len(reference)}"
            raise InputError(name, rule)


def probability(name: str, value: Any) -> Any:
    """A probability, or an array of them, in [0, 1]; floats in the shape given."""
    array = _floats(name, value)
    bad = ~((array >= 0) & (array <= 1))
    _first_bad(name, np.atleast_1d(array), np.atleast_1d(bad), "must lie in [0, 1]")
    return float(array) if array.ndim == 0 else array


def level(name: str, value: Any) -> float:
    """A confidence level strictly between 0 and 1."""
    number = float(_floats(name, value)) if np.ndim(value) == 0 else np.nan
    if not 0 < number < 1:
        raise InputError(name, f"must lie strictly between 0 and 1; it is {value!r}")
    return number


def count(name: str, value: Any, *, minimum: int = 1) -> int:
    """A whole number of at least ``minimum``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < minimum:
        raise InputError(name, f"must be a whole number of at least {minimum}; it is {value!r}")
    return int(value)


def choice(name: str, value: Any, valid: Collection[str]) -> str:
    """One of the valid words."""
    if not isinstance(value, str) or value not in valid:
        raise InputError(name, f"must be one of {', '.join(valid)}; it is {value!r}")
    return value


def increasing(name: str, values: Any, strict: bool = False) -> None:
    """Values never fall; if ``strict``, none repeats either."""
    array = np.asarray(values)
    bad = array[1:] <= array[:-1] if strict else array[1:] < array[:-1]
    if not bad.any():
        return
    row = int(np.flatnonzero(bad)[0]) + 1
    if array[row] == array[row - 1]:
        raise InputError(name, f"must not repeat; rows {row - 1} and {row} are both {array[row]}")
    raise InputError(
        name, f"must be in increasing order; row {row} is {array[row]}, after {array[row - 1]}"
    )


def dates(name: str, values: Any) -> Dates:
    """Days, shape (n,), from dates, datetimes, timestamps, periods or ISO strings."""
    array = np.atleast_1d(np.asarray(values))
    if array.ndim != 1:
        raise InputError(name, f"must be one-dimensional; it has {array.ndim} dimensions")
    if array.size == 0:
        raise InputError(name, "needs at least 1 date; it has 0")
    if array.dtype.kind == "M":
        days = array.astype("datetime64[D]")
    else:
        days = np.array([_day(name, row, value) for row, value in enumerate(array)])
    missing = np.isnat(days)
    if missing.any():
        raise InputError(name, f"must not be missing; row {int(np.flatnonzero(missing)[0])} is")
    return days


def are_dates(values: Any) -> bool:
    """Whether the values look like dates rather than numbers."""
    array = np.atleast_1d(np.asarray(values))
    if array.dtype.kind != "O":
        return array.dtype.kind in "MUST"
    return any(isinstance(v, str | dt.date | np.datetime64) or _is_period(v) for v in array)


def _day(name: str, row: int, value: Any) -> Any:
    if _is_period(value):
        value = value.to_timestamp()
    if _missing(value) or value != value:
        return np.datetime64("NaT", "D")
    try:
        if isinstance(value, dt.date):  # datetimes with a zone would warn in numpy
            return np.datetime64(value.strftime("%Y-%m-%d"), "D")
        if isinstance(value, str | np.datetime64):
            return np.datetime64(value).astype("datetime64[D]")
    except ValueError:
        pass
    raise InputError(name, f"must be dates; row {row} is {value}")


def _is_period(value: Any) -> bool:
    return hasattr(value, "to_timestamp") and hasattr(value, "freq")


def _floats(name: str, values: Any) -> Vector:
    if np.ma.isMaskedArray(values):
        values = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    try:
        array = np.asarray(values)
    except ValueError:
        raise InputError(name, "must be one-dimensional; its rows differ in length") from None
    if array.dtype.kind == "O":
        array = np.array([np.nan if _missing(v) else v for v in array.ravel()], dtype=object)
        array = array.reshape(np.shape(values))
    if array.dtype.kind not in "fiubO" or any(isinstance(v, str) for v in array.ravel()[:1]):
        raise InputError(name, f"must be numbers; its type is {array.dtype}")
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise InputError(name, "must be numbers; some values are not") from None


def _missing(value: Any) -> bool:
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


def _first_bad(name: str, array: Vector, bad: NDArray[np.bool_], rule: str) -> None:
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise InputError(name, f"{rule}; row {row} is {array.flat[row]}")
