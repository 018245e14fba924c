"""`make setup-git` in a clone: notebooks are compared and merged by cell, and git works without."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbdime", reason="nbdime is in .venv-lab; call `make test-lab`")

ROOT = Path(__file__).resolve().parents[2]
NAME = "notebooks/01_article_audit.ipynb"
FILES = ("Makefile", ".gitattributes", ".jupyter/config/git.sh", NAME)


class Clone:
    """A repository with one notebook, whose git reads no settings but its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in FILES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.commit("first")

    def run(self, *command: str | Path) -> str:
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_PAGER": "cat"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | own,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def git(self, *command: str) -> str:
        return self.run("git", "-c", "user.name=a", "-c", "user.email=a@b.c", *command)

    def make(self, target: str) -> None:
        self.run("make", "-o", "setup-lab", target, f"LAB_VENV={sys.prefix}")

    def commit(self, message: str) -> None:
        self.git("commit", "-q", "-a", "-m", message)

    def edit(self, old: str, new: str) -> None:
        path = self.folder / NAME
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run_a_cell(self) -> None:
        """What JupyterLab saves after a cell was run: an output, a count, the kernel's version."""
        notebook = json.loads((self.folder / NAME).read_text(encoding="utf-8"))
        cell = next(cell for cell in notebook["cells"] if cell["id"] == "check-parameters")
        cell["execution_count"] = 7
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "noise"}]
        notebook["metadata"]["language_info"]["version"] = "3.99"
        (self.folder / NAME).write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "a clone")


AS_OF = 'as_of = \\"latest\\"'


def test_a_difference_is_told_by_cell(clone: Clone) -> None:
    clone.make("setup-git")
    clone.edit(AS_OF, 'as_of = \\"2025-06-30\\"')
    said = clone.git("diff")
    assert said.startswith("nbdiff") and "## modified /cells/" in said
    lines = [line.split("m", 1)[-1].strip() for line in said.splitlines()]
    assert any(line.startswith('-  as_of = "latest"') for line in lines)
    assert any(line.startswith('+  as_of = "2025-06-30"') for line in lines)


def test_running_a_notebook_leaves_nothing_to_commit(clone: Clone) -> None:
    clone.run_a_cell()
    assert NAME in clone.git("status", "--short")
    clone.make("setup-git")
    clone.git("add", NAME)  # git looks into a file of another size only now
    assert clone.git("status", "--short") == ""
    clone.edit("latest", "2025-06-30")
    clone.commit("a parameter")
    committed = clone.git("show", f"HEAD:{NAME}")
    assert "noise" not in committed and "2025-06-30" in committed


def test_two_edits_of_one_notebook_merge_by_cell(clone: Clone) -> None:
    clone.make("setup-git")
    clone.git("checkout", "-q", "-b", "other")
    clone.edit(AS_OF, 'as_of = \\"2025-06-30\\"')
    clone.commit("a parameter")
    clone.git("checkout", "-q", "main")
    clone.edit("# Do the article", "# Really: do the article")
    clone.commit("prose")
    clone.git("merge", "-q", "-m", "both", "other")
    notebook = json.loads((clone.folder / NAME).read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert any("2025-06-30" in source for source in sources)
    assert sources[0].startswith("# Really: do the article")


def test_git_works_without_the_setup_and_after_it_is_undone(clone: Clone) -> None:
    clone.edit(AS_OF, 'as_of = \\"2025-06-30\\"')
    plain = clone.git("diff")
    assert plain.startswith("diff --git") and "2025-06-30" in plain
    clone.make("setup-git")
    assert clone.git("diff") != plain
    clone.make("unset-git")
    assert clone.git("diff") == plain
    assert not any(
        word in clone.git("config", "--local", "--list") for word in ("jupyter", "reckon")
    )


def test_the_setup_is_that_of_one_clone(clone: Clone) -> None:
    clone.make("setup-git")
    names = clone.git("config", "--local", "--list", "--name-only").split()
    assert {"diff.jupyternotebook.command", "merge.jupyternotebook.driver"} <= set(names)
    assert "jupyter" not in clone.run("git", "-C", str(ROOT.parent), "config", "--global", "--list")


def test_an_environment_that_is_gone_does_not_stop_a_commit(clone: Clone, tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "bin"
    gone.mkdir(parents=True)
    clone.run("sh", ".jupyter/config/git.sh", "set", gone.parent)
    shutil.rmtree(gone)
    clone.edit("latest", "2025-06-30")
    clone.commit("a parameter")
    assert "2025-06-30" in clone.git("show", f"HEAD:{NAME}")
