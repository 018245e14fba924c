"""Forecasts on their way from a cell to the set, the last notebook and the committed summary."""

from __future__ import annotations

import json

import pytest
from claims.small_predictions import purchase, write
from small_collection import RECORD, Collection

from analysis.claims import schemas, summary
from analysis.claims.forecasting import MIME
from analysis.run import committed, evidence, runner
from analysis.run.handover import Limits
from analysis.run.runner import Options, Published

NINE = """\
as_of = "latest"
closing_months = 1.0
prior = "jeffreys"
level = 0.95"""
FORECAST = """\
from analysis.claims import ledger
ledger.forecast("p1", rule="strict", window_end="2028-04-30", probability=0.4, interval=(0.1, 0.8),
                n=1, as_of="2026-11-23", reference_class="Purchases since 2023")"""
READ = """\
from analysis.claims import ledger
[one["probability"] for one in ledger.forecasts()], len(ledger.evidence())"""


def run() -> Published:
    return runner.run(Options(limits=Limits(jobs=2, cell_timeout=60, timeout=120)))


def test_a_forecast_reaches_the_set_the_last_notebook_and_the_summary(
    collection: Collection,
) -> None:
    write(collection.root, purchase())
    collection.write("01_article_audit", RECORD)
    collection.write("09_consolidation", FORECAST, parameters=NINE)
    collection.write("99_verdict", READ)
    done = run()
    assert done.kind == "published"
    (made,) = json.loads((done.link / "forecasts.json").read_text())
    assert (made["probability"], made["notebook"], made["cell"]) == (
        0.4,
        "09_consolidation",
        "code-1",
    )
    assert [len(result.evidence) for result in done.run.notebooks] == [1, 0, 0]
    page = (done.link / "99_verdict.html").read_text()
    assert "([0.4], 1)" in page
    assert "40 % (95 % interval" in (done.link / "09_consolidation.html").read_text()
    fresh = committed.fresh()
    schemas.check("summary", fresh)
    assert fresh["forecasts"] == [made]
    (collection.reports / "summary.json").write_text(json.dumps(fresh | {"forecasts": []}))
    assert committed.differences() == ["forecast p1 strict by 2028-04-30: new"]
    summary.write(fresh)
    assert committed.differences() == []


def test_a_rule_that_changed_makes_the_forecasting_notebook_stale(collection: Collection) -> None:
    write(collection.root, purchase())
    collection.write("01_article_audit", RECORD)
    collection.write("09_consolidation", FORECAST, parameters=NINE)
    first = {task.name: task for task in runner.plan_all(Options())[0]}
    write(collection.root, purchase(annulled="When in doubt"))
    later = {task.name: task for task in runner.plan_all(Options())[0]}
    assert first["01_article_audit"].key == later["01_article_audit"].key
    assert first["09_consolidation"].key != later["09_consolidation"].key


def test_a_forecast_of_another_form_is_refused() -> None:
    output = {"data": {MIME: {"prediction": "p1", "rule": "strict"}}}
    executed = {"cells": [{"id": "a", "outputs": []}, {"id": "b", "outputs": [output]}]}
    with pytest.raises(evidence.EvidenceError, match="forecast of prediction p1") as raised:
        evidence.forecasts("09_consolidation", executed)
    assert raised.value.cell == 1
    assert evidence.collect("09_consolidation", executed) == []
