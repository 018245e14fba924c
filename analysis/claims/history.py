"""Verdicts by date: what each day's data would have decided by the rules of today.

Every date before a rule was frozen is a hindcast; one that rests on rows dated back from a later
vintage is a pseudo-vintage. Neither scores a forecast.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.claims import store
from analysis.claims.digits import rounded_deep
from analysis.claims.judge import VERDICTS
from analysis.claims.lock import rule_hash
from analysis.claims.model import Claim
from analysis.errors import ClaimError

KEPT = ("id", "verdict", "estimate", "low", "high", "unit", "n", "grade", "agree_share")
PARTS = {"key", "pseudo_vintage", "verdicts", "forecasts"}
Entry = dict[str, Any]


def path() -> Path:
    """The committed file."""
    return paths.reports() / "history.json"


def entry(
    claims: Mapping[str, Claim],
    verdicts: Iterable[Mapping[str, Any]],
    forecasts: Iterable[Mapping[str, Any]],
    key: str,
) -> Entry:
    """One date: the rows of ``verdicts.table``, shortened, and the forecasts of that day.

    ``key`` stands for the code and data that it was computed from.
    """
    rows = [
        {name: row[name] for name in KEPT}
        | {"pseudo_vintage": row["pseudo_vintage"], "rule_hash": rule_hash(claims[row["id"]])}
        for row in verdicts
    ]
    pseudo = any(row["pseudo_vintage"] for row in rows)
    found = [dict(forecast) for forecast in forecasts]
    parts = {"key": key, "pseudo_vintage": pseudo, "verdicts": rows, "forecasts": found}
    return dict(rounded_deep(parts))


def read(file: Path | None = None) -> dict[str, Entry]:
    """Entries by ISO date, oldest first; empty where the history was never computed.

    Raises:
        ClaimError: when the file is not of that form.
    """
    file = file or path()
    if not file.exists():
        return {}
    found = store.read_json(file)
    if not isinstance(found, dict):
        raise ClaimError(f"{file}: expected one entry a date; call `reckon history` to rebuild it")
    for day, content in found.items():
        if not _is_day(day) or not isinstance(content, dict) or not content.keys() >= PARTS:
            raise ClaimError(f"{file}: entry {day!r} is not of the form of a history; rebuild it")
    return dict(sorted(found.items()))


def contents() -> list[Any]:
    """What a reader of the history sees of it; the keys say only what it was computed from."""
    return [[day, {k: v for k, v in e.items() if k != "key"}] for day, e in read().items()]


def write(entries: Mapping[str, Entry], file: Path | None = None) -> Path:
    """Writes the history, whole or not at all."""
    from analysis import files  # brings pandas, which reading does not need

    file = file or path()
    text = json.dumps(dict(sorted(entries.items())), indent=1, ensure_ascii=False, allow_nan=False)
    files.write_atomic(file, (text + "\n").encode())
    return file


def rows(entries: Mapping[str, Entry], claims: Mapping[str, Claim], until: date) -> list[Entry]:
    """One row a date and claim, with ``as_of``, up to ``until``.

    A claim whose rule was amended since is left out: its verdict is one by another rule.
    """
    hashes = {name: rule_hash(claim) for name, claim in claims.items()}
    return [
        {"as_of": day, **{k: v for k, v in row.items() if k != "rule_hash"}}
        for day, content in entries.items()
        if day <= until.isoformat()
        for row in content["verdicts"]
        if hashes.get(row["id"]) == row["rule_hash"]
    ]


def changes(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where a claim's verdict differs from that of the date before."""
    last: dict[str, Mapping[str, Any]] = {}
    moved = []
    for row in sorted(found, key=lambda row: row["as_of"]):
        before = last.get(row["id"])
        if before is not None and before["verdict"] != row["verdict"]:
            moved.append(
                {"as_of": row["as_of"], "id": row["id"], "was": before["verdict"],
                 "is": row["verdict"], "was_estimate": before["estimate"],
                 "is_estimate": row["estimate"]}
            )  # fmt: skip
        last[row["id"]] = row
    return moved


def as_lines(entries: Mapping[str, Entry], claims: Mapping[str, Claim]) -> list[str]:
    """For people: how many of each verdict at each date, then every change."""
    found = rows(entries, claims, date.max)
    lines = [f"{'as of':<12}" + "".join(f"{name:>15}" for name in VERDICTS)]
    for day, content in entries.items():
        count = Counter(row["verdict"] for row in found if row["as_of"] == day)
        mark = "  pseudo-vintage" if content["pseudo_vintage"] else ""
        lines.append(f"{day:<12}" + "".join(f"{count[name]:>15}" for name in VERDICTS) + mark)
    moved = [f"{m['as_of']}  {m['id']:<5} {m['was']} -> {m['is']}" for m in changes(found)]
    return [*lines, "", *moved]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
