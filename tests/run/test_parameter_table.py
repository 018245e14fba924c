"""What a notebook shows about its parameters, and what it says about a bad edit of them."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser

import nbformat
import pytest
from nbclient import NotebookClient
from small_collection import Collection

from analysis import paths
from analysis.run import edited, parameter_table, parameters, plan

NAME = "09_consolidation"


class Tags(HTMLParser):
    """Start tags with their attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def rows(notebook: str, **values: object) -> dict[str, parameter_table.Row]:
    return {row.name: row for row in parameter_table.rows(parameters.check(notebook, **values))}


def test_types_and_ranges_are_in_words() -> None:
    found = rows("03_inference_price") | rows("02_training_cost") | rows(NAME)
    told = {name: (row.type, row.allowed) for name, row in found.items()}
    assert told["top_k"] == ("whole number", "1 to 50")
    assert told["seed"] == ("whole number", "0 to 4294967295")
    assert told["level"] == ("number", "more than 0.5, less than 1")
    assert told["deflator"] == ("choice", "cpi or none")
    assert told["prior"] == ("choice", "jeffreys, uniform or none")
    assert told["start"] == ("date", "YYYY-MM-DD")
    assert told["reference_model"] == ("text", "not empty")
    assert told["as_of"][1] == f"YYYY-MM-DD, at most {found['as_of'].default}"


@pytest.mark.parametrize("notebook", plan.names())
def test_every_parameter_of_every_notebook_is_told(notebook: str) -> None:
    found = rows(notebook)
    assert list(found) == list(parameters.model(notebook).model_fields)
    assert all(row.value == row.default and row.meaning and row.allowed for row in found.values())


def test_a_changed_value_stands_beside_its_default() -> None:
    found = rows("02_training_cost", top_k=5)
    assert found["top_k"].shown == "5 (default 10)"
    assert found["level"].shown == "0.95"


def test_the_table_has_heads_and_escapes() -> None:
    page = Tags(
        parameters.check("03_inference_price", reference_model="<b>&")._repr_mimebundle_()[
            "text/html"
        ]
    )
    scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert scopes == ["col"] * 5 + ["row"] * 7
    assert "b" not in [tag for tag, _ in page.tags]
    assert "<b>& (default gpt-4-0314)" in page.words


def test_help_lists_the_defaults() -> None:
    found = parameters.help(NAME)
    assert repr(found).splitlines()[0].split() == [
        "parameter",
        "value",
        "type",
        "allowed",
        "meaning",
    ]
    assert found._repr_mimebundle_()[parameter_table.MIME][1]["name"] == "closing_months"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["as_of = 'latest'\nlevel = 0.9\nprior = 'none'"], []),
        (["as_of = 'latest'\nlevel = 0.9\npriors = 'none'"], ["priors"]),
        (["as_of = 1\nlevel = 2\nprior = 3\nx = 1", "as_of = 1\nlevel = 2\nprior = 3"], []),
        (["x = 1\ny = 2"], []),
        (["level = f(0.9)\nx = 1"], []),
        (["level = 0.9\nprint(x)"], []),
        (["level = ("], []),
        (["(level, x) = 1, 2"], []),
        ([], []),
    ],
)
def test_names_that_only_the_cell_has(cells: list[str], expected: list[str]) -> None:
    assert edited.strange(cells, {"as_of", "level", "prior"}) == expected


def ran(edit: tuple[str, str], *, before: bool = False) -> list[nbformat.NotebookNode]:
    """Outputs of the check cell of a notebook whose parameters cell was edited, in a kernel."""
    cells = nbformat.read(paths.notebooks() / f"{NAME}.ipynb", as_version=4).cells
    given = next(cell for cell in cells if "parameters" in cell.metadata.get("tags", []))
    check = next(cell for cell in cells if "parameters.check(" in cell.source)
    changed = nbformat.v4.new_code_cell(given.source.replace(*edit))
    assert changed.source != given.source
    notebook = nbformat.v4.new_notebook(cells=[*([given] if before else []), changed, check])
    NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    return notebook.cells[-1].outputs


@pytest.mark.parametrize(
    ("edit", "assignment"),
    [
        (("1.0", "19.5"), "closing_months=19.5"),
        (('"jeffreys"', '"jefreys"'), "prior=jefreys"),
        (('"latest"', '"2025-02-30"'), "as_of=2025-02-30"),
    ],
)
def test_a_bad_edit_says_what_the_command_line_says(edit: tuple[str, str], assignment: str) -> None:
    (output,) = ran(edit)
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "run", NAME]
    said = subprocess.run([*command, "-p", assignment], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert output.output_type == "error" and output.ename == "ParameterError"
    (line,) = output.traceback
    assert line == said.stderr.strip().replace("'19.5'", "19.5")


def test_a_name_with_a_slip_is_found_though_the_old_value_is_there() -> None:
    (output,) = ran(("closing_months =", "closing_month ="), before=True)
    (line,) = output.traceback
    assert line.endswith("unknown parameter 'closing_month'; did you mean 'closing_months'?")


def test_a_good_edit_shows_the_table() -> None:
    (output,) = ran(("1.0", "2.0"))
    assert output.data["text/html"].count("<tr>") == 5
    assert "<strong>2.0 (default 1.0)</strong>" in output.data["text/html"]
    assert json.loads(json.dumps(output.data[parameter_table.MIME]))[1]["value"] == "2.0"


def test_a_notebook_without_a_model_has_its_day(collection: Collection) -> None:
    collection.write("04_new", "1")
    assert [row.name for row in parameters.help("04_new").rows] == ["as_of"]
