"""A collection to be hurt, and the end of whatever a test left running."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.engine import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A collection with a good report, and another result in its first notebook since."""
    if not sys.platform.startswith("linux"):
        pytest.skip("strays are looked for in /proc")
    temporary = Path(tempfile.mkdtemp(prefix="faults-"))  # short: sockets lie in it
    made = Engine(tmp_path / "root", temporary)
    try:
        made.good()
        made.edit()
        yield made
    finally:
        made.end()
        shutil.rmtree(temporary, ignore_errors=True)
