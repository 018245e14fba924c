"""Known upstream errors, corrected or flagged at build; the snapshots stay as received."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.errors import DataError
from analysis.files import cell

_FIELDS = {
    "id",
    "table",
    "match",
    "column",
    "from",
    "to",
    "action",
    "reason",
    "evidence",
    "effective_from",
    "effective_until",
}


@dataclass(frozen=True)
class Correction:
    """One entry of ``corrections.yaml``.

    Rows of ``table`` whose cells equal ``match`` (and whose ``refers_to`` lies in the effective
    interval, ends included) get ``column`` changed from ``old`` to ``new``, or are dropped or
    flagged by ``action``. A recording error is corrected at every as-of date.
    """

    id: str
    table: str
    match: dict[str, str]
    reason: str
    evidence: str
    action: str = "replace"
    column: str = ""
    old: str = ""
    new: str = ""
    effective_from: str = "0000-01-01"
    effective_until: str = "9999-12-31"


@dataclass(frozen=True)
class Applied:
    """What a correction did: rows touched and the first day on which one of them was known."""

    correction: Correction
    rows: int
    known_from: str


def read(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file; DataError for entries that are not well formed."""
    if not path.is_file():
        return ()
    return _parse(path.read_text(encoding="utf-8"), path)


@cache
def _parse(text: str, path: Path) -> tuple[Correction, ...]:
    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise DataError(f"is not YAML: {error}", file=path) from error
    if not isinstance(entries, list):
        raise DataError("is not a list of corrections", file=path)
    found = tuple(_correction(entry, number, path) for number, entry in enumerate(entries, 1))
    names = [correction.id for correction in found]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"the id {name!r} is used twice", file=path)
    return found


def _correction(entry: Any, number: int, path: Path) -> Correction:
    def fail(problem: str) -> DataError:
        name = entry.get("id", number) if isinstance(entry, dict) else number
        return DataError(f"correction {name!r} {problem}", file=path)

    if not isinstance(entry, dict):
        raise fail("is not a mapping")
    if unknown := sorted(set(entry) - _FIELDS):
        raise fail(f"has unknown fields {unknown}")
    if missing := sorted({"id", "table", "match", "reason", "evidence"} - set(entry)):
        raise fail(f"lacks {missing}")
    action = entry.get("action", "replace")
    if action not in ("replace", "drop", "flag"):
        raise fail(f"has the unknown action {action!r}")
    if action == "replace" and not {"column", "from", "to"} <= set(entry):
        raise fail("needs column, from and to (or an action: drop, flag)")
    texts = {name: cell(entry[name]) for name in entry if name != "match"}
    match = {str(name): cell(value) for name, value in entry["match"].items()}
    renamed = {{"from": "old", "to": "new"}.get(name, name): text for name, text in texts.items()}
    return Correction(**renamed, match=match)


def apply(
    text: pd.DataFrame, table: str, corrections: tuple[Correction, ...], path: Path
) -> tuple[pd.DataFrame, list[Applied]]:
    """Correct the text cells of one table; returns them and what was done, in order."""
    done = []
    for correction in corrections:
        if correction.table != table:
            continue
        rows = _matching(text, correction, path)
        known = text.loc[rows, "known_from"]
        text = _change(text, rows, correction, path)
        done.append(Applied(correction, int(rows.sum()), min(known, default="")))
    return text, done


def _matching(text: pd.DataFrame, correction: Correction, path: Path) -> pd.Series[bool]:
    wanted = dict(correction.match)
    if correction.action == "replace":
        wanted[correction.column] = correction.old
    start, end = correction.effective_from, correction.effective_until
    rows = (text["refers_to"] >= start) & (text["refers_to"] <= end)
    for column, value in wanted.items():
        if column not in text.columns:
            problem = f"correction {correction.id!r} names a column that {correction.table} lacks"
            raise DataError(problem, file=path, column=column)
        rows &= text[column] == value
    return rows


def _change(
    text: pd.DataFrame, rows: pd.Series[bool], correction: Correction, path: Path
) -> pd.DataFrame:
    if correction.action == "drop":
        return text[~rows]
    changes = {correction.column: correction.new}
    if correction.action == "flag":
        changes = {"flag": correction.id, "flag_reason": correction.reason}
    text = text.copy()
    for column, value in changes.items():
        if column not in text.columns:
            problem = f"correction {correction.id!r} needs a column that {correction.table} lacks"
            raise DataError(problem, file=path, column=column)
        text.loc[rows, column] = value
    return text
