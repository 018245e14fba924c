"""What a site holds for programs."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import sample_run
import yaml

from analysis import paths
from analysis.claims import outlook, store, summary, verdicts
from analysis.report.site import citation, machine
from analysis.run.runset import RunSet

NAMES = ("claims", "evidence", "forecasts", "predictions")


def _read(sample: RunSet, name: str) -> Any:
    return json.loads((sample.folder / name).read_text(encoding="utf-8"))


def test_numbers_are_there_as_data(sample: RunSet) -> None:
    assert _read(sample, "claims.json") == sample.verdicts
    assert _read(sample, "evidence.json") == sample.evidence
    assert _read(sample, "predictions.json") == sample_run.background().outlook


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_of_a_set_are_whole(sample: RunSet, name: str) -> None:
    schema = _read(sample, f"schemas/{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["type"] == "array" and schema["$id"] == f"{name}.schema.json"
    assert [*jsonschema.Draft202012Validator(schema).iter_errors([{"no": "field"}])]


def test_the_collection_keeps_to_the_schemas() -> None:
    committed = summary.read()
    found = {
        "claims": verdicts.table(store.claims(), committed["evidence"]),
        "evidence": committed["evidence"],
        "predictions": outlook.rows([], sample_run.AS_OF),
    }
    for name, rows in found.items():
        jsonschema.Draft202012Validator(machine.schema(name)).validate(rows)
        assert rows


def test_citations_name_the_day_and_the_code(sample: RunSet) -> None:
    bib = (sample.folder / "citation.bib").read_text(encoding="utf-8")
    assert bib.startswith("@misc{compute_reckoning_2026-11-23,") and bib.count("{") == bib.count(
        "}"
    )
    assert "Data as of 2026-11-23, code 0123abc" in bib
    cff = yaml.safe_load((sample.folder / "citation.cff").read_text(encoding="utf-8"))
    assert cff["date-released"] == "2026-11-23" and cff["commit"] == "0123abc"


def test_citations_agree_with_that_of_the_repository() -> None:
    own = yaml.safe_load((paths.root() / "CITATION.cff").read_text(encoding="utf-8"))
    assert own["title"] == citation.TITLE and own["license"] == citation.LICENCE
    assert [author["name"] for author in own["authors"]] == [citation.AUTHOR]
