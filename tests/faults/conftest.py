"""A collection to be hurt, and the end of whatever a test left running."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.engine import Engine


@pytest.fixture(scope="session")
def temporary() -> Iterator[Path]:
    """A folder for temporary files with a short name: sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Engine:
    """A collection with a good report."""
    if not sys.platform.startswith("linux"):
        pytest.skip("strays are looked for in /proc")
    made = Engine(tmp_path_factory.mktemp("reported") / "root", temporary)
    made.good()
    return made


@pytest.fixture
def engine(reported: Engine, tmp_path: Path) -> Iterator[Engine]:
    """The same with another result in its first notebook since."""
    shutil.copytree(reported.root, tmp_path / "root", symlinks=True)
    made = Engine(tmp_path / "root", reported.temporary, reported.value)
    made.edit()
    try:
        yield made
    finally:
        made.end()
        for left in made.temporary.iterdir():
            shutil.rmtree(left, ignore_errors=True)
