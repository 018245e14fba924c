from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from small_collection import notebook

from analysis.errors import DataError
from analysis.run import document


def executed(source: dict[str, Any], *, salt: str) -> dict[str, Any]:
    """What papermill makes of a notebook, with all that differs from run to run."""
    result = copy.deepcopy(source)
    injected = copy.deepcopy(result["cells"][1])
    injected |= {"source": f"as_of = '2025-01-0{salt}'", "id": f"random{salt}"}
    injected["metadata"] = {"tags": ["injected-parameters"]}
    result["cells"].insert(2, injected)
    result["metadata"] = {"papermill": {"duration": salt}, "language_info": {"name": "python"}}
    for cell in result["cells"]:
        cell["metadata"] |= {"papermill": {"start_time": salt}, "execution": {"iopub": salt}}
    address = f"<Axes at 0x7f00000000{salt}>"
    result["cells"][3]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
        {"output_type": "stream", "name": "stdout", "text": "c"},
        {"output_type": "stream", "name": "stderr", "text": f"/tmp/ipykernel_{salt}/12.py:1: hm"},
        {"output_type": "execute_result", "data": {"text/plain": address}, "metadata": {}},
    ]
    return result


def test_two_runs_are_the_same_once_cleaned() -> None:
    source = notebook("1")
    first, second = (executed(source, salt=salt) for salt in "12")
    second["cells"][2]["source"] = first["cells"][2]["source"]
    assert document.dumps(first) != document.dumps(second)
    one, two = (document.dumps(document.clean(each)) for each in (first, second))
    assert one == two


def test_cleaning_keeps_what_was_said() -> None:
    cleaned = document.clean(executed(notebook("1"), salt="1"))
    outputs = cleaned["cells"][3]["outputs"]
    assert [output.get("text") for output in outputs[:2]] == ["a\nbc", "cell:1: hm"]
    assert outputs[2]["data"] == {"text/plain": "<Axes>"}
    assert [cell["id"] for cell in cleaned["cells"]] == [
        "heading",
        "code-0",
        "injected-parameters",
        "code-1",
    ]
    assert cleaned["metadata"] == {"language_info": {"name": "python"}}


def test_splicing_takes_new_prose_and_old_outputs() -> None:
    source = notebook("1")
    done = document.clean(executed(source, salt="1"))
    source["cells"][0]["source"] = "# Another question"
    source["cells"].insert(2, {"cell_type": "markdown", "metadata": {}, "source": "New."})
    spliced = document.splice(source, done)
    assert spliced["cells"][0]["source"] == "# Another question"
    tagged = [document.tags(cell) for cell in spliced["cells"]]
    assert tagged == [[], ["parameters"], ["injected-parameters"], [], []]
    assert spliced["cells"][4]["outputs"] == done["cells"][3]["outputs"]


def test_splicing_what_was_not_edited_changes_nothing() -> None:
    source = notebook("1")
    done = document.clean(executed(source, salt="1"))
    assert document.dumps(document.splice(source, done)) == document.dumps(done)


def test_the_title_is_the_first_heading() -> None:
    assert document.title(notebook("1", title="What?"), "fallback") == "What?"
    assert document.title({"cells": []}, "fallback") == "fallback"


def test_parameters_are_what_the_tagged_cell_assigns() -> None:
    cells = notebook("other = 1", parameters="a = 1\nb: int = 2\nprint(a)")
    assert document.declared_parameters(cells) == {"a", "b"}


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 3}', '{"cells": [{}], "nbformat": 4}'])
def test_what_is_no_notebook_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    with pytest.raises(DataError, match=r"x\.ipynb: is not a notebook"):
        document.read(path)


def test_an_old_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps({"cells": [], "nbformat": 3}))
    with pytest.raises(DataError, match="format 4"):
        document.read(path)
