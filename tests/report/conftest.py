"""One built site, shared by the tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sample_run

from analysis.report.site import site
from analysis.run.runset import RunSet


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> RunSet:
    """The sample run with its site built."""
    run = sample_run.make(tmp_path_factory.mktemp("site") / "set")
    site.build(run, sample_run.background())
    return run


@pytest.fixture(scope="session")
def pages(sample: RunSet) -> dict[str, str]:
    """HTML of each page by its path in the site."""
    found = sorted(sample.folder.rglob("*.html"))
    return {path.relative_to(sample.folder).as_posix(): _text(path) for path in found}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
