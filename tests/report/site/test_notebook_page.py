"""Executed notebooks as pages."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from analysis.report.site import notebook_page
from analysis.run import parameter_table
from analysis.run.runset import NotebookResult, RunSet

PNG = base64.b64encode(b"\x89PNG").decode()
PLACEHOLDERS = ("No description has been provided", "placeholder")


def _body(tmp_path: Path, *cells: nbformat.NotebookNode, **result: object) -> BeautifulSoup:
    path = tmp_path / "n.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), path)
    given = {"name": "n", "title": "The title", "path": path, "status": "ok"} | result
    return BeautifulSoup(notebook_page.body(NotebookResult(**given)).content, "html.parser")


def _shown(data: dict[str, str], metadata: dict | None = None) -> nbformat.NotebookNode:
    output = nbformat.v4.new_output("display_data", data, metadata=metadata or {})
    return nbformat.v4.new_code_cell("show()", id="c", outputs=[output], execution_count=1)


def test_code_is_folded_below_what_it_shows(pages: dict[str, str]) -> None:
    cell = _page(pages, "02").find(id="growth")
    assert [child.name for child in cell.find_all(recursive=False)][-1] == "details"
    assert cell.figure is not None and cell.select_one("details.code")["class"] == ["code"]
    assert not cell.select_one("details.code").has_attr("open")


def test_code_keeps_its_blank_lines_and_indents(pages: dict[str, str]) -> None:
    code = _page(pages, "02").find(id="growth").select_one("details.code code").text
    assert (
        code
        == 'fit = trend.growth(\n    runs, "cost_usd_2023"\n)\n\nfigures.show(fig, caption="…")'
    )


def test_no_prompts_and_every_fold_has_its_own_name(pages: dict[str, str]) -> None:
    page = _page(pages, "02")
    assert "In [" not in page.text and "In\u00a0[" not in page.text
    names = [fold.text for fold in page.select("details.code > summary")]
    assert len(set(names)) == len(names) == 6


def test_contents_lead_to_the_headings(pages: dict[str, str]) -> None:
    page = _page(pages, "02")
    links = page.select("nav.toc a")
    assert [link.text for link in links] == [
        "Method", "Intervals", "What is recorded", "What would change it", "Run it yourself"
    ]  # fmt: skip
    assert all(page.find(id=link["href"][1:]).name in ("h2", "h3") for link in links)


def test_the_first_heading_is_the_title_of_the_page(pages: dict[str, str]) -> None:
    page = _page(pages, "02")
    assert [head.text for head in page.find_all("h1")] == [
        "How fast does the cost of training grow?"
    ]
    assert page.title.text == "How fast does the cost of training grow? · Compute Reckoning"


def test_evidence_leads_back_to_its_claim(pages: dict[str, str]) -> None:
    cell = _page(pages, "02").find(id="record")
    assert cell.select_one(".reckon-card") is not None
    assert cell.select_one("p.back a")["href"] == "claims/c38.html"


def test_the_error_stands_at_its_cell_with_its_code(pages: dict[str, str]) -> None:
    page = _page(pages, "03")
    cell = page.find(id="boom")
    assert "InputError: series: needs at least 12 months" in cell.text
    assert cell.select_one("details.code").has_attr("open")
    assert page.select_one(".failure a")["href"] == "#boom"
    assert "never ran" in page.find(id="after").text
    assert "never ran" not in page.find(id="prices").text


def test_a_notebook_that_was_never_written_still_has_a_page(pages: dict[str, str]) -> None:
    assert "DeadKernelError: Kernel died" in _page(pages, "99").find(class_="failure").text


def test_an_error_output_is_not_shown_twice(tmp_path: Path) -> None:
    raised = nbformat.v4.new_output(
        "error", ename="E", evalue="v", traceback=["\x1b[31mold\x1b[0m"]
    )
    cell = nbformat.v4.new_code_cell("1/0", id="c", outputs=[raised], execution_count=1)
    error = {"cell": 0, "ename": "E", "evalue": "v", "traceback": ["\x1b[31mnew\x1b[0m"]}
    text = _body(tmp_path, cell, status="failed", error=error).text
    assert text.count("new") == 1 and "old" not in text and "\x1b" not in text


def test_banners_of_the_executor_are_left_out(tmp_path: Path) -> None:
    tags = {"tags": ["papermill-error-cell-tag"]}
    banner = nbformat.v4.new_markdown_cell("An Exception was encountered", metadata=tags)
    raised = nbformat.v4.new_code_cell("1/0", id="c", execution_count=1)
    error = {"cell": 1, "ename": "E", "evalue": "v", "traceback": []}
    body = _body(tmp_path, banner, raised, status="failed", error=error)
    assert "Exception was encountered" not in body.text
    assert body.find(id="c").select_one(".failure") is not None


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/svg+xml"])
def test_pictures_keep_the_description_that_was_written(tmp_path: Path, kind: str) -> None:
    content = "<svg></svg>" if "svg" in kind else PNG
    cell = _shown({kind: content}, {kind: {"alt": "A line that falls & <b>"}})
    assert _body(tmp_path, cell).img["alt"] == "A line that falls & <b>"


def test_a_picture_without_description_gets_no_placeholder(tmp_path: Path) -> None:
    image = _body(tmp_path, _shown({"image/png": PNG})).img
    assert "alt" not in image.attrs  # so that an accessibility check finds it
    assert not any(text in str(image) for text in PLACEHOLDERS)


def test_the_richest_form_of_an_output_is_shown(tmp_path: Path) -> None:
    cell = _shown({"text/plain": "<obj>", "text/html": "<p>rich</p>", "x/y": "no"})
    shown = _body(tmp_path, cell).find(id="c")
    assert "rich" in shown.text and "<obj>" not in shown.text


def test_other_outputs(tmp_path: Path) -> None:
    streams = [
        nbformat.v4.new_output("stream", name="stdout", text="<out>\n"),
        nbformat.v4.new_output("stream", name="stderr", text="\x1b[33mcareful\x1b[0m"),
        nbformat.v4.new_output("execute_result", {"text/plain": "'<value>'"}, execution_count=1),
        nbformat.v4.new_output("display_data", {"text/latex": "$x^2$"}),
        nbformat.v4.new_output("display_data", {"text/markdown": "**bold** $y$"}),
        nbformat.v4.new_output("display_data", {"application/javascript": "alert(1)"}),
        nbformat.v4.new_output("display_data", {"application/x-unknown": "secret"}),
    ]
    cell = nbformat.v4.new_code_cell("x", id="c", outputs=streams, execution_count=1)
    page = _body(tmp_path, cell)
    assert [text.text for text in page.select("pre.text")] == ["<out>\n", "careful", "'<value>'"]
    assert page.select_one("details.messages pre").text == "careful"
    assert len(page.find_all("math")) == 2 and page.strong.text == "bold"
    assert "alert" not in str(page) and "secret" not in str(page)


def test_the_same_figure_twice_has_its_own_ids(tmp_path: Path, pages: dict[str, str]) -> None:
    figure = str(_page(pages, "02").figure)
    first = nbformat.v4.new_output("display_data", {"text/html": figure})
    cell = nbformat.v4.new_code_cell("x", id="c", outputs=[first, first], execution_count=1)
    ids = [tag["id"] for tag in _body(tmp_path, cell).find_all(id=True)]
    assert len(set(ids)) == len(ids) > 6


def test_cells_without_ids_get_them(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# T")])
    del notebook.cells[0]["id"]
    notebook.nbformat_minor = 4
    path = tmp_path / "old.ipynb"
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    body = notebook_page.body(NotebookResult("old", "T", path, "ok"))
    assert 'id="cell-1"' in body.content


def test_a_page_is_the_same_every_time(sample: RunSet) -> None:
    result = sample.notebooks[0]
    assert notebook_page.body(result) == notebook_page.body(result)


def _page(pages: dict[str, str], start: str) -> Tag:
    return BeautifulSoup(
        next(text for n, text in pages.items() if n.startswith(start)), "html.parser"
    )


def test_the_table_of_parameters_is_for_the_notebook_only(tmp_path: Path) -> None:
    table = _shown({parameter_table.MIME: [], "text/html": "<table><tr><td>10</td></tr></table>"})
    assert _body(tmp_path, table).find("table") is None
