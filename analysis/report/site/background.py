"""What the pages say beside the results of a run: the ledger, earlier dates, the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analysis import registry, tables
from analysis.claims import forecasting, history, outlook, predictions, store
from analysis.claims.model import Claim
from analysis.report.site import reopen
from analysis.run.runset import RunSet
from analysis.schemas import Column

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Extract:
    """The rows of a table known on a day, every cell as text, and what its columns mean."""

    rows: pd.DataFrame
    columns: tuple[Column, ...]


def extract(name: str, as_of: date) -> Extract:
    """A table of the collection."""
    return Extract(tables.text(name, as_of), tuple(registry.table(name).all_columns))


@dataclass(frozen=True)
class Background:
    """All that a site is made from but the run.

    ``claims`` is the ledger; ``past`` has rows of ``analysis.claims.history.rows``; ``outlook``
    has those of ``analysis.claims.outlook.rows``; ``provenance`` and ``extract`` tell of a table
    and a day where its rows come from, and what they are; ``arrivals`` when they became known;
    ``repository`` is the web address of the project's own, if it names one.
    """

    claims: Mapping[str, Claim] = field(default_factory=dict)
    past: Sequence[Row] = ()
    outlook: Sequence[Row] = ()
    provenance: Callable[[str, date], Row] = tables.provenance
    extract: Callable[[str, date], Extract] = extract
    arrivals: Callable[[str, date], Mapping[str, int]] = tables.arrivals
    repository: str = ""


def of(run: RunSet) -> Background:
    """The background of a run, from the files of the collection."""
    claims = store.claims()
    return Background(
        claims=claims,
        past=history.rows(history.read(), claims, run.as_of),
        outlook=_outlook(run),
        repository=reopen.repository(),
    )


def _outlook(run: RunSet) -> list[dict[str, Any]]:
    if not predictions.declared():
        return []
    made = [forecasting.parse(one) for one in run.forecasts]
    return outlook.rows(made, run.as_of, outlook.past())
