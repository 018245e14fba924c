"""A copy of the data folder that a test may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
PRICE_LISTS = ("litellm", "tokencost", "langchain", "openrouter", "benchprobe")


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``data/`` without the large price lists, in a root of its own."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns(*PRICE_LISTS))
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    return copy
