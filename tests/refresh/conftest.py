"""The misbehaving server, and no proxy between it and us."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from misbehaving import Server, serving

from analysis.refresh.fetch import Patience

HASTY = Patience(tries=3, connect=2, read=0.4, total=5, pause=0.01, longest=0.05)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with serving() as started:
        yield started


@pytest.fixture
def hasty() -> Patience:
    """Limits of tenths of a second."""
    return HASTY
