from __future__ import annotations

from dataclasses import replace

import pytest
from small_collection import Collection

from analysis.run import cache, document, parameters, plan
from analysis.run.plan import Task


@pytest.fixture
def task(collection: Collection) -> Task:
    collection.write("01_article_audit", "1 + 1")
    return plan.task("01_article_audit", parameters.check("01_article_audit"))


def test_what_was_stored_is_found(task: Task) -> None:
    executed = document.clean(task.notebook)
    assert (cache.find(task), cache.why(task)) == (None, "never run")
    cache.store(task, executed)
    assert cache.find(task) == executed
    assert [path.name for path in cache.folder().glob(".*")] == []


@pytest.mark.parametrize("damage", ["", "{}", "not json"])
@pytest.mark.parametrize("file", ["executed.ipynb", "entry.json"])
def test_a_damaged_entry_counts_as_absent_and_heals(task: Task, file: str, damage: str) -> None:
    executed = document.clean(task.notebook)
    cache.store(task, executed)
    (cache.folder() / task.key / file).write_text(damage)
    assert cache.find(task) is None
    cache.store(task, executed)
    assert cache.find(task) == executed


def test_the_reason_is_what_differs_from_the_most_similar_execution(task: Task) -> None:
    executed = document.clean(task.notebook)
    for parts in ({"a": "1", "b": "1"}, {"a": "2", "b": "2"}):
        cache.store(replace(task, parts=parts), executed)
    assert cache.why(replace(task, parts={"a": "1", "b": "3"})) == "changed: b"
