"""What methods return: frozen records that print one line and show as a table in a notebook."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


class Result:
    """Base of the result dataclasses.

    A subclass says its one line in ``summary``; ``table`` may be overridden where the fields
    that are numbers, words or intervals are not the whole story.
    """

    def summary(self) -> str:
        return f"{type(self).__name__}: " + ", ".join(f"{k} {v}" for k, v in self._scalars())

    def table(self) -> pd.DataFrame:
        import pandas as pd

        names, values = zip(*self._scalars(), strict=True)
        return pd.DataFrame({"value": values}, index=pd.Index(names))

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        shown = self.table().to_html(border=0, float_format=format_number)
        return f"<p>{html.escape(self.summary())}</p>\n{shown}"

    def _scalars(self) -> Iterable[tuple[str, str]]:
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if not field.name.startswith("_") and _is_short(value):
                yield field.name.replace("_", " "), format_value(value)


class Named(tuple[Any, ...]):
    """Values with names, read by position or by name: ``p[0]``, ``p["rate"]``, ``dict(p)``."""

    names: tuple[str, ...]

    def __new__(cls, values: Mapping[str, Any]) -> Named:
        named = super().__new__(cls, values.values())
        named.names = tuple(values)
        return named

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            if key not in self.names:
                raise UnknownNameError("parameter", key, self.names)
            key = self.names.index(key)
        return super().__getitem__(key)

    def keys(self) -> tuple[str, ...]:
        return self.names

    def values(self) -> tuple[Any, ...]:
        return tuple(self)

    def items(self) -> tuple[tuple[str, Any], ...]:
        return tuple(zip(self.names, self, strict=True))

    def __repr__(self) -> str:
        return ", ".join(f"{name} {format_value(value)}" for name, value in self.items())


def format_number(value: float) -> str:
    """Four significant digits."""
    return f"{value:.4g}"


def format_value(value: Any) -> str:
    """A number, word, or short sequence of numbers as text."""
    if isinstance(value, Named):
        return repr(value)
    if isinstance(value, tuple):
        return " to ".join(map(format_value, value)) if len(value) == 2 else str(value)
    if isinstance(value, float | np.floating):
        return format_number(float(value))
    return "" if value is None else str(value)


def _is_short(value: Any) -> bool:
    if isinstance(value, tuple):
        return len(value) <= 8 and not any(isinstance(v, np.ndarray) for v in value)
    return value is None or isinstance(value, str | bool | int | float | np.generic)
