"""The article under test: its three tables, cell by cell, and the numbers of its running text."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import UNITS, Column, Table
from analysis.sources.sidecar import Snapshots

CELLS = "curated/article_tables.csv"
STATEMENTS = "curated/article_statements.csv"
READINGS = ("strict", "plain", "wide")


def article_tables(snapshots: Snapshots) -> pd.DataFrame:
    return _published(snapshots, CELLS)


def article_statements(snapshots: Snapshots) -> pd.DataFrame:
    return _published(snapshots, STATEMENTS)


def _published(snapshots: Snapshots, path: str) -> pd.DataFrame:
    """All rows of a file, dated to the publication day on record (see its sidecar)."""
    rows = snapshots.csv(path)
    day = snapshots.used[path].vintage
    return rows.assign(refers_to=day, known_from=day, known_basis="published")


def _every_cell_once(cells: pd.DataFrame) -> bool:
    """Table 1 has 4 × 3 cells, table 2 has 5 × 3, table 3 has 4 × 3."""
    return cells.groupby("table").size().to_dict() == {1: 12, 2: 15, 3: 12}


TABLES = [
    Table(
        name="article_tables",
        title="The article's three tables, cell by cell",
        description=(
            "Each cell as stated, with its value, the unit its column claims and the unit it can"
            " only mean: table 1 prices a minute of video and an hour of agent session in a column"
            " headed USD per million output tokens; the last row of table 3 is a level among growth"
            " rates. A missing upper value means that the cell is open-ended."
        ),
        build=article_tables,
        key=("table", "row", "column"),
        columns=(
            Column("table", "integer", "number of the table in the article"),
            Column("row", "text", "row heading"),
            Column("column", "text", "short name of the column"),
            Column("stated", "text", "content of the cell"),
            Column(
                "value_low", "number", "value, or lower end of a range", required=False, above=0
            ),
            Column(
                "value_high", "number", "value, or upper end of a range", required=False, above=0
            ),
            Column(
                "unit_stated",
                "text",
                "unit that the column heading claims",
                required=False,
                allowed=tuple(sorted(UNITS)),
            ),
            Column(
                "unit_meant",
                "text",
                "unit that the cell can only mean",
                required=False,
                allowed=tuple(sorted(UNITS)),
            ),
        ),
        checks=(
            Check("every_cell_once", "table", "12, 15 and 12 cells", _every_cell_once),
            rows_at_least(39),
        ),
    ),
    Table(
        name="article_statements",
        title="Numbers and lists of the article's running text",
        description=(
            "What the text says outside its tables: numbers with their unit, and lists with one row"
            " an item. Each item says in which reading of the text it belongs to its list: strict"
            " (tied to a named model), plain (said outright) or wide (implied, or named without a"
            " version). A missing upper value means that the statement is open-ended."
        ),
        build=article_statements,
        key=("statement", "item"),
        columns=(
            Column("statement", "text", "which statement, or which list"),
            Column("item", "text", "what the number is about, or an item of the list"),
            Column("reading", "text", "reading that the item needs", allowed=READINGS),
            Column("value_low", "number", "value, or lower end", required=False, above=0),
            Column("value_high", "number", "value, or upper end", required=False, above=0),
            Column(
                "unit",
                "text",
                "unit of the number",
                required=False,
                allowed=tuple(sorted(UNITS)),
            ),
            Column("link", "text", "what ties the item to its list", required=False),
            Column("place", "text", "where the text says it"),
        ),
        checks=(rows_at_least(40),),
    ),
]
