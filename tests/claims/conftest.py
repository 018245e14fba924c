"""A root of its own for every test that reads a ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.claims import recording


@pytest.fixture
def ledger_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes claims to the root that the code under test then reads, and empties the session."""
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    monkeypatch.delenv("RECKON_EVIDENCE", raising=False)
    recording.session.clear()
    (tmp_path / "data").mkdir()
    (tmp_path / "reports").mkdir()

    def write(*rows: dict[str, Any]) -> Path:
        text = yaml.safe_dump(list(rows), sort_keys=False, allow_unicode=True)
        (tmp_path / "data" / "claims.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write
