"""A small file system of its own in the place of a folder, for as long as a test needs it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults.engine import PATIENCE


@dataclass(frozen=True)
class Disk:
    """``folder`` is a disk of its own, for those who come in by ``enter``."""

    folder: Path
    enter: tuple[str, ...]

    def do(self, script: str) -> subprocess.CompletedProcess[str]:
        command = [*self.enter, "sh", "-c", script, "sh", str(self.folder)]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)

    def fill(self, free: int) -> None:
        """Leaves this many bytes."""
        self.do(f'cat /dev/zero > "$1/filler"; truncate -s -{free} "$1/filler"')

    def copy(self, to: Path) -> Path:
        """What lies on the disk, links as they are, where everybody sees it."""
        done = self.do(f'cp -a "$1" "{to}"')
        assert done.returncode == 0, done.stderr
        return to


@contextlib.contextmanager
def mounted(folder: Path, size: str = "8m") -> Iterator[Disk]:
    """Needs Linux that lets a user have a mount namespace; skips elsewhere."""
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("util-linux is not installed")
    script = f'mount -t tmpfs -o size={size} none "$1" && echo mounted && exec sleep 7200'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
    holder = subprocess.Popen(
        [*command, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None and holder.stderr is not None
        try:
            if holder.stdout.readline() != "mounted\n":
                pytest.skip(f"no file system can be mounted here: {holder.stderr.read().strip()}")
            inside = ("--user", "--mount", "--preserve-credentials")
            yield Disk(folder, ("nsenter", "--target", str(holder.pid), *inside))
        finally:
            holder.kill()
