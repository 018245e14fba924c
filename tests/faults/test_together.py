"""Two runs at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.engine import Engine, wait_for


def one_report(engine: Engine) -> str:
    """The set that both the day and ``latest`` show."""
    (day,) = engine.reports.glob("????-??-??")
    assert day.resolve() == engine.collection.link("latest")
    return engine.says(engine.served())


def test_two_runs_at_once(engine: Engine) -> None:
    with engine.start("run", "--force") as first, engine.start("run", "--force") as second:
        ended = [process.ended() for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), ended
    assert one_report(engine) == f"result {engine.value}"
    engine.heals()


@pytest.mark.faults
def test_a_result_that_another_run_stored_first(engine: Engine, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    stop = ("os.rename", r"\.cache/\.building-", "1", "wait", str(mark))
    with engine.start("run", stop=stop) as first:
        wait_for(mark.exists, lambda: "it stored nothing")
        engine.good()
        mark.unlink()
        said = first.ended()
    assert first.returncode == 0, said
    engine.heals()


@pytest.mark.faults
def test_runs_that_publish_at_once(engine: Engine, tmp_path: Path) -> None:
    """The second waits while the first is between the link of the day and ``latest``."""
    marks = tmp_path / "first", tmp_path / "second"
    between = ("os.rename", r"latest\.new", "1", "wait", str(marks[0]))
    again = ("open", r"publishing\.lock", "5", "go", str(marks[1]))  # a try opens it
    with engine.start("run", stop=between) as first:
        wait_for(marks[0].exists, lambda: "it did not publish")
        engine.edit()
        with engine.start("run", stop=again) as second:
            there = lambda: marks[1].exists() or second.poll() is not None  # noqa: E731
            wait_for(there, lambda: "it did not come to publish")
            assert second.poll() is None
            marks[0].unlink()
            ended = [process.ended() for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), ended
    assert one_report(engine) == f"result {engine.value}"
    engine.heals()
