"""Files that were damaged, and a clock that was set back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from faults.engine import Engine

from analysis import build, tables
from analysis.errors import DataError
from analysis.run.record import Clock, Recorder
from analysis.run.runset import RunSet


def flip(file: Path) -> None:
    """Another byte in the middle."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def other(file: Path) -> None:
    file.write_text("[]")


def test_damaged_cache_entries(engine: Engine) -> None:
    """Are executed again; neither the run nor its report notices otherwise."""
    engine.good()
    damages: list[Callable[[Path], None]] = [flip, cut, empty, other]
    entries = sorted((engine.reports / ".cache").glob("*/*"))
    for number, file in enumerate(entries):
        damages[number % len(damages)](file)
    for index in (engine.reports / ".cache").glob("*.json"):
        other(index)
    before = engine.served()
    status, _, said = engine.run()
    assert status == 0 and said.count("running") == 2, said
    assert engine.served() == before
    engine.heals()


def test_an_entry_that_is_no_folder(engine: Engine) -> None:
    status, out, _ = engine.run("--json", command="plan")
    keys = [step["key"] for step in json.loads(out)]
    for key in keys:
        entry = engine.reports / ".cache" / key
        for file in entry.glob("*"):
            file.unlink()
        if entry.is_dir():
            entry.rmdir()
        entry.write_text("")
    assert status == 0 and len(keys) == 2
    engine.heals()


@pytest.fixture
def snapshot(data_copy: Path) -> Path:
    """A snapshot that one small table is built from."""
    about = yaml.safe_load((data_copy / "tables" / "deflator.meta.yaml").read_text())
    return data_copy / about["sources"][0]["path"]


def test_a_damaged_snapshot(snapshot: Path, data_copy: Path) -> None:
    """Is named; the tables stay, so that runs go on."""
    before = (data_copy / "tables" / "deflator.csv").read_bytes()
    flip(snapshot)
    assert any(problem.startswith(f"{snapshot}: ") for problem in build.verify().problems)
    with pytest.raises(DataError, match=snapshot.name):
        build.build(["deflator"])
    assert (data_copy / "tables" / "deflator.csv").read_bytes() == before
    assert not tables.load("deflator").empty


def test_a_clock_that_was_set_back(engine: Engine) -> None:
    """What earlier runs wrote then lies in the future."""
    left = engine.reports / ".cache" / ".building-left"
    left.mkdir()
    ahead = time.time() + 10 * 365 * 86400
    for path in [*engine.root.rglob("*")]:
        if not path.is_symlink() and not path.is_relative_to(engine.root / "data" / "tables"):
            os.utime(path, (ahead, ahead))
    day = next(engine.reports.glob("????-??-??"))
    engine.heals()
    assert day.resolve() == engine.collection.link("latest")
    status, _, said = engine.run()
    assert (status, said) == (0, "2 notebooks unchanged\n")


def test_a_clock_that_is_set_back_during_a_run(tmp_path: Path) -> None:
    """The record still ends after it began."""
    begun = datetime.now(UTC) + timedelta(days=1)
    recorder = Recorder(1, False, Clock(begun))
    run = RunSet(tmp_path, begun.date(), [], [], [], "unknown")
    found = recorder.as_dict(run, kind="published", name="one", tables={})
    assert found["started"] <= found["finished"] and found["seconds"] >= 0
