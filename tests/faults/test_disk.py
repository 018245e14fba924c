"""Disks that are full, that may not be written, that stop between two steps."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults.disk import Disk, mounted
from faults.engine import Engine
from run.small_collection import contents

from analysis.files import write_atomic


def served(disk: Disk, place: Path) -> dict[str, bytes]:
    """The last good report on the disk."""
    shutil.rmtree(place, ignore_errors=True)
    return contents((disk.copy(place) / "latest").resolve())


@pytest.mark.parametrize("free", [0, pytest.param(60_000, marks=pytest.mark.faults)])
def test_a_full_disk(engine: Engine, tmp_path: Path, free: int) -> None:
    with mounted(engine.reports) as disk:
        engine.value -= 1
        engine.edit()
        status, _, said = engine.run(before=disk.enter)
        assert status == 0, said
        before = served(disk, tmp_path / "copy")
        expected = engine.edit()
        disk.fill(free)
        status, _, said = engine.run(before=disk.enter)
        assert status == 1 and "No space left on device" in said and "Traceback" not in said
        engine.nobody_is_left()
        assert served(disk, tmp_path / "copy") == before
        disk.do('rm "$1/filler"')
        status, _, said = engine.run(before=disk.enter)
        assert status == 0, said
        assert engine.says(served(disk, tmp_path / "copy")) == expected
        half = [path.name for path in (tmp_path / "copy").rglob(".building-*")]
        assert (half, list(engine.temporary.iterdir())) == ([], [])


@pytest.mark.faults
def test_no_room_for_temporary_files(engine: Engine) -> None:
    """They go elsewhere, which Python sees to."""
    with mounted(engine.temporary) as disk:
        disk.fill(0)
        status, _, said = engine.run(before=disk.enter)
    assert status == 0, said
    assert engine.says(engine.served()) == f"result {engine.value}"
    engine.heals()


def test_files_that_may_not_grow(engine: Engine) -> None:
    """As a quota does; needs no file system of its own."""
    before = engine.served()
    status, _, said = engine.run(before=["prlimit", "--fsize=8000", "--"])
    assert status == 1 and "File too large" in said and "Traceback" not in said
    assert engine.served() == before
    engine.heals()


def test_a_disk_that_may_not_be_written(engine: Engine) -> None:
    """Is noticed before a notebook runs."""
    with mounted(engine.reports) as disk:
        engine.run(before=disk.enter)
        expected = engine.edit()
        disk.do('mount -o remount,ro "$1"')
        status, _, said = engine.run(before=disk.enter)
        assert status == 1 and "Read-only file system" in said
        assert "running" not in said and "Traceback" not in said
        disk.do('mount -o remount,rw "$1"')
        assert engine.run(before=disk.enter)[0] == 0
        assert engine.says(served(disk, engine.root / "copy")) == expected


@pytest.mark.faults
def test_the_power_goes_before_each_rename(engine: Engine, tmp_path: Path) -> None:
    """Whichever was the last that happened, a whole report is served and the next run goes on."""
    old, new, mark = f"result {engine.value - 1}", f"result {engine.value}", tmp_path / "mark"
    below = rf"{re.escape(str(engine.reports))}/.* {re.escape(str(engine.reports))}/"
    seen = []
    for number in itertools.count(1):
        with engine.start(
            "run", "--force", stop=("os.rename", below, str(number), "die", str(mark))
        ) as run:
            run.ended()
        seen.append(engine.says(engine.served()))
        engine.nobody_is_left()
        if run.returncode == 0:
            break
        assert run.returncode == -9
    assert seen[0] == old and seen[-1] == new and seen == sorted(seen)
    assert len(seen) > 6
    engine.edit()  # a run with nothing to do clears nothing up
    engine.heals()


WRITER = """\
from pathlib import Path
import sys
sys.path.insert(0, sys.argv[2])
from faults.staged import stop_at
stop_at("os.rename", "kept.txt", 1, "die", Path(sys.argv[1] + ".mark"))
from analysis.files import write_atomic
write_atomic(Path(sys.argv[1]), b"new")
"""


def test_the_power_goes_between_write_and_rename(tmp_path: Path) -> None:
    file = tmp_path / "kept.txt"
    file.write_text("old")
    command = [sys.executable, "-c", WRITER, str(file), str(Path(__file__).parent.parent)]
    assert subprocess.run(command).returncode == -9
    assert file.read_text() == "old"
    (left,) = tmp_path.glob(".kept.txt.*")
    write_atomic(file, b"newer")
    assert left.exists()  # it may be another writer's
    os.utime(left, (0, 0))
    write_atomic(file, b"newest")
    assert not left.exists() and file.read_text() == "newest"
