"""Files that scheduled runs keep in ``reports/.schedule``; each is replaced in one step."""

from __future__ import annotations

import json
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
    from analysis.files import write_atomic  # brings pandas

    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    write_atomic(path, text.encode())
