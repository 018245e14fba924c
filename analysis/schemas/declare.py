"""What a table promises: its columns with unit and meaning, its key, its checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from analysis.checks import Check
    from analysis.sources.sidecar import Snapshots

Kind = Literal["text", "number", "integer", "date", "boolean"]

BASES = ("vintage", "published", "reconstructed")
UNITS = frozenset(
    {
        "1",
        "FLOP",
        "FLOP/s",
        "H100 equivalents",
        "MW",
        "TB/s",
        "TFLOP/s",
        "TWh",
        "USD",
        "USD bn",
        "USD of December 2023",
        "USD of December 2024",
        "USD per 1M output tokens",
        "USD per 1M tokens",
        "USD per GPU-hour",
        "USD per developer-day",
        "USD per minute of video",
        "USD per month",
        "USD per session-hour",
        "W",
        "Wh",
        "bytes",
        "bytes/s",
        "count",
        "date",
        "factor per year",
        "frames per second",
        "g CO2e",
        "hours",
        "index",
        "months",
        "ms",
        "nm",
        "percent",
        "percent per year",
        "s",
        "stars",
        "t CO2e",
        "tokens",
        "tokens/s",
        "year",
        "yes or no",
    }
)


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``unit`` is one of ``UNITS`` (numbers only). ``allowed`` lists the only values there may be.
    ``above`` is an exclusive and ``least`` an inclusive lower bound.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    required: bool = True
    above: float | None = None
    least: float | None = None
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"column {self.name!r}: unknown unit {self.unit!r}")


DATED = (
    Column("refers_to", "date", "the day that the row is about"),
    Column("known_from", "date", "the day on which it became known"),
    Column("known_basis", "text", "on what basis we say so", allowed=BASES),
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Declaration of one table.

    ``build`` makes it from snapshots and curated files; ``key`` names the columns that tell
    rows apart, and by which the file is sorted. The three dating columns are added to ``columns``.
    """

    name: str
    title: str
    description: str
    build: Callable[[Snapshots], pd.DataFrame]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    checks: tuple[Check, ...] = ()

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return self.columns + DATED

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.all_columns]
