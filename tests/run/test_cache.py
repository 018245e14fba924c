from __future__ import annotations

import os
from dataclasses import replace

import pytest
from click.testing import CliRunner
from small_collection import Collection

from analysis.cli import reckon
from analysis.run import cache, document, parameters, plan, scratch
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


def used(task: Task, key: str, day: int) -> Task:
    """An entry of its own that was used on that day."""
    one = replace(task, parts={"key": key})
    cache.store(one, document.clean(task.notebook))
    os.utime(cache.folder() / one.key, (day * 86400, day * 86400))
    return one


def test_pruning_removes_what_was_not_used_for_longest(task: Task) -> None:
    old, newer, newest = (used(task, key, day) for key, day in (("a", 1), ("b", 2), ("c", 3)))
    size = sum(file.stat().st_size for file in (cache.folder() / old.key).iterdir())
    assert cache.find(old) is not None  # a use today
    done = cache.prune(2 * size + size // 2)
    assert (done.removed, done.kept) == (1, 2) and done.bytes <= 2 * size + size // 2
    assert cache.find(newer) is None
    assert cache.find(old) is not None and cache.find(newest) is not None
    assert cache.prune(0).kept == 0


def test_pruning_leaves_what_is_being_written(task: Task) -> None:
    cache.store(task, document.clean(task.notebook))
    (cache.folder() / ".building-left").mkdir()
    with scratch.folder(cache.folder(), ".building-") as another:
        cache.prune(0)
        assert list(cache.folder().glob(".building-*")) == [another]


def test_pruning_removes_what_a_killed_writer_left(task: Task) -> None:
    cache.store(task, document.clean(task.notebook))
    left, new = (cache.folder() / f".recent-gone.json.{name}" for name in ("abcdefgh", "12345678"))
    left.touch()
    new.touch()  # it may be another writer's
    os.utime(left, (0, 0))
    assert cache.prune().kept == 1
    assert new.exists() and not left.exists()


def test_the_command_prunes(task: Task) -> None:
    cache.store(task, document.clean(task.notebook))
    done = CliRunner().invoke(reckon, ["cache", "prune", "--max-megabytes", "0"])
    assert done.exit_code == 0 and done.stdout.startswith("1 results removed, 0 kept")
