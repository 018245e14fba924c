"""The page of a sweep: what varied, what each quantity did, which runs failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from analysis.claims import predictions, store
from analysis.report import drawing, html_table, pages
from analysis.report.sweep_charts import Measure, figure
from analysis.run import parameters
from analysis.run.sweep import grid, table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

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
    found = list(_measures(contents))
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


def _measures(contents: Contents) -> Iterator[Measure]:
    """One quantity after the other, so that no more than one is in memory."""
    import polars as pl

    rows = table.scan(contents.table, contents.kinds).filter(pl.col("record") != "none")
    keys = rows.select(_KEYS).unique(maintain_order=True).collect()
    for found in keys.iter_rows(named=True):
        same = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(found[name])) for name in _KEYS)
        yield _measure(contents, found, rows.filter(same).sort("run"))


def _measure(contents: Contents, found: dict[str, Any], rows: pl.LazyFrame) -> Measure:
    import polars as pl

    value = "probability" if found["claim"] is None else "estimate"
    wanted = [pl.col(f"{table.PARAMETER}{name}").alias(name) for name in contents.varied]
    some = rows.select(
        "run", *wanted, pl.col(value).alias("value"), "low", "high", "points_to", "unit"
    ).collect()
    frame = _pandas(some.drop("unit"))
    if found["claim"] is None:
        parts = (found["prediction"], found["rule"], found["window_end"])
        known = predictions.predictions() if predictions.declared() else {}
        says = known[found["prediction"]].says if found["prediction"] in known else "a prediction"
        return Measure(says, " ".join(map(str, parts)), "probability", frame)
    parts = tuple(found[name] for name in ("estimand", "source") if found[name] != "main")
    claim = store.claims().get(found["claim"])
    says = claim.says if claim else "a claim that is not in the ledger any more"
    return Measure(says, " ".join((found["claim"], *parts)), str(some["unit"][0] or ""), frame)


def _pandas(rows: pl.DataFrame) -> pd.DataFrame:
    """Without pyarrow, which polars' own conversion needs."""
    import pandas as pd

    frame = pd.DataFrame({name: rows[name].to_list() for name in rows.columns})
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
