"""The numbers of a run for programs: JSON with a schema each, and citations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis import claims
from analysis.report.site import citation, pages
from analysis.report.site.background import Background
from analysis.run.runset import RunSet

SCHEMAS = Path(claims.__file__).parent / "schemas"
LISTED = ("evidence", "forecast")  # schemas of one record, where the site has a list of them


def build(run: RunSet, background: Background) -> None:
    """Writes the JSON files, their schemas in ``schemas/`` and two citations."""
    contents = {
        "claims": run.verdicts,
        "evidence": run.evidence,
        "forecasts": run.forecasts,
        "predictions": list(background.outlook),
    }
    (run.folder / "schemas").mkdir()
    for name, content in contents.items():
        pages.write(run.folder / f"{name}.json", _json(content))
        pages.write(run.folder / "schemas" / f"{name}.schema.json", _json(schema(name)))
    pages.write(run.folder / "citation.bib", citation.bibtex(run.as_of, run.code_commit))
    pages.write(run.folder / "citation.cff", citation.cff(run.as_of, run.code_commit))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of ``<name>.json``."""
    record = name.removesuffix("s") if name == "forecasts" else name
    text = (SCHEMAS / f"{record}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    if record not in LISTED:
        return found
    return {
        "$schema": found.pop("$schema"),
        "$id": f"{name}.schema.json",
        "title": f"{name.capitalize()} of a run",
        "type": "array",
        "items": {key: value for key, value in found.items() if key != "$id"},
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
