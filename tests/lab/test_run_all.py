"""Run All in every notebook, from its default parameters, as a person does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jupyterlab", reason="JupyterLab is in .venv-lab; call `make test-lab`")

from analysis.run import strip

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
ERROR = "[data-mime-type='application/vnd.jupyter.error']"
SECONDS = 240

# Every code cell has run to its end, or one has failed.
DONE = f"""() => {{
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  const ran = prompts.every(prompt => /\\[\\d+\\]/.test(prompt.textContent));
  return prompts.length > 0 && document.querySelector("{IDLE}") !== null
    && (ran || document.querySelector("{ERROR}") !== null);
}}"""


@pytest.fixture
def page(browser: Any) -> Any:
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


def records(name: str) -> bool:
    notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    return any("ledger.record(" in "".join(cell["source"]) for cell in notebook["cells"])


def run_all(lab: Any, page: Any) -> None:
    """Run, Run All Cells, once the kernel is there; waits until the last cell has run."""
    page.wait_for_selector(IDLE)
    lab.until(_idle)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    try:
        page.wait_for_function(DONE, timeout=SECONDS * 1000, polling=500)
    except Exception as error:
        page.screenshot(path=lab.folder / "stuck.png")
        told = page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
        state = [session["kernel"] for session in lab.call("api/sessions")]
        raise AssertionError(f"not done after {SECONDS} s: {told}, {state}") from error


def _idle(lab: Any) -> bool:
    """Whether the kernel of the one open notebook waits for work from its page."""
    kernels = [session["kernel"] for session in lab.call("api/sessions")]
    return [(k["execution_state"], k["connections"]) for k in kernels] == [("idle", 1)]


def test_the_start_page_opens_with_its_tables_and_leads_to_a_cell(lab: Any, page: Any) -> None:
    page.goto(lab.front)
    page.wait_for_selector("text=Questions, in reading order")
    assert page.locator(".jp-Notebook h1").first.inner_text().startswith("Start here")
    assert page.locator(".jp-DirListing-item").count() == len(NOTEBOOKS)
    left = page.locator(".reckon th").first.evaluate("cell => getComputedStyle(cell).textAlign")
    assert left == "left"  # the style sheet of the collection is there
    page.locator("summary", has_text="02_training_cost").click()
    page.get_by_role("link", name="c38", exact=True).click()
    page.wait_for_selector("li.lm-TabBar-tab >> text=02_training_cost.ipynb")
    shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell.jp-mod-active")
    shown.get_by_text('"c38"', exact=True).first.wait_for()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_runs_cards_appear_and_nothing_is_left_to_commit(
    lab: Any, page: Any, name: str
) -> None:
    lab.end_kernels()
    page.goto(lab.page(f"notebooks/{name}.ipynb"))
    run_all(lab, page)
    assert page.locator(ERROR).all_inner_texts() == []
    cards = page.locator(".jp-OutputArea-output .reckon-card")
    assert (cards.count() > 0) == records(name)
    if records(name):
        cards.first.scroll_into_view_if_needed()
        assert cards.first.bounding_box()["height"] > 40
    page.keyboard.press("Control+s")
    page.wait_for_selector(".jp-mod-dirty", state="detached")
    saved = (lab.folder / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    committed = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert saved != committed and strip.stored(json.loads(saved)) == committed
