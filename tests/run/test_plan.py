from __future__ import annotations

import pytest
from small_collection import RECORD, TRAINING, Collection, frames

from analysis import tables
from analysis.errors import DataError, ParameterError, UnknownNameError
from analysis.run import parameters, plan
from analysis.run.plan import Task

LOAD = "from analysis import tables\nruns = tables.load('training_runs', as_of=as_of)"


@pytest.fixture
def planned(collection: Collection):
    """Plans the small training notebook with some parameters."""
    collection.write("02_training_cost", LOAD, RECORD, parameters=TRAINING)

    def plan_it(**values: object) -> Task:
        return plan.task("02_training_cost", parameters.check("02_training_cost", **values))

    return plan_it


def test_the_plan_names_what_a_result_depends_on(planned) -> None:
    task = planned(as_of="2025-06-30")
    assert task.tables == ("training_runs",)
    assert task.parts["table training_runs"] == tables.fingerprint("training_runs", "2025-06-30")
    assert task.parts["parameter top_k"] == "10"
    assert {"cell 1", "cell 2", "cell 3", "claim c18", "Python", "locks/runtime.txt"} <= set(
        task.parts
    )
    assert "module analysis/tables.py" in task.parts
    assert "module analysis/sources/epoch_ai.py" in task.parts  # declares the table
    assert not any("cli.py" in name or "runner.py" in name for name in task.parts)


def test_the_same_plan_has_the_same_key(planned) -> None:
    assert planned().key == planned().key


def test_prose_is_no_reason_to_run_again(planned, collection: Collection) -> None:
    before = planned().key
    collection.write("02_training_cost", LOAD, RECORD, parameters=TRAINING, title="New words")
    assert planned().key == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda c: c.write("02_training_cost", LOAD, RECORD + " ", parameters=TRAINING), "cell 3"),
        (lambda c: c.ledger(frames(rule="60 by 30")), "claim c18"),
    ],
)
def test_a_change_gives_another_key_and_its_name(
    planned, collection: Collection, change, reason: str
) -> None:
    before = planned()
    change(collection)
    after = planned()
    assert after.key != before.key
    assert plan.why_stale(after.parts, before.parts) == f"changed: {reason}"


def test_parameters_and_the_day_are_part_of_the_key(planned) -> None:
    before = planned(as_of="2025-06-30")
    assert plan.why_stale(planned(as_of="2025-06-30", top_k=3).parts, before.parts) == (
        "changed: parameter top_k"
    )
    earlier = planned(as_of="2024-06-30")
    assert plan.why_stale(earlier.parts, before.parts) == (
        "changed: parameter as_of, table training_runs"
    )


def test_evidence_is_part_of_the_key(planned) -> None:
    one, two = (plan.with_evidence(planned(), [{"n": n}]) for n in (1, 2))
    assert plan.why_stale(two.parts, one.parts) == "changed: evidence"


def test_a_plan_holds_until_something_it_rests_on_is_edited(
    planned, collection: Collection
) -> None:
    task = plan.with_evidence(planned(), [])
    assert plan.still_holds(task)
    collection.ledger(frames(rule="60 by 30"))
    assert not plan.still_holds(task)
    collection.ledger(frames())
    (collection.notebooks / "02_training_cost.ipynb").unlink()
    assert not plan.still_holds(task)


def test_reasons_read_well() -> None:
    many = {f"cell {i}": "1" for i in range(6)}
    assert plan.why_stale({}, None) == "never run"
    assert plan.why_stale({"a": "1"}, {"a": "1"}) == "its cached result is gone"
    assert plan.why_stale({}, {"a": "1"}) == "changed: a (gone)"
    assert plan.why_stale(many, {}).endswith("cell 3 and 2 more")


def test_the_verdict_notebook_depends_on_all_claims(collection: Collection) -> None:
    collection.ledger(frames(), frames(id="c19"))
    collection.write("99_verdict", "1")
    parts = plan.task("99_verdict", parameters.check("99_verdict")).parts
    assert {"claim c18", "claim c19"} <= set(parts)


def test_a_parameters_cell_that_disagrees_with_its_model_is_refused(
    collection: Collection,
) -> None:
    collection.write("02_training_cost", parameters="as_of = 'latest'\ntopk = 3")
    with pytest.raises(ParameterError, match=r"disagree on: .*top_k, topk"):
        plan.task("02_training_cost", parameters.check("02_training_cost"))


@pytest.mark.usefixtures("collection")
def test_a_collection_without_notebooks_says_so() -> None:
    with pytest.raises(DataError, match="has no notebooks"):
        plan.select([])


def test_notebooks_are_selected_by_name_or_path(collection: Collection) -> None:
    for name in ("99_verdict", "01_article_audit"):
        collection.write(name)
    assert plan.select([]) == ["01_article_audit", "99_verdict"]
    assert plan.select(["notebooks/99_verdict.ipynb"]) == ["99_verdict"]
    with pytest.raises(UnknownNameError, match="did you mean '01_article_audit'"):
        plan.select(["01_article"])
