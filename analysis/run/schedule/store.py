"""Files that scheduled runs keep in ``reports/.schedule``; each is replaced in one step."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from analysis import paths


def folder() -> Path:
    return paths.reports() / ".schedule"


def read(path: Path) -> Any:
    """What the file holds; ``None`` where there is none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write(path: Path, content: Any) -> None:
    """As ``analysis.files.write_atomic`` does, without pandas, which would cost a second."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
