"""The article under test: its three tables, cell by cell."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import UNITS, Column, Table
from analysis.sources.sidecar import Snapshots

CELLS = "curated/article_tables.csv"


def article_tables(snapshots: Snapshots) -> pd.DataFrame:
    """All cells, dated to the publication day on record (see the sidecar)."""
    cells = snapshots.csv(CELLS)
    day = snapshots.used[CELLS].vintage
    return cells.assign(refers_to=day, known_from=day, known_basis="published")


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
    )
]
