"""Pages that are kept with results: the same as made anew, and made anew where they may differ."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from small_collection import FIGURE, RECORD, Collection, contents

from analysis import paths
from analysis.report.site import notebook_page
from analysis.report.site.background import Background
from analysis.report.site.parts import Parts
from analysis.run import kept_parts, runner
from analysis.run.environment import digest_of
from analysis.run.kept_parts import KeptParts
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
    return kept_parts.KeptParts().body(
        NotebookResult(result.name, title or result.title, entry, "ok", key=result.key)
    )


def test_a_kept_page_is_the_page(done: runner.Published, collection: Collection) -> None:
    """Also when the set itself is lost and built again from the cache."""
    before = contents(done.link.resolve())
    assert kept(done).exists()
    shutil.rmtree(collection.reports / ".sets")
    after = runner.run(runner.Options())
    assert contents(after.link.resolve()) == before


def test_a_result_from_the_cache_has_the_same_bytes(collection: Collection) -> None:
    """Also where the notebook says of its language what every notebook of the collection says."""
    path = collection.write("01_article_audit", RECORD, FIGURE)
    notebook = json.loads(path.read_text())
    notebook["metadata"] = {"language_info": {"name": "python"}}
    path.write_text(json.dumps(notebook))
    first = runner.run(runner.Options())
    fresh = contents(first.link.resolve())
    at = kept(first).stat().st_mtime_ns
    shutil.rmtree(collection.reports / ".sets")
    again = runner.run(runner.Options())
    assert contents(again.link.resolve()) == fresh
    assert kept(again).stat().st_mtime_ns == at  # its page was not made anew


def test_what_is_kept_is_used(done: runner.Published) -> None:
    known = json.loads(kept(done).read_text())
    known["body"]["content"] = "other"
    known["sha256"] = digest_of(known["body"])
    kept(done).write_text(json.dumps(known))
    assert again(done).content == "other"
    assert again(done, "Another title").content != "other"


@pytest.mark.parametrize("damage", ["", "{}", "[]", "cut"])
def test_a_damaged_page_is_made_again(done: runner.Published, damage: str) -> None:
    whole = kept(done).read_text()
    kept(done).write_text(whole.replace("Frames", "Flames")[:-40] if damage == "cut" else damage)
    again(done)
    assert kept(done).read_text() == whole


@pytest.fixture
def tables_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a root that has the data of the collection."""
    (tmp_path / "data").symlink_to(paths.data())
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    return tmp_path / "reports" / ".cache"


def test_a_kept_table_is_what_would_be_made(tables_in: Path) -> None:
    day, parts = date(2025, 6, 30), KeptParts()
    first = parts.table(Background(), "training_costs", day)
    (entry,) = tables_in.glob("table-*")
    assert parts.table(Background(), "training_costs", day) == first
    assert first == Parts().table(Background(), "training_costs", day)
    assert parts.table(Background(), "training_costs", date(2026, 6, 30)).csv != first.csv
    assert len(list(tables_in.glob("table-*"))) == 2 and entry.exists()


@pytest.mark.parametrize("file", ["rows.csv", "rows.parquet", "about.json", "entry.json"])
def test_a_damaged_table_is_made_again(tables_in: Path, file: str) -> None:
    day, parts = date(2025, 6, 30), KeptParts()
    first = parts.table(Background(), "cpi", day)
    (entry,) = tables_in.glob("table-*")
    whole = (entry / file).read_bytes()
    (entry / file).write_bytes(whole[:-9])
    assert parts.table(Background(), "cpi", day) == first
    assert (entry / file).read_bytes() == whole


def test_a_figure_is_kept_by_its_numbers(tables_in: Path) -> None:
    rows = json.loads(
        (paths.root() / "data").resolve().parent.joinpath("reports/summary.json").read_text()
    )
    drawn = KeptParts().figure(rows["verdicts"])
    (entry,) = tables_in.glob("figure-*")
    assert drawn == KeptParts().figure(rows["verdicts"]) == Parts().figure(rows["verdicts"])
    for row in rows["verdicts"]:
        for estimand in row["estimands"]:
            for source in estimand["sources"]:
                source["high"] = source["high"] and source["high"] * 2
    assert KeptParts().figure(rows["verdicts"]) != drawn and entry.exists()
