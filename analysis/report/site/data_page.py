"""A page for each table of a run, with its rows to take away as CSV and Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.files import csv_bytes
from analysis.report import numbers
from analysis.report.charts import sparkline
from analysis.report.site import pages, parquet
from analysis.report.site.background import Background, Extract
from analysis.run.runset import RunSet
from analysis.schemas import Column

FOLDER = "data"
_PLAIN_UNITS = {"1": "ratio", "": ""}


@dataclass(frozen=True)
class Shown:
    """One column as its page shows it."""

    name: str
    description: str
    unit: str
    filled: str
    values: str
    spark: Markup


def build(run: RunSet, background: Background) -> None:
    """Writes ``data/index.html`` and, for each table, ``data/<table>.html``, CSV and Parquet."""
    folder = run.folder / FOLDER
    folder.mkdir()
    told = [background.provenance(name, run.as_of) for name in run.tables]
    index = pages.render(
        "tables.html.j2", root="../", title=f"Data · {pages.SITE}", run=run, tables=told
    )
    pages.write(folder / "index.html", index)
    with parquet.writer() as also:
        for table in told:
            found = background.extract(str(table["table"]), run.as_of)
            _page(run, background, table, found, folder)
            text = folder / f"{table['table']}.csv"
            text.write_bytes(csv_bytes(found.rows))
            also.write(text, found.columns)


def _page(
    run: RunSet, background: Background, table: Mapping[str, Any], found: Extract, folder: Path
) -> None:
    name = str(table["table"])
    page = pages.render(
        "table.html.j2",
        root="../",
        title=f"{table['title']} · {pages.SITE}",
        run=run,
        table=table,
        columns=columns(found),
        claims=[row for row in run.verdicts if name in _tables(background, str(row["id"]))],
    )
    pages.write(folder / f"{name}.html", page)


def _tables(background: Background, claim: str) -> Sequence[str]:
    return background.claims[claim].tables if claim in background.claims else ()


def columns(found: Extract) -> list[Shown]:
    """Every column: unit, how many cells are filled, what they hold, its median over time."""
    return [_shown(column, found.rows) for column in found.columns]


def _shown(column: Column, rows: pd.DataFrame) -> Shown:
    cells = rows[column.name]
    filled = cells[cells != ""]
    numeric = column.kind in ("number", "integer")
    values = pd.to_numeric(cells, errors="coerce") if numeric else None
    return Shown(
        name=column.name,
        description=column.description,
        unit=_PLAIN_UNITS.get(column.unit, column.unit) or ("" if numeric else column.kind),
        filled=f"{len(filled):,}",
        values=_held(filled) if values is None else _range(values.dropna()),
        spark=Markup("")
        if values is None
        else sparkline.draw(rows["refers_to"], values, column.name),
    )


def _range(values: pd.Series[Any]) -> str:
    if values.empty:
        return ""
    low, middle, high = (
        numbers.plain(float(value)) for value in (values.min(), values.median(), values.max())
    )
    return low if low == high else f"{low} to {high}, median {middle}"


def _held(filled: pd.Series[str]) -> str:
    if filled.empty:
        return ""
    unlike = filled.nunique()
    if unlike == 1:
        return str(filled.iloc[0])
    first, last = filled.min(), filled.max()
    days = filled.str.fullmatch(r"\d{4}-\d\d(-\d\d)?").all()
    return f"{first} to {last}" if days else f"{unlike:,} different"
