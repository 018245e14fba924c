"""The ledger as notebooks use it: record evidence, forecast, read what a run recorded, judge."""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import paths
from analysis.claims import forecasting, store
from analysis.claims.forecasting import forecast
from analysis.claims.preview import preview
from analysis.claims.recording import MIME, record, session
from analysis.claims.store import claims, find

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MIME",
    "claims",
    "evidence",
    "find",
    "forecast",
    "forecasts",
    "history",
    "preview",
    "record",
    "session",
    "verdicts",
]


def evidence() -> list[dict[str, Any]]:
    """This run's evidence, else that of the committed summary.

    Inside a run ``RECKON_EVIDENCE`` names a folder of ``*.json`` files, each a list of records.
    Where there is none at all, the list is empty and the log says so.

    Raises:
        ClaimError: when a file is not a list of evidence.
    """
    folder = os.environ.get("RECKON_EVIDENCE")
    if folder:
        files = sorted(Path(folder).glob("*.json"))
        records = [record for file in files for record in store.read_records(file)]
        origin = folder
    else:
        summary = paths.reports() / "summary.json"
        records = store.summary_records(summary) if summary.exists() else []
        origin = str(summary)
    if not records:
        logging.getLogger(__name__).warning("no evidence in %s; run the notebooks first", origin)
    return [record.as_dict() for record in records]


def forecasts() -> list[dict[str, Any]]:
    """This run's forecasts, else those of the committed summary; as ``evidence()`` does.

    Inside a run they are in the folder ``forecasts`` of the one that ``RECKON_EVIDENCE`` names.

    Raises:
        ClaimError: when a file is not a list of forecasts.
    """
    folder = os.environ.get("RECKON_EVIDENCE")
    if folder:
        files = sorted((Path(folder) / "forecasts").glob("*.json"))
        return [made.as_dict() for file in files for made in forecasting.read(file)]
    summary = paths.reports() / "summary.json"
    return [made.as_dict() for made in forecasting.of_summary(summary)] if summary.exists() else []


def verdicts(as_of: date | None = None) -> pd.DataFrame:
    """The scoreboard over ``evidence()``: one row a claim, columns as in ``verdicts.table``."""
    import pandas as pd

    from analysis.claims.verdicts import table

    return pd.DataFrame(table(claims(), evidence(), as_of))


def history(as_of: date) -> pd.DataFrame:
    """Verdicts by date up to ``as_of``, from the committed history: one row a date and claim.

    Columns ``as_of``, ``id``, ``verdict``, ``estimate``, ``low``, ``high``, ``unit``, ``n``,
    ``grade``, ``agree_share``, ``pseudo_vintage``. Empty where ``reckon history`` never ran.
    """
    import pandas as pd

    from analysis.claims import history as past

    columns = ["as_of", *past.KEPT, "pseudo_vintage"]
    return pd.DataFrame(past.rows(past.read(), claims(), as_of), columns=columns)
