"""``reckon diff`` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from run.small_collection import RECORD, Collection
from run.small_reports import LISTS, UNSURE, claim, report

from analysis.cli import reckon


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path / "root"))
    monkeypatch.delenv("RECKON_EVIDENCE", raising=False)
    return Collection(tmp_path / "root")


def call(*arguments: str) -> Result:
    """A command; anything but an orderly end is an error of the test."""
    return CliRunner().invoke(reckon, arguments, catch_exceptions=False)


def two() -> None:
    report("a", claim("c01", "undecided", LISTS | UNSURE), as_of="2026-03-31")
    report("b", claim("c01", "contradicted", LISTS))


def test_it_tells_what_differs_and_writes_a_page(collection: Collection) -> None:
    two()
    done = call("diff", "2026-03-31", "latest")
    page = collection.reports / "diff" / "2026-03-31..2026-11-23" / "index.html"
    assert done.exit_code == 0 and "c01  undecided → contradicted" in done.stdout
    assert done.stdout.splitlines()[-1] == str(page)
    assert sorted(path.name for path in page.parent.iterdir()) == ["filter.js", "index.html"]


def test_the_page_goes_where_it_is_wanted(collection: Collection, tmp_path: Path) -> None:
    two()
    done = call("diff", "2026-03-31", "latest", "--html", str(tmp_path / "out"))
    assert done.stdout.splitlines()[-1] == str(tmp_path / "out" / "index.html")
    assert not (collection.reports / "diff").exists()


def test_as_json_it_has_the_page_too(collection: Collection) -> None:
    two()
    content = json.loads(call("diff", "latest", "2026-03-31", "--json").stdout)
    assert [one["now"] for one in content["verdicts"]] == ["undecided"]
    assert Path(content["page"]).is_file()


@pytest.mark.parametrize(("threshold", "moved"), [("0.1", 1), ("0.3", 0), ("0", 1)])
def test_estimates_are_told_past_the_threshold(
    collection: Collection, threshold: str, moved: int
) -> None:
    two()
    done = call("diff", "2026-03-31", "latest", "--threshold", threshold, "--json")
    assert len(json.loads(done.stdout)["estimates"]) == moved


def test_the_same_report_twice_differs_in_nothing(collection: Collection) -> None:
    two()
    done = call("diff", "latest", "2026-11-23")
    assert done.stdout == "2026-11-23 is compared with itself: nothing differs\n"
    content = json.loads(call("diff", "latest", "latest", "--json").stdout)
    assert content["page"] is None and content["verdicts"] == []
    assert not (collection.reports / "diff").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2026-03-30", "latest"), "did you mean '2026-03-31'? valid: latest, 2026-11-23"),
        (("latest", "nonsense"), "valid: latest, 2026-11-23, 2026-03-31, or the path"),
        (("latest", "data"), "there is none of that name or path"),
        (("latest", "2026-03-31", "--threshold", "-1"), "-1.0 is not in the range"),
    ],
)
def test_bad_input_is_one_message(
    collection: Collection, arguments: tuple[str, ...], message: str
) -> None:
    two()
    done = call("diff", *arguments)
    assert (done.exit_code, done.stdout) == (2, "") and message in done.stderr


def test_runs_of_the_runner_are_compared(collection: Collection) -> None:
    collection.write("01_article_audit", RECORD)
    assert call("run", "--jobs", "1").exit_code == 0
    first = collection.link("latest")
    assert call("run", "--jobs", "1", "--as-of", "2026-03-31").exit_code == 0
    collection.write("01_article_audit", RECORD.replace("* 30", "* 31"))
    assert call("run", "--jobs", "1").exit_code == 0
    shown = call("diff", str(first), "latest").stdout
    assert "c18  supported → contradicted: A minute" in shown
    told = " ".join(shown.split())
    assert "The estimate is now 1860 frames (n = 1), other than 1800; it was 1800 frames" in told
    assert "Cause: code" in told
    days = json.loads(call("diff", "2026-03-31", "latest", "--json").stdout)
    assert days["before"]["as_of"] == "2026-03-31" and len(days["verdicts"]) == 1
