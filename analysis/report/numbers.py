"""How numbers are written for readers: value, interval and unit, no finer than the interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
NO_VALUE = "–"
PERCENT = "\u00a0%"
DIGITS_ALONE = 3
TRUTH = "yes or no"


@dataclass(frozen=True)
class _Shape:
    """How a unit surrounds its numbers: ``$`` 40.7 ``M`` `` per run``."""

    scale: float = 1.0
    before: str = ""
    mark: str = ""
    after: str = ""

    def wrap(self, number: str) -> str:
        sign, digits = ("−", number[1:]) if number.startswith("−") else ("", number)
        return f"{sign}{self.before}{digits}{self.mark}"

    def cents(self, number: str) -> str:
        """Money has no single decimal: ``0.6`` is written ``0.60``."""
        alone = self.before == "$" and self.scale == 1 and number[-2:-1] == "."
        return f"{number}0" if alone else number


def day(value: date | str) -> str:
    """A date in words, the same in every locale: ``"23 November 2026"``."""
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def plain(value: float | None, digits: int = DIGITS_ALONE) -> str:
    """``value`` to at most ``digits`` significant digits: ``"2.41"``, ``"12,300"``."""
    if not _present(value):
        return NO_VALUE
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return _trim(_fixed(value, digits - 1 - _exponent(value)))


def share(value: float | None) -> str:
    """A share as a percentage: ``0.925`` → ``"92.5 %"``."""
    return f"{plain(value * 100)}{PERCENT}" if _present(value) else NO_VALUE


def quantity(value: float | None, unit: str = "") -> str:
    """One value with its unit, to three digits: ``"$40.7M"``, ``"2.41× a year"``, ``"yes"``."""
    if not _present(value):
        return NO_VALUE
    if unit == TRUTH:
        return "yes" if value else "no"
    shape = _shape(value, unit)
    scaled = value / shape.scale
    whole = float(scaled).is_integer() and abs(scaled) < 1e9
    digits = max(DIGITS_ALONE, _exponent(scaled) + 1) if whole else DIGITS_ALONE
    text = _trim(_fixed(scaled, 0 if whole else digits - 1 - _exponent(scaled)))
    return f"{shape.wrap(shape.cents(text))}{shape.after}"


def interval(low: float | None, high: float | None, unit: str = "", near: float = 0.0) -> str:
    """An interval in the shape of the estimate ``near``: ``"0.08 to 0.19"``, ``"up to $3M"``."""
    ends = [_write(end, near, low, high, unit) for end in (low, high) if _finite(end)]
    if len(ends) == 2:
        return f"{ends[0]} to {ends[1]}"
    if ends:
        return f"{'at least' if _finite(low) else 'up to'} {ends[0]}"
    return ""


def parts(
    value: float | None, low: float | None = None, high: float | None = None, unit: str = ""
) -> tuple[str, str]:
    """An estimate with its unit, and its interval: ``("0.12× a year", "0.08 to 0.19")``.

    With an interval all three numbers are rounded to its leading digit (two digits where that
    is a 1), so that the text claims no precision the data do not give.
    """
    if not _present(value) or low == high or unit == TRUTH:
        return quantity(value, unit), ""
    span = interval(low, high, unit, value)
    if not span:
        return quantity(value, unit), ""
    return f"{_write(value, value, low, high, unit)}{_shape(value, unit).after}", span


def estimate(
    value: float | None, low: float | None = None, high: float | None = None, unit: str = ""
) -> str:
    """``parts`` in one line: ``"0.12× a year (0.08 to 0.19)"``."""
    main, span = parts(value, low, high, unit)
    return f"{main} ({span})" if span else main


def tick(value: float, unit: str = "") -> str:
    """A tick label, as short as it can be without losing its value: ``"$1M"``, ``"0.01"``."""
    shape = _shape(value, unit)
    scaled = value / shape.scale
    thousands = 1000 <= abs(scaled) < 1e9
    number = f"{scaled:,.0f}" if thousands else plain(scaled, 6).removeprefix("1×")
    return f"{shape.wrap(number.replace('-', '−'))}{shape.after.split(' ')[0]}"


def _write(value: float, near: float, low: float | None, high: float | None, unit: str) -> str:
    """One number of an estimate, in the scale and to the decimals they all share."""
    shape = _shape(near, unit)
    ends = [end / shape.scale for end in (low, high) if _finite(end)]
    scaled = value / shape.scale
    decimals = _decimals(near / shape.scale, ends)
    if value != near:  # a far end needs no more than three digits of its distance
        decimals = min(decimals, 2 - _exponent((value - near) / shape.scale))
    text = shape.cents(_fixed(scaled, decimals))
    lost = value != 0 and not any(digit in text for digit in "123456789")
    return shape.wrap(plain(scaled, 1) if lost else text)


def _decimals(value: float, ends: list[float]) -> int:
    """Decimals that show the leading digit of the shorter arm of the interval."""
    arms = [abs(end - value) for end in ends if end != value]
    if not arms:
        return DIGITS_ALONE - 1 - _exponent(value)
    exponent = _exponent(min(arms))
    return -exponent + (1 if min(arms) / 10.0**exponent < 2 else 0)


def _shape(value: float, unit: str) -> _Shape:
    first, _, rest = unit.partition(" ")
    rest = f" {rest}".rstrip().replace(" per year", " a year")
    if first in {"USD", "$", "dollars"}:
        steps = ((1e12, "T"), (1e9, "B"), (1e6, "M"))
        scale, mark = next((step for step in steps if abs(value) >= step[0]), (1.0, ""))
        return _Shape(scale, "$", mark, rest)
    if first in {"share", "fraction"}:
        return _Shape(0.01, "", PERCENT, rest)
    if first in {"percent", "%"}:
        return _Shape(1.0, "", PERCENT, rest)
    if first in {"factor", "ratio", "times"}:
        return _Shape(1.0, "", "", f"×{rest}")
    if first in {"", "count", "number", "dimensionless"}:
        return _Shape(1.0, "", "", rest)
    return _Shape(1.0, "", "", f" {first}{rest}")


def _present(value: float | None) -> TypeGuard[float]:
    return value is not None and not math.isnan(value)


def _finite(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _exponent(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else 0


def _trim(text: str) -> str:
    mantissa, times, power = text.partition("×")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}{times}{power}"


def _fixed(value: float, decimals: int) -> str:
    """``value`` rounded to ``decimals`` (which may be negative), with a true minus sign."""
    exponent = _exponent(value)
    if value and not -5 < exponent < 9:
        digits = max(0, min(5, exponent + decimals))
        mantissa, _, power = f"{value:.{digits}e}".partition("e")
        return f"{mantissa}×10{str(int(power)).translate(SUPERSCRIPT)}".replace("-", "−")
    return f"{round(value, decimals):,.{max(0, decimals)}f}".replace("-", "−")
