"""The hook that strips notebooks leaves what is committed: ids, tagged outputs and their counts."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from analysis import paths

ROOT = Path(paths.__file__).resolve().parent.parent


def normal(path: Path) -> dict[str, Any]:
    """A notebook with all texts in one piece: lists of lines and strings mean the same."""

    def join(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: join(item) for key, item in value.items()}
        if isinstance(value, list):
            texts = value and all(isinstance(item, str) for item in value)
            return "".join(value) if texts else [join(item) for item in value]
        return value

    return dict(join(json.loads(path.read_text(encoding="utf-8"))))


def test_the_hook_changes_no_committed_notebook(tmp_path: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    (entry,) = [hook["entry"] for hook in hooks if hook["id"] == "nbstripout"]
    copies = [
        Path(shutil.copy(path, tmp_path)) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    ]
    before = [normal(copy) for copy in copies]
    command = [sys.executable, "-m", "nbstripout", *shlex.split(entry)[1:], *map(str, copies)]
    subprocess.run(command, check=True, capture_output=True)
    assert [normal(copy) for copy in copies] == before
