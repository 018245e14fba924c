"""A copy of the whole checkout that a test may change, with commands and tests run inside it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    *("analysis", "data", "docs", "locks", "notebooks", "tests"),
    *("README.md", "CONTRIBUTING.md", "Makefile", "environment.yml", "pyproject.toml"),
    ".pre-commit-config.yaml",
)
_LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".refresh*")
_COMMAND = "from analysis.cli import main; main()"


class Project:
    """The copy in ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in PARTS:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, root / part, ignore=_LEFT_OUT)
            else:
                shutil.copyfile(source, root / part)
        (root / "reports").mkdir()
        for name in ("summary.json", "history.json"):
            shutil.copyfile(ROOT / "reports" / name, root / "reports" / name)

    def reckon(self, *arguments: str, root: Path | None = None) -> subprocess.CompletedProcess[str]:
        """The command, on the data of ``root`` where that is another one."""
        return self.python("-c", _COMMAND, *arguments, root=root)

    def python(self, *arguments: str, root: Path | None = None) -> subprocess.CompletedProcess[str]:
        """A process that imports the copy's ``analysis``."""
        place = {"PYTHONPATH": str(self.root), "RECKON_ROOT": str(root or self.root)}
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        return subprocess.run(
            [sys.executable, "-B", *arguments],
            cwd=self.root,
            env=environment | place,
            capture_output=True,
            text=True,
            check=False,
        )

    def hashes(self) -> dict[str, str]:
        """Every file but those of runs, by its relative name."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        named = {path.relative_to(self.root).as_posix(): path for path in files}
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in named.items()
            if not name.startswith(("reports/", ".")) and "__pycache__" not in name
        }
