"""Columns that all functions on listed prices share."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.errors import InputError

INPUT, OUTPUT = "input_usd_per_million_tokens", "output_usd_per_million_tokens"
LISTING = ["list", "listing"]


def require(argument: str, frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """InputError for the first column that is missing."""
    for column in columns:
        if column not in frame.columns:
            raise InputError(argument, f"needs the column {column!r}")


def listed(events: pd.DataFrame) -> pd.DataFrame:
    """Events with ``date`` and ``list``; a table without lists is one list, its host's."""
    require("events", events, ["listing", "host", "model", "event", "refers_to", INPUT, OUTPUT])
    require("events", events, ["flag"])
    frame = events.assign(date=events["refers_to"])
    if "list" not in frame.columns:
        frame["list"] = frame["host"]
    return frame


def prices(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[INPUT, OUTPUT]]
