"""``reckon plan`` says what a run would do, and the run then does it."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from small_collection import RECORD, TRAINING, Collection, contents

from analysis.cli import reckon
from analysis.errors import ParameterError
from analysis.run import preview, runner
from analysis.run.runner import Options

READS = "from analysis.claims import ledger\nprint(len(ledger.evidence()))"
LOADS = "from analysis import tables\nprint(len(tables.load('training_runs', as_of=as_of)))"


@pytest.fixture
def three(collection: Collection) -> Collection:
    collection.write("01_article_audit", RECORD)
    collection.write("02_training_cost", LOADS, parameters=TRAINING)
    collection.write("99_verdict", READS)
    return collection


def actions(**options: object) -> list[tuple[str, str]]:
    found = preview.steps(Options(**options))  # type: ignore[arg-type]
    return [(step.notebook, step.action) for step in found]


def test_fresh_collection_runs_and_the_last_waits(three: Collection) -> None:
    before = contents(three.root)
    found = preview.steps(Options())
    assert [step.action for step in found] == ["run", "run", "wait"]
    assert [step.why for step in found][:2] == ["never run", "never run"]
    assert found[1].tables == ("training_runs",)
    assert found[2].after == ("01_article_audit", "02_training_cost")
    assert contents(three.root) == before


def test_plan_agrees_with_the_run(three: Collection) -> None:
    runner.run(Options(), io.StringIO())
    assert {action for _, action in actions()} == {"reuse"}
    three.write("02_training_cost", LOADS, "1 + 1", parameters=TRAINING)
    assert actions() == [
        ("01_article_audit", "reuse"),
        ("02_training_cost", "run"),
        ("99_verdict", "wait"),
    ]
    told = io.StringIO()
    runner.run(Options(), told)
    # The notebook recorded nothing new, so what waited for it is reused.
    assert told.getvalue().count("unchanged, reused") == 2
    assert {action for _, action in actions()} == {"reuse"}
    assert {action for _, action in actions(force=True)} == {"run"}


def test_bad_input_is_the_same_error_as_in_a_run(three: Collection) -> None:
    with pytest.raises(ParameterError, match="did you mean 'top_k'"):
        preview.steps(Options(values={"top_kk": "5"}))


def test_command_in_lines_and_as_json(three: Collection) -> None:
    done = CliRunner().invoke(reckon, ["plan", "--inputs"])
    assert done.exit_code == 0, done.output
    assert "02_training_cost  run    never run" in done.stdout
    assert "from training_runs;" in done.stdout
    assert done.stdout.rstrip().endswith("2 to run, 1 to wait, 0 to reuse")
    found = json.loads(CliRunner().invoke(reckon, ["plan", "--json"]).stdout)
    assert [step["action"] for step in found] == ["run", "run", "wait"]
