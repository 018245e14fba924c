"""The page of a sweep: what varied, what each quantity did, which runs failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analysis.claims import predictions, store
from analysis.report import drawing, html_table
from analysis.report.charts.sweep import Measure, figure
from analysis.report.site import pages
from analysis.run import parameters
from analysis.run.sweep import grid, table

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from analysis.run.sweep.finishing import Contents

MEASURES = 24
"""Quantities that have a figure; the table has all of them."""
FAILURES = 100
_VALUES = 8  # values of a parameter that are written out
_KEYS = ("claim", "estimand", "source", "prediction", "rule", "window_end")


@dataclass(frozen=True)
class Varied:
    """A parameter that varies, and its values as text."""

    name: str
    values: str


def build(contents: Contents, folder: Path) -> None:
    """Writes ``index.html``; the same table gives the same bytes."""
    drawing.style()
    with table.database(contents.table.parent) as connection:
        table.read(connection, folder / table.PARQUET)
        found = list(_measures(contents, connection))
    pictures = [figure(measure, contents.varied) for measure in found[:MEASURES]]
    fixed = {
        name: value
        for name, value in parameters.as_json(contents.grid[0]).items()
        if name not in contents.varied
    }
    page = pages.render(
        "sweep.html.j2",
        title=f"Sweep of {contents.title} · {pages.SITE}",
        run=contents,
        varied=[_varied(contents, name) for name in contents.varied],
        fixed=fixed,
        summary=_summary(found),
        figures=[picture for picture in pictures if picture],
        left_out=max(len(found) - MEASURES, 0),
        failures=list(contents.failures.items())[:FAILURES],
        csv=table.CSV,
        parquet=table.PARQUET,
    )
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")


def _varied(contents: Contents, name: str) -> Varied:
    values = [str(value) for value in grid.distinct(contents.grid, name)]
    more = f", … ({len(values):,} values)" if len(values) > _VALUES else ""
    return Varied(name, ", ".join(values[:_VALUES]) + more)


def _measures(contents: Contents, connection: duckdb.DuckDBPyConnection) -> Iterator[Measure]:
    """The quantities in the order in which the table has them first."""
    keys = ", ".join(_KEYS)
    connection.execute(
        f"SELECT {keys} FROM results WHERE record != 'none' "
        f"GROUP BY {keys} ORDER BY min(file_row_number)"
    )
    for found in connection.fetchall():
        yield _measure(contents, connection, dict(zip(_KEYS, found, strict=True)))


def _measure(
    contents: Contents, connection: duckdb.DuckDBPyConnection, found: dict[str, Any]
) -> Measure:
    value = "probability" if found["claim"] is None else "estimate"
    rows = _rows(contents, connection, found, value)
    unit = rows.pop("unit")
    if found["claim"] is None:
        parts = (found["prediction"], found["rule"], found["window_end"])
        known = predictions.predictions() if predictions.declared() else {}
        says = known[found["prediction"]].says if found["prediction"] in known else "a prediction"
        return Measure(says, " ".join(map(str, parts)), "probability", rows)
    parts = tuple(found[name] for name in ("estimand", "source") if found[name] != "main")
    claim = store.claims().get(found["claim"])
    says = claim.says if claim else "a claim that is not in the ledger any more"
    return Measure(says, " ".join((found["claim"], *parts)), str(unit[0] or ""), rows)


def _rows(
    contents: Contents, connection: duckdb.DuckDBPyConnection, found: dict[str, Any], value: str
) -> pd.DataFrame:
    """The runs of one quantity, with what varied, ``value``, its interval and its unit."""
    import pandas as pd

    varied = "".join(f'"{table.PARAMETER}{name}" AS "{name}", ' for name in contents.varied)
    same = " AND ".join(f"{name} IS NOT DISTINCT FROM ${name}" for name in _KEYS)
    connection.execute(
        f"SELECT run, {varied}{value} AS value, low, high, points_to, unit FROM results "
        f"WHERE record != 'none' AND {same} ORDER BY file_row_number",
        found,
    )
    names = [column[0] for column in connection.description or ()]
    columns = zip(*connection.fetchall(), strict=True)
    frame = pd.DataFrame({n: list(column) for n, column in zip(names, columns, strict=True)})
    return frame.astype(dict.fromkeys(("value", "low", "high"), float))


def _summary(found: list[Measure]) -> Markup:
    import pandas as pd

    if not found:
        return Markup("")
    rows = [
        {
            "quantity": measure.name,
            "unit": measure.unit,
            "runs": len(measure.rows),
            "lowest": measure.rows["value"].min(),
            "median": measure.rows["value"].median(),
            "highest": measure.rows["value"].max(),
            "supported": int((measure.rows["points_to"] == "supported").sum()),
            "contradicted": int((measure.rows["points_to"] == "contradicted").sum()),
        }
        for measure in found
    ]
    caption = "Each quantity over all runs, and how many of them point where by themselves"
    return html_table.render(pd.DataFrame(rows), caption=caption, digits=html_table.SHOWN)
