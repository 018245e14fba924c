"""The start page: every question, claim and prediction with a link that leads somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup
from nbclient import NotebookClient

from analysis import paths
from analysis.claims import ledger, outlook, summary
from analysis.report import start
from analysis.run import plan

PAGE = paths.root() / "docs" / "start.ipynb"


def rows(html: Markup) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select("tbody tr")


def test_every_question_is_listed_with_the_verdicts_of_its_claims() -> None:
    verdicts = summary.latest_table()
    found = rows(start.questions_html(verdicts))
    assert [row.find_all("td")[0].text for row in found] == plan.names()
    counted = sum(int(n) for row in found for n in re.findall(r"\d+", row.find_all("td")[1].text))
    assert counted == len(verdicts)


def test_every_claim_leads_to_a_cell_that_exists() -> None:
    found = rows(start.claims_html(summary.latest_table()))
    assert len(found) == len(ledger.claims())
    for link in (row.a for row in found if row.a is not None):
        file, _, cell = str(link["href"]).partition("#cell-id=")
        cells = json.loads((PAGE.parent / file).read_text(encoding="utf-8"))["cells"]
        assert not cell or cell in {one["id"] for one in cells}, link


def test_every_prediction_is_listed_once() -> None:
    found = outlook.latest_rows()
    told = [row.th.text for row in rows(start.predictions_html(found))]
    assert sorted(told) == sorted({row["id"] for row in found})


def test_texts_are_escaped_and_a_claim_without_a_notebook_has_no_link() -> None:
    row = {
        "id": "c1", "says": "<b>x</b>", "verdict": "undecided", "notebook": None, "cell": None,
        "estimate": None, "low": None, "high": None, "unit": "",
    }  # fmt: skip
    page = BeautifulSoup(start.claims_html([row]), "html.parser")
    assert page.b is None and page.a is None and "<b>x</b>" in page.text


@pytest.mark.parametrize("folder", ["docs", "reports"])
def test_links_of_the_prose_lead_somewhere(folder: str) -> None:
    cells = nbformat.read(PAGE, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links and all((paths.root() / folder / link).resolve().exists() for link in links)


def test_it_runs_and_shows_three_tables(tmp_path: Path) -> None:
    page = nbformat.read(PAGE, as_version=4)
    assert all(not cell.get("outputs") for cell in page.cells)
    NotebookClient(page, kernel_name="python3").execute()
    shown = [o.data["text/html"] for cell in page.cells for o in cell.get("outputs", ())]
    assert ["<table>" in html for html in shown] == [True] * 3
