"""The notebook itself, from its page: the download, the commands, the link to Binder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import sample_run
import yaml
from bs4 import BeautifulSoup

from analysis import paths
from analysis.report.site import reopen, site
from analysis.run.runset import RunSet

ROOT = Path(paths.__file__).resolve().parent.parent


def section(page: str) -> BeautifulSoup:
    """What stands from the heading on."""
    heading = BeautifulSoup(page, "html.parser").find(id="run-it-yourself")
    return BeautifulSoup("".join(map(str, heading.find_next_siblings())), "html.parser")


def test_the_download_is_the_executed_notebook_of_the_set(
    sample: RunSet, pages: dict[str, str]
) -> None:
    (link,) = section(pages["02_training_cost.html"]).find_all("a")
    file = sample.folder / link["href"]
    assert link.has_attr("download") and file == sample.notebooks[0].path
    assert nbformat.read(file, as_version=4).cells[4].outputs
    size = len(file.read_bytes())
    assert f"({round(size / 1e3)} kB)" in section(pages["02_training_cost.html"]).text


def test_two_commands_open_it_where_no_repository_is_known(pages: dict[str, str]) -> None:
    commands = section(pages["02_training_cost.html"]).pre.text.splitlines()
    assert commands == ["make setup-lab", ".venv-lab/bin/jupyter lab 02_training_cost.ipynb"]
    assert "mybinder" not in pages["02_training_cost.html"]


def test_the_contents_lead_to_it(pages: dict[str, str]) -> None:
    page = BeautifulSoup(pages["02_training_cost.html"], "html.parser")
    assert page.select("nav.toc a")[-1]["href"] == "#run-it-yourself"


def test_a_notebook_that_left_nothing_says_so(pages: dict[str, str]) -> None:
    left = section(pages["99_verdict.html"])
    assert "left no executed notebook" in left.text and not left.find_all("a")


def test_a_known_repository_is_opened_on_binder(tmp_path: Path) -> None:
    run = sample_run.make(tmp_path / "set")
    known = replace(sample_run.background(), repository="https://github.com/some/where")
    site.build(run, known)
    page = section((run.folder / "02_training_cost.html").read_text(encoding="utf-8"))
    links = [link["href"] for link in page.find_all("a")]
    assert links[1] == (
        "https://mybinder.org/v2/gh/some/where/HEAD"
        "?urlpath=lab%2Ftree%2Fnotebooks%2F02_training_cost.ipynb"
    )
    assert 'as_of = "2026-11-23"' in page.text


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("https://github.com/a/b.git", "https://mybinder.org/v2/gh/a/b/HEAD?"),
        ("https://gitlab.com/a/g/b", "https://mybinder.org/v2/gl/a%2Fg%2Fb/HEAD?"),
        ("https://codeberg.org/a/b", "https://mybinder.org/v2/git/https%3A%2F%2Fcodeberg.org%2F"),
    ],
)
def test_binder_knows_hosts_by_its_own_names(address: str, start: str) -> None:
    assert reopen.binder(address, "notebooks/01_a.ipynb").startswith(start)


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https://github.com/", "a/b"])
def test_what_is_no_repository_is_no_link(address: str) -> None:
    assert reopen.binder(address, "notebooks/01_a.ipynb") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[project.urls]\nRepository = "https://example.org/r"\n', "https://example.org/r"),
        ('[project.urls]\nDocumentation = "https://example.org/d"\n', ""),
        ("[project]\n", ""),
        ("[", ""),
    ],
)
def test_the_repository_is_the_one_that_the_project_names(
    tmp_path: Path, text: str, found: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with paths.at(tmp_path):
        assert reopen.repository() == found


def test_binder_finds_an_environment_with_jupyterlab_and_the_project() -> None:
    found = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert {"pip": ["-e ."]} in found
    assert any(isinstance(spec, str) and spec.startswith("jupyterlab") for spec in found)
