"""Six significant digits: how the ledger rounds, compares and prints numbers."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

DIGITS = 6


def rounded(value: float) -> float:
    """``value`` at six significant digits, which is all that a record of evidence keeps."""
    return float(f"{float(value):.{DIGITS}g}")


def rounded_deep(value: Any) -> Any:
    """A JSON-like value with every float in it rounded; tuples become lists, dates ISO text.

    Raises:
        ValueError: when a number in it is not finite, since JSON has no such number.
        TypeError: when something in it is neither text, number, date, list nor mapping.
    """
    if isinstance(value, dict):
        return {str(key): rounded_deep(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded_deep(item) for item in value]
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    return rounded(value)


def scalar(value: Any) -> Any:
    """A numpy scalar or a truth value as a plain number; anything else as it is."""
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, bool) else value


def same(a: float, b: float) -> bool:
    """Whether two numbers agree at six significant digits."""
    return rounded(a) == rounded(b)


def plain(value: float, digits: int = 4) -> str:
    """A number as a reader writes it: ``1.931``, ``2027``, ``40.7 million``, ``3.2e23``."""
    size = abs(value)
    if 1e6 <= size < 1e12:
        scale, word = (1e9, "billion") if size >= 1e9 else (1e6, "million")
        return f"{plain(value / scale, digits)} {word}"
    if size and not 1e-4 <= size < 1e6:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return (
            f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"
        )
    decimals = max(0, digits - 1 - math.floor(math.log10(size))) if size else 0
    text = f"{value:,.{decimals}f}" if size >= 10_000 else f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(low: float | None, high: float | None, digits: int = 4) -> str:
    """An interval in words; ``None`` is an open end."""
    if low is None:
        return "unbounded" if high is None else f"at most {plain(high, digits)}"
    if high is None:
        return f"at least {plain(low, digits)}"
    return f"{plain(low, digits)} to {plain(high, digits)}"
