"""Many files replaced as one, whoever is killed when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import DataError, UpstreamError
from analysis.refresh import swap

OLD = {"a.csv": b"old a", "deep/b.csv": b"old b", "c.csv": b"old c"}
NEW = {"a.csv": b"new a", "deep/b.csv": b"new b", "new/d.csv": b"new d"}
KILLED = """
import os, pathlib, signal, sys
from analysis.refresh import swap

left = int(sys.argv[2])
for name in ("replace", "rename"):
    def killed(self, target, real=getattr(pathlib.Path, name)):
        global left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(self, target)
    setattr(pathlib.Path, name, killed)
new = {"a.csv": b"new a", "deep/b.csv": b"new b", "new/d.csv": b"new d"}
swap.replace(pathlib.Path(sys.argv[1]), new)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for path, content in OLD.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def held(data: Path) -> dict[str, bytes]:
    files = (file for file in data.rglob("*") if file.is_file())
    return {file.relative_to(data).as_posix(): file.read_bytes() for file in files}


def killed_after(data: Path, moves: int) -> int:
    """Replace in a process of its own that is killed before move number ``moves``."""
    command = [sys.executable, "-c", KILLED, str(data), str(moves)]
    return subprocess.run(command, check=False, timeout=60).returncode


def test_all_files_are_replaced_and_nothing_is_left_over(data: Path) -> None:
    swap.replace(data, NEW)
    assert held(data) == OLD | NEW
    assert [path for path in data.iterdir() if path.name.startswith(".")] == []


def test_a_kill_before_the_decision_leaves_the_old_data(data: Path) -> None:
    assert killed_after(data, 0) == -signal.SIGKILL
    assert swap.interrupted(data) == []
    assert swap.finish(data) == []
    assert held(data) == OLD


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_a_kill_after_the_decision_is_told_and_completed(data: Path, moves: int) -> None:
    assert killed_after(data, moves) == -signal.SIGKILL
    waiting = swap.interrupted(data)
    assert len(waiting) == 4 - moves
    assert swap.finish(data) == waiting
    assert held(data) == OLD | NEW
    assert swap.interrupted(data) == []


def test_a_kill_while_completing_is_completed_too(data: Path) -> None:
    killed_after(data, 1)
    code = KILLED.replace("swap.replace(", "swap.finish(").replace(", new)", ")")
    done = subprocess.run([sys.executable, "-c", code, str(data), "2"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(swap.interrupted(data)) == 1
    swap.finish(data)
    assert held(data) == OLD | NEW


def test_an_edit_after_the_kill_is_not_overwritten(data: Path) -> None:
    killed_after(data, 1)
    (data / "deep" / "b.csv").write_bytes(b"by hand")
    with pytest.raises(DataError, match=r"deep/b\.csv.*edited after"):
        swap.finish(data)
    assert held(data)["deep/b.csv"] == b"by hand"


def test_a_full_disk_leaves_the_old_data(data: Path) -> None:
    code = (
        "import pathlib, resource, sys\n"
        "from analysis.refresh import swap\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "swap.replace(pathlib.Path(sys.argv[1]), {'a.csv': b'new a', 'c.csv': b'x' * 2000})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(data)], capture_output=True, text=True, check=False
    )
    assert "UpstreamError" in done.stderr and "has no room for the new files" in done.stderr
    assert held(data) == OLD


def test_two_refreshes_at_once_are_one_too_many(data: Path) -> None:
    with swap.lock(data), pytest.raises(UpstreamError, match="another refresh"), swap.lock(data):
        os.abort()


def test_the_lock_of_a_killed_refresh_is_free(data: Path) -> None:
    code = (
        "import os, pathlib, signal, sys\n"
        "from analysis.refresh import swap\n"
        "with swap.lock(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(data)], check=False)
    assert done.returncode == -signal.SIGKILL
    with swap.lock(data):
        assert swap.interrupted(data) == []
