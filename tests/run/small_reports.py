"""Report sets of three claims on disk, without running a notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.run import publish

LISTS = {
    "source": "price_lists", "direction": "contradicted", "clause": "", "estimate": 0.7,
    "low": 0.6, "high": 0.8, "level": 0.95, "unit": "factor per year", "n": 120, "p_value": None,
    "agree_share": 0.9, "specifications": 20, "grade": "A", "method": "regression", "reason": "",
    "pseudo_vintage": False, "notebook": "03_price", "cell": "record",
}  # fmt: skip
UNSURE = {"direction": None, "estimate": 0.9, "low": 0.7, "high": 1.2}
TABLE = "acquisitions"
HEADER = "target,acquirer,period,value_usd,known_from"


def claim(name: str, verdict: str, *sources: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A row of ``claims.json``; its numbers are those of the first source."""
    head = sources[0] if sources else dict.fromkeys(LISTS)
    estimand = {
        "id": "main", "means": "", "supported_if": "low > 1", "contradicted_if": "high < 1",
        "outcome": verdict, "sources": list(sources),
    }  # fmt: skip
    numbers = ("estimate", "low", "high", "level", "n", "notebook", "cell", "grade", "agree_share")
    return {
        "id": name, "section": "Lead", "place": "", "kind": "trend", "says": f"Prices of {name}",
        "quantity": "growth of price", "verdict": verdict, "unit": "factor per year", "rule": "r",
        "decision": "interval", "frozen_on": "2026-11-01", "knew": "nothing", "amendments": [],
        "family": None, "q": None, "pseudo_vintage": False, "reason": "As it is.", "note": "",
        "would_change": "", "as_of": None, "estimands": [estimand] if sources else [],
        **{key: head[key] for key in numbers},
    } | changed  # fmt: skip


def report(
    name: str,
    *claims: dict[str, Any],
    as_of: str = "2026-11-23",
    kind: str = "published",
    notebooks: dict[str, dict[str, Any]] | None = None,
    rows: list[str] | None = None,
    commit: str = "1111",
) -> Path:
    """A set with that name, linked as a report of its day or as an exploration."""
    made = {"03_price": {}, "02_cost": {}} if notebooks is None else notebooks
    folder = publish.sets() / f"{name:0>20}"
    (folder / "data").mkdir(parents=True)
    (folder / "claims").mkdir()
    tables = {} if rows is None else {TABLE: f"{as_of} {rows}"}
    record = {
        "as_of": as_of, "set": folder.name, "kind": kind, "tables": tables,
        "code": {"commit": commit, "changed": False},
        "notebooks": [
            {"name": one, "status": "ok", "parameters": {"as_of": as_of, **given},
             "inputs": {"code": "c", "rules": "r", "environment": "e", "tables": list(tables)}}
            for one, given in made.items()
        ],
    }  # fmt: skip
    for file, content in (("run", record), ("claims", list(claims)), ("evidence", [])):
        (folder / f"{file}.json").write_text(json.dumps(content), encoding="utf-8")
    if rows is not None:
        text = "\n".join([HEADER, *rows, ""])
        (folder / "data" / f"{TABLE}.csv").write_text(text, encoding="utf-8")
    paths.reports().mkdir(exist_ok=True)
    link = as_of if kind == "published" else f"explore/{name}"
    publish.swap(link, folder)
    if kind == "published":
        publish.swap("latest", (paths.reports() / max(publish.days())).resolve())
    return paths.reports() / link
