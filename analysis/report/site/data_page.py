"""A page for each table of a run, with its rows to take away as CSV and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True)
class Piece:
    """What a table brings to the site: where it is from, its columns, and its rows as files."""

    provenance: Mapping[str, Any]
    columns: list[Shown]
    csv: bytes
    parquet: bytes


def piece(background: Background, name: str, as_of: date) -> Piece:
    """The rows of a table that were known on a day, ready for its page."""
    found = background.extract(name, as_of)
    text = csv_bytes(found.rows)
    also = parquet.convert(text, found.columns)
    return Piece(background.provenance(name, as_of), columns(found), text, also)


Maker = Callable[[Background, str, date], Piece]


def build(run: RunSet, background: Background, made: Maker = piece) -> None:
    """Writes ``data/index.html`` and, for each table, ``data/<table>.html``, CSV and Parquet."""
    folder = run.folder / FOLDER
    folder.mkdir()
    pieces = {name: made(background, name, run.as_of) for name in run.tables}
    told = [one.provenance for one in pieces.values()]
    index = pages.render(
        "tables.html.j2", root="../", title=f"Data · {pages.SITE}", run=run, tables=told
    )
    pages.write(folder / "index.html", index)
    for name, one in pieces.items():
        pages.write(folder / f"{name}.html", _page(run, background, name, one))
        (folder / f"{name}.csv").write_bytes(one.csv)
        (folder / f"{name}.parquet").write_bytes(one.parquet)


def _page(run: RunSet, background: Background, name: str, shown: Piece) -> str:
    return pages.render(
        "table.html.j2",
        root="../",
        title=f"{shown.provenance['title']} · {pages.SITE}",
        run=run,
        table=shown.provenance,
        columns=shown.columns,
        claims=[row for row in run.verdicts if name in _tables(background, str(row["id"]))],
    )


def _tables(background: Background, claim: str) -> Sequence[str]:
    return background.claims[claim].tables if claim in background.claims else ()


def columns(found: Extract) -> list[Shown]:
    """Every column: unit, how many cells are filled, what they hold, its median over time."""
    days = pd.to_datetime(found.rows["refers_to"], format="ISO8601", errors="coerce")
    return [_shown(column, found.rows[column.name], days) for column in found.columns]


def _shown(column: Column, cells: pd.Series[str], days: pd.Series[pd.Timestamp]) -> Shown:
    filled = cells[cells != ""]
    numeric = column.kind in ("number", "integer")
    values = pd.to_numeric(cells, errors="coerce") if numeric else None
    return Shown(
        name=column.name,
        description=column.description,
        unit=_PLAIN_UNITS.get(column.unit, column.unit) or ("" if numeric else column.kind),
        filled=f"{len(filled):,}",
        values=_held(filled) if values is None else _range(values.dropna()),
        spark=Markup("") if values is None else sparkline.draw(days, values, column.name),
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
