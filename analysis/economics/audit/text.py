"""The article as it was known on a day: its tables, its numbers and its lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.errors import InputError

FIRST_DAY, LAST_DAY = date(2026, 4, 1), date(2026, 4, 30)
"""The text is of April 2026 without a day."""
CHAT, GPT4, VIDEO, AGENT = "GPT-3.5", "GPT-4", "Real-Time Video", "Persistent AI Agent"
COMPUTE, PRICE = "training_compute", "inference_cost"
READINGS = ("strict", "plain", "wide")


@dataclass(frozen=True)
class Span:
    """A stated number, or the two ends of a stated range."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Geometric middle of the range."""
        return float((self.low * self.high) ** 0.5)

    def distance(self, value: float) -> float:
        """1 inside the range, else how many times ``value`` lies outside the nearer end."""
        return max(self.low / value, value / self.high, 1.0)


@dataclass(frozen=True)
class Segment:
    """A row of table 3: its number for 2023, and for the two years after."""

    name: str
    before: float
    after: float
    unit: str


@dataclass(frozen=True)
class Article:
    """Cells of its three tables and statements of its running text; empty before it appeared."""

    cells: pd.DataFrame
    statements: pd.DataFrame

    @property
    def published(self) -> bool:
        return len(self.cells) > 0

    def cell(self, row: str, column: str) -> Span:
        """The value of a cell of table 1; ``row`` is how its heading begins."""
        rows = self._known(self.cells)
        found = rows[(rows["table"] == 1) & (rows["column"] == column)]
        return _span(found[found["row"].str.startswith(row)])

    def segments(self) -> list[Segment]:
        """Table 3, row by row."""
        rows = self._known(self.cells)
        rows = rows[(rows["table"] == 3) & rows["value_low"].notna()]
        found = []
        for name, pair in rows.sort_values("column").groupby("row"):
            before, after = (float(value) for value in pair["value_low"])
            found.append(Segment(str(name), before, after, str(pair["unit_meant"].iloc[0])))
        return found

    def number(self, statement: str) -> Span:
        """A number of the running text."""
        rows = self._known(self.statements)
        return _span(rows[rows["statement"] == statement])

    def items(self, statement: str, reading: str = "plain") -> list[str]:
        """Items of a list, in a reading of the text that takes in all narrower ones."""
        rows = self._known(self.statements)
        taken = READINGS[: READINGS.index(reading) + 1]
        found = rows[(rows["statement"] == statement) & rows["reading"].isin(taken)]
        return sorted(found["item"])

    def _known(self, rows: pd.DataFrame) -> pd.DataFrame:
        if not len(rows):
            raise InputError("article", "had not been published by then")
        return rows


def _span(rows: pd.DataFrame) -> Span:
    if len(rows) != 1:
        raise InputError("article", f"states this {len(rows)} times, not once")
    low, high = float(rows["value_low"].iloc[0]), float(rows["value_high"].iloc[0])
    return Span(low, low if pd.isna(high) else high)
