"""Whole runs of small collections, with real kernels."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from small_collection import FIGURE, RECORD, TRAINING, Collection, contents

from analysis import tables
from analysis.errors import ParameterError, UnknownNameError
from analysis.run import cache, record, results, runner
from analysis.run.handover import Limits
from analysis.run.plan import Task
from analysis.run.runner import Options, Published

COUNT = """\
from analysis.claims import ledger
print(len(ledger.evidence()), "pieces of evidence")"""
LOAD = "from analysis import tables\nprint(len(tables.load('training_runs', as_of=as_of)))"
BROKEN = "value = 1\nvalue / 0"


def run(**options: object) -> tuple[Published, str]:
    stream = io.StringIO()
    limits = Limits(jobs=2, cell_timeout=60, timeout=120)
    return runner.run(Options(limits=limits, **options), stream), stream.getvalue()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory):
    """One collection that these tests change step by step, in the order of the file."""
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("collection") / "root"
        patch.setenv("RECKON_ROOT", str(root))
        patch.delenv("RECKON_EVIDENCE", raising=False)
        made = Collection(root)
        made.write("01_article_audit", RECORD, FIGURE, title="What adds up?")
        made.write("99_verdict", COUNT)
        yield made


@pytest.fixture(scope="module")
def first(collection: Collection) -> tuple[Published, str]:
    return run()


def test_a_full_run_is_published(first: tuple[Published, str], collection: Collection) -> None:
    done, told = first
    newest = tables.default_as_of().isoformat()
    assert (done.kind, done.page) == ("published", collection.reports / "latest" / "index.html")
    assert collection.link(newest) == collection.link("latest") == done.link.resolve()
    assert "01_article_audit  running (never run)" in told
    pages = set(contents(collection.link("latest")))
    assert {"index.html", "01_article_audit.html", "99_verdict.html", "evidence.json"} <= pages


def test_evidence_is_collected_and_judged(first: tuple[Published, str]) -> None:
    (found,) = first[0].run.evidence
    assert (found["notebook"], found["cell"], found["estimate"]) == (
        "01_article_audit",
        "code-1",
        1800,
    )
    assert [row["verdict"] for row in first[0].run.verdicts] == ["supported"]


def test_the_last_notebook_reads_the_evidence_of_this_run(
    first: tuple[Published, str], collection: Collection
) -> None:
    text = (collection.link("latest") / "notebooks" / "99_verdict.ipynb").read_text()
    assert "1 pieces of evidence" in text


def test_figures_reach_the_page(first: tuple[Published, str], collection: Collection) -> None:
    executed = json.loads(
        (collection.link("latest") / "notebooks" / "01_article_audit.ipynb").read_text()
    )
    assert "image/png" in executed["cells"][-1]["outputs"][-1]["data"]
    assert "<img" in (collection.link("latest") / "01_article_audit.html").read_text()


def test_the_record_keeps_to_its_schema(
    first: tuple[Published, str], collection: Collection
) -> None:
    found = collection.record()
    jsonschema.validate(found, json.loads(record.SCHEMA.read_text()))
    assert (found["status"], found["kind"]) == ("ok", "published")
    assert [entry["executed"] for entry in found["notebooks"]] == [True, True]
    assert found["notebooks"][0]["seconds"] > 0


def test_running_again_reuses_everything(
    first: tuple[Published, str], collection: Collection
) -> None:
    before = contents(collection.link("latest"))
    done, told = run()
    assert told.count("unchanged, reused") == 2 and "running" not in told
    assert contents(done.link.resolve()) == before
    assert [entry["stale"] for entry in collection.record()["notebooks"]] == [None, None]


def test_a_second_full_run_gives_the_same_bytes(
    first: tuple[Published, str], collection: Collection
) -> None:
    before, name = contents(collection.link("latest")), collection.link("latest").name
    shutil.rmtree(collection.reports)
    collection.reports.mkdir()
    done, told = run(force=True)
    assert told.count("running (forced)") == 2
    assert contents(done.link.resolve()) == before
    assert done.link.resolve().name == name


def test_prose_is_published_without_running(
    first: tuple[Published, str], collection: Collection
) -> None:
    collection.write("01_article_audit", RECORD, FIGURE, title="What really adds up?")
    told = run()[1]
    assert told.count("unchanged, reused") == 2
    assert "What really adds up?" in (collection.link("latest") / "index.html").read_text()


def test_a_failed_notebook_stops_neither_the_others_nor_the_last_good_report(
    first: tuple[Published, str], collection: Collection
) -> None:
    good, before = collection.link("latest"), contents(collection.link("latest"))
    collection.write("01_article_audit", RECORD, BROKEN)
    done, told = run()
    assert done.kind == "failed"
    assert [(result.name, result.status) for result in done.run.notebooks] == [
        ("01_article_audit", "failed"),
        ("99_verdict", "ok"),
    ]
    assert "cell 5: ZeroDivisionError: division by zero" in told
    assert "01_article_audit failed: cell 5" in done.problems
    assert "reports/latest is as it was" in done.problems
    assert collection.link("latest") == good and contents(good) == before
    page = (done.link / "01_article_audit.html").read_text()
    assert "ZeroDivisionError" in page and 'id="code-2"' in page
    assert done.run.evidence == []  # nothing of a notebook that failed counts


def test_the_next_run_heals(first: tuple[Published, str], collection: Collection) -> None:
    collection.write("01_article_audit", RECORD, FIGURE, title="What really adds up?")
    done, told = run()
    assert done.kind == "published" and told.count("unchanged, reused") == 2
    assert not (collection.reports / "failed" / done.run.as_of.isoformat()).exists()


def test_a_part_with_other_parameters_is_put_aside(
    first: tuple[Published, str], collection: Collection
) -> None:
    collection.write("02_training_cost", LOAD, parameters=TRAINING)
    latest = collection.link("latest")
    done, _ = run(notebooks=["02_training_cost"], values={"top_k": "5"}, as_of="2024-06-30")
    assert (done.kind, done.link.parent) == ("explore", collection.reports / "explore")
    assert collection.link("latest") == latest
    executed = json.loads((done.link / "notebooks" / "02_training_cost.ipynb").read_text())
    injected = executed["cells"][2]
    assert injected["metadata"]["tags"] == ["injected-parameters"]
    assert 'as_of = "2024-06-30"' in injected["source"] and "top_k = 5" in injected["source"]
    known = len(tables.load("training_runs", "2024-06-30"))
    assert executed["cells"][-1]["outputs"][0]["text"] == f"{known}\n"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"values": {"top_kk": "5"}}, ParameterError, "did you mean 'top_k'"),
        ({"values": {"top_k": "0"}}, ParameterError, "top_k"),
        ({"values": {"as_of": "2025-01-01"}, "as_of": "2025-01-01"}, ParameterError, "twice"),
        ({"notebooks": ["02_training"]}, UnknownNameError, "did you mean '02_training_cost'"),
        ({"as_of": "2999-01-01"}, ParameterError, "the newest date is"),
    ],
)
def test_bad_input_changes_nothing(
    collection: Collection, options: dict[str, object], error: type[Exception], message: str
) -> None:
    collection.write("02_training_cost", LOAD, parameters=TRAINING)
    before = contents(collection.reports, leave_out=())
    with pytest.raises(error, match=message):
        run(**options)
    assert contents(collection.reports, leave_out=()) == before


def test_evidence_that_the_ledger_refuses_fails_its_notebook(
    first: tuple[Published, str], collection: Collection
) -> None:
    forged = (
        "from IPython.display import display\n"
        "display({'application/vnd.reckon.evidence+json': {'claim': 'c18'}}, raw=True)"
    )
    collection.write("04_forged", forged)
    done, _ = run(notebooks=["04_forged"])
    (error,) = [result.error for result in done.run.failed]
    assert error is not None and (error["ename"], error["cell"]) == ("EvidenceError", 3)
    assert "rule_hash" in error["evalue"]


def test_the_code_commit_is_unknown_outside_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    assert (record.code_commit(), record.code_changed()) == ("unknown", None)


def test_what_may_take_longest_is_begun_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))

    def task(name: str, key: str, modules: int) -> Task:
        parts = {f"module analysis/m{number}.py": "" for number in range(modules)}
        return Task(name, name, {}, {}, (), parts | {"cell 1": key})

    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    quick, slow = task("01_a", "a", 9), task("02_b", "b", 1)
    cache.store(quick, notebook, seconds=1)
    cache.store(slow, notebook, seconds=20)
    small, large = task("03_c", "c", 2), task("04_d", "d", 30)
    order = sorted([quick, small, slow, large], key=results.length, reverse=True)
    assert [one.name for one in order] == ["04_d", "03_c", "02_b", "01_a"]
