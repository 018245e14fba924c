"""Pages that are kept with results: the same as made anew, and made anew where they may differ."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from small_collection import FIGURE, RECORD, Collection, contents

from analysis.report.site import notebook_page
from analysis.run import bodies, runner
from analysis.run.runset import NotebookResult


@pytest.fixture
def done(collection: Collection) -> runner.Published:
    collection.write("01_article_audit", RECORD, FIGURE)
    return runner.run(runner.Options())


def kept(done: runner.Published) -> Path:
    (result,) = done.run.notebooks
    return result.path.parents[3] / ".cache" / result.key / "page.json"


def again(done: runner.Published, title: str = "") -> notebook_page.Body:
    (result,) = done.run.notebooks
    entry = kept(done).parent / "executed.ipynb"
    return bodies.body(
        NotebookResult(result.name, title or result.title, entry, "ok", key=result.key)
    )


def test_a_kept_page_is_the_page(done: runner.Published, collection: Collection) -> None:
    """Also when the set itself is lost and built again from the cache."""
    before = contents(done.link.resolve())
    assert kept(done).exists()
    shutil.rmtree(collection.reports / ".sets")
    after = runner.run(runner.Options())
    assert contents(after.link.resolve()) == before


def test_what_is_kept_is_used(done: runner.Published) -> None:
    known = json.loads(kept(done).read_text())
    known["body"]["content"] = "other"
    known["sha256"] = bodies._hash(known["body"])
    kept(done).write_text(json.dumps(known))
    assert again(done).content == "other"
    assert again(done, "Another title").content != "other"


@pytest.mark.parametrize("damage", ["", "{}", "[]", "cut"])
def test_a_damaged_page_is_made_again(done: runner.Published, damage: str) -> None:
    whole = kept(done).read_text()
    kept(done).write_text(whole.replace("Frames", "Flames")[:-40] if damage == "cut" else damage)
    again(done)
    assert kept(done).read_text() == whole
