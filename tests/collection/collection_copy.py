"""Copies of the whole collection that a test may damage, run with real kernels."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis import paths
from analysis.run import runner
from analysis.run.handover import Limits

ROOT = Path(__file__).resolve().parents[2]


class Copy:
    """One copy: ``run`` gives every file of the published set by its relative name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("notebooks", "data", "locks"):
            shutil.copytree(ROOT / name, root / name)

    @contextmanager
    def active(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("RECKON_ROOT", str(self.root))
            yield

    def run(self, as_of: str | None = None) -> dict[str, bytes]:
        """A full run from nothing: no cache, no earlier set."""
        with self.active():
            shutil.rmtree(paths.reports(), ignore_errors=True)
            options = runner.Options(as_of=as_of, force=True, limits=Limits(jobs=2))
            done = runner.run(options, io.StringIO())
            assert done.kind == "published", done.problems
            folder = done.link.resolve()
        files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
