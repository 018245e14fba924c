"""Stripping leaves what is committed, and takes out what running a notebook leaves behind."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from analysis import paths
from analysis.run import strip

ROOT = Path(paths.__file__).resolve().parent.parent
COMMITTED = [*sorted((ROOT / "notebooks").glob("*.ipynb")), ROOT / "docs" / "start.ipynb"]


def cell(**changes: Any) -> dict[str, Any]:
    output = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}
    return {
        "cell_type": "code", "id": "c", "source": "x\ny", "metadata": {},
        "execution_count": 3, "outputs": [output], **changes,
    }  # fmt: skip


def notebook(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_stays_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert strip.stored(json.loads(text)) == text


def test_only_kept_outputs_stay_and_no_count_of_a_run() -> None:
    kept = cell(metadata={"tags": ["keep_output"], "execution": {}, "scrolled": True})
    first, second = strip.stripped(notebook(cell(), kept))["cells"]
    assert first["outputs"] == [] and first["source"] == ["x\n", "y"]
    assert second["outputs"] == kept["outputs"]
    assert second["metadata"] == {"tags": ["keep_output"]}
    assert (first["execution_count"], second["execution_count"]) == (None, 1)


def test_numbers_are_as_a_browser_saves_them() -> None:
    data = {"application/json": {"a": [1.0, 0.5, 1e21, True, None]}, "text/plain": "1.0"}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    kept = cell(metadata={"tags": ["keep_output"]}, outputs=[output])
    (stored,) = strip.stripped(notebook(kept))["cells"][0]["outputs"]
    assert json.dumps(stored["data"]["application/json"]) == '{"a": [1, 0.5, 1e+21, true, null]}'
    assert stored["data"]["text/plain"] == ["1.0"]


def test_what_jupyterlab_writes_about_the_kernel_goes() -> None:
    said = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python", "version": "3.11.7", "file_extension": ".py"},
        "widgets": {},
    }
    assert strip.stripped(notebook(**said))["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def test_a_notebook_that_ran_becomes_the_committed_one() -> None:
    path = ROOT / "notebooks" / "11_energy.ipynb"
    ran = nbformat.read(path, as_version=4)
    NotebookClient(ran, kernel_name="python3").execute()
    assert any(each.get("execution_count") for each in ran.cells)
    assert strip.stored(json.loads(nbformat.writes(ran))) == path.read_text(encoding="utf-8")


def test_the_hook_strips_files_and_says_so(tmp_path: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    (entry,) = [hook["entry"] for hook in hooks if hook["id"] == "strip"]
    same = Path(shutil.copy(COMMITTED[0], tmp_path))
    ran = tmp_path / "ran.ipynb"
    ran.write_text(json.dumps(notebook(cell())))
    command = [sys.executable, *shlex.split(entry)[1:]]
    assert [subprocess.run([*command, path], check=False).returncode for path in (same, ran)] == [
        0,
        1,
    ]
    assert same.read_bytes() == COMMITTED[0].read_bytes()
    assert ran.read_text() == strip.stored(notebook(cell()))


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n{", "[]", '{"cells": 1}', ""])
def test_what_is_no_notebook_passes_through(text: str) -> None:
    command = [sys.executable, "-m", "analysis.run.strip"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stdout == text
