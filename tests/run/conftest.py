"""A collection of its own for every test that runs notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_collection import Collection


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    """A small collection that is the root of all paths."""
    root = tmp_path / "root"
    monkeypatch.setenv("RECKON_ROOT", str(root))
    monkeypatch.delenv("RECKON_EVIDENCE", raising=False)
    return Collection(root)
