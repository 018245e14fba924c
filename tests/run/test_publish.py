from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_collection import Collection

from analysis.run import publish


def made(name: str, text: str = "") -> Path:
    """A finished set with one page."""
    with publish.building() as folder:
        (folder / "index.html").write_text(text or name)
        return publish.finish(folder, name)


def page(collection: Collection, link: str) -> str:
    return (collection.reports / link / "index.html").read_text()


def test_a_good_run_is_the_report_of_its_day_and_the_latest(collection: Collection) -> None:
    publish.publish(made("one"), date(2026, 1, 5))
    assert page(collection, "2026-01-05") == page(collection, "latest") == "one"
    publish.publish(made("two"), date(2026, 1, 5))
    assert page(collection, "2026-01-05") == page(collection, "latest") == "two"


def test_an_earlier_day_does_not_become_the_latest(collection: Collection) -> None:
    publish.publish(made("new"), date(2026, 1, 5))
    publish.publish(made("old"), date(2025, 1, 5))
    assert page(collection, "latest") == "new"
    assert page(collection, "2025-01-05") == "old"
    assert publish.days() == ["2025-01-05", "2026-01-05"]


def test_links_are_relative_so_that_the_folder_can_move(collection: Collection) -> None:
    publish.publish(made("one"), date(2026, 1, 5))
    publish.explore(made("two"), "abc")
    moved = collection.reports.rename(collection.root / "elsewhere")
    assert (moved / "latest" / "index.html").read_text() == "one"
    assert (moved / "explore" / "abc" / "index.html").read_text() == "two"


def test_a_failed_run_leaves_the_last_good_report(collection: Collection) -> None:
    publish.publish(made("good"), date(2026, 1, 5))
    publish.failed(made("bad"), date(2026, 1, 5))
    assert page(collection, "latest") == page(collection, "2026-01-05") == "good"
    assert page(collection, "failed/2026-01-05") == "bad"


def test_the_next_good_run_takes_the_failed_one_away(collection: Collection) -> None:
    publish.failed(made("bad"), date(2026, 1, 5))
    publish.publish(made("good"), date(2026, 1, 5))
    assert not os.path.lexists(collection.reports / "failed" / "2026-01-05")


def test_a_link_that_dangles_is_no_good_day(collection: Collection) -> None:
    (collection.reports / "2027-01-01").symlink_to(".sets/gone")
    publish.publish(made("one"), date(2026, 1, 5))
    assert page(collection, "latest") == "one"


def test_a_set_that_another_run_finished_first_stays(collection: Collection) -> None:
    first = made("same", "first")
    assert made("same", "second") == first
    assert (first / "index.html").read_text() == "first"
    assert [path.name for path in publish.sets().iterdir()] == ["same"]


def test_an_error_leaves_nothing_half_built(collection: Collection) -> None:
    with pytest.raises(RuntimeError), publish.building() as folder:
        (folder / "index.html").write_text("half")
        raise RuntimeError
    assert list(publish.sets().iterdir()) == []


def test_what_a_killed_run_left_is_swept_up(collection: Collection) -> None:
    (publish.sets() / ".building-left").mkdir(parents=True)
    with publish.building() as another:
        made("one")
        left = {path.name for path in publish.sets().iterdir()}
        assert left == {"one", another.name}


def test_sets_without_a_link_go_but_for_the_newest(collection: Collection) -> None:
    publish.publish(made("kept"), date(2026, 1, 5))
    for number in range(publish.KEEP + 3):
        os.utime(made(f"loose{number}"), (number, number))
    os.utime(publish.sets() / "kept", (0, 0))
    publish.prune()
    left = {path.name for path in publish.sets().iterdir()}
    assert left == {"kept", *(f"loose{number}" for number in range(3, publish.KEEP + 3))}


@pytest.mark.parametrize(
    ("place", "bound", "put"),
    [("explore", "EXPLORED", publish.explore), ("sweeps", "SWEPT", publish.sweep)],
)
def test_of_what_lies_aside_the_newest_stay(
    collection: Collection,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    bound: str,
    put: Callable[[Path, str], Path],
) -> None:
    monkeypatch.setattr(publish, bound, 2)
    for number, name in enumerate(("a", "b", "c", "a", "d")):
        link = put(made(f"{name}{number}"), name)
        os.utime(link, (number, number), follow_symlinks=False)
    assert sorted(path.name for path in link.parent.iterdir()) == ["a", "d"]
    publish.prune(0)
    assert sorted(path.name for path in publish.sets().iterdir()) == ["a3", "d4"]
    assert page(collection, f"{place}/a") == "a3"


def test_what_tells_that_nothing_changed_needs_no_tables() -> None:
    code = "import sys, analysis.run.schedule.scheduled; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
