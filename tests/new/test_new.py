"""One of each skeleton, made in a copy of the checkout, passes what `make check` and `make test`
hold the collection to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import nbformat
import pytest
import yaml
from project_copy import Project

NOTEBOOK, CLAIM, TABLE = "gpu_lead_times", "c994", "gpu_lead_days"
MADE = f"13_{NOTEBOOK}"
ADDED = {
    f"notebooks/{MADE}.ipynb",
    f"analysis/run/models/{NOTEBOOK}.py",
    f"analysis/sources/{TABLE}.py",
    f"data/curated/{TABLE}.csv",
    f"data/curated/{TABLE}.csv.meta.yaml",
    f"data/tables/{TABLE}.csv",
    f"data/tables/{TABLE}.meta.yaml",
}
CHANGED = {
    "analysis/registry.py",
    "data/ATTRIBUTION.md",
    "data/claims.yaml",
    "data/datapackage.json",
}
WALKING = (
    "tests/notebooks",
    "tests/claims/test_claims_file.py",
    "tests/run/test_parameters.py",
    "tests/test_tables.py",
    "tests/collection/test_reproducible.py",
)


@dataclass(frozen=True)
class Grown:
    """The copy with one of each, and its files before."""

    project: Project
    before: dict[str, str]
    calls: list[CompletedProcess[str]]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    project = Project(tmp_path_factory.mktemp("project") / "checkout")
    before = project.hashes()
    asked = (["notebook", NOTEBOOK], ["claim", CLAIM, "--notebook", MADE], ["table", TABLE])
    return Grown(project, before, [project.reckon("new", *words) for words in asked])


def good(done: CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_each_names_the_files_it_wrote_and_what_comes_next(grown: Grown) -> None:
    said = "".join(good(done) for done in grown.calls)
    after = grown.project.hashes()
    assert after.keys() - grown.before.keys() == ADDED
    assert {name for name in grown.before if grown.before[name] != after[name]} == CHANGED
    assert grown.before.keys() <= after.keys()
    named = {line for line in said.splitlines() if not line.startswith("next: ")}
    assert named == {str(grown.project.root / name) for name in ADDED | CHANGED}


@pytest.mark.parametrize("command", ["lint", "claims --check", "data verify"])
def test_the_checks_pass(grown: Grown, command: str) -> None:
    good(grown.project.reckon(*command.split()))


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_code_and_notebook_pass_the_linters(grown: Grown, command: str) -> None:
    files = [name for name in sorted(ADDED) if name.endswith((".py", ".ipynb"))]
    if command == "mypy":
        files = [name for name in files if name.endswith(".py")]
        command = "mypy --config-file pyproject.toml --follow-imports silent"
    good(grown.project.python("-m", *command.split(), *files))


@pytest.mark.slow
def test_the_notebook_runs_from_its_defaults_and_on_an_early_day(grown: Grown) -> None:
    for words in ([], ["--as-of", "2024-03-31", "-p", "start=2020-01-01"]):
        page = Path(good(grown.project.reckon("run", MADE, *words)).strip())
        assert "no claim in the ledger names" in page.with_name(f"{MADE}.html").read_text().lower()


@pytest.mark.slow
def test_the_executed_notebook_of_a_report_runs_again_wherever_it_lies(
    grown: Grown, tmp_path: Path
) -> None:
    words = ["run", MADE, "--as-of", "2024-03-31"]
    page = Path(good(grown.project.reckon(*words)).strip())
    taken = shutil.copy(page.parent / "notebooks" / f"{MADE}.ipynb", tmp_path)
    flags = ["--log-level=ERROR", "--execute", "--to=notebook", "--inplace"]
    good(grown.project.python("-m", "nbconvert", *flags, taken))
    again = nbformat.read(taken, as_version=4)
    assert "begins at" in again.cells[-5].outputs[0].data["text/plain"]
    assert "2024-02" in str(again.cells) and "2026-0" not in str(again.cells)


@pytest.mark.slow
def test_the_notebook_passes_nbval(grown: Grown) -> None:
    flags = ["-q", "-p", "no:cacheprovider", "--nbval-lax"]
    good(grown.project.python("-m", "pytest", *flags, f"notebooks/{MADE}.ipynb"))


def test_tests_that_walk_over_all_notebooks_claims_and_tables_pass(grown: Grown) -> None:
    flags = ["-q", "-p", "no:cacheprovider", "-m", "not slow"]
    said = good(grown.project.python("-m", "pytest", *flags, *WALKING))
    assert " passed" in said


def test_the_claim_is_a_draft_until_its_rule_is_frozen(grown: Grown) -> None:
    assert f"{CLAIM}  draft" in good(grown.project.reckon("claims"))
    ledger = grown.project.root / "data" / "claims.yaml"
    written = ledger.read_text(encoding="utf-8")
    assert yaml.safe_load(written)[-1]["id"] == CLAIM
    lines = [line for line in written.splitlines() if "draft: true" not in line]
    try:
        ledger.write_text("\n".join(lines) + "\n", encoding="utf-8")
        refused = grown.project.reckon("claims", "--check")
        assert refused.returncode == 2 and f"{CLAIM}: not frozen yet" in refused.stderr
        named = grown.project.reckon("lint", MADE)
        assert f"claim {CLAIM} names this notebook, which does not record it" in named.stderr
    finally:
        ledger.write_text(written, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["notebook", NOTEBOOK], f"'{NOTEBOOK}' is taken"),
        (["notebook", "training_cost"], "'training_cost' is taken"),
        (["notebook", "13_prices"], "'13_prices' cannot name a notebook: write lower-case words"),
        (["notebook", "class"], "'class' cannot name a notebook"),
        (["claim", CLAIM], f"claim {CLAIM} is in data/claims.yaml already"),
        (["claim", "c01"], "claim c01 is in data/claims.yaml already"),
        (["claim", "claim one"], "'claim one' cannot name a claim: write letters and a number"),
        (["claim", "c995", "--section", "Leed"], "unknown section 'Leed'; did you mean 'Lead'?"),
        (["claim", "c995", "--notebook", "02_trai"], "did you mean '02_training_cost'?"),
        (["table", TABLE], f"'{TABLE}' is taken"),
        (["table", "sidecar"], "'sidecar' is taken"),
        (["table", "../climbs"], "'../climbs' cannot name a table"),
        (["table", "Prices"], "'Prices' cannot name a table"),
    ],
)
def test_a_bad_name_is_one_message_and_changes_nothing(
    grown: Grown, words: list[str], message: str
) -> None:
    before = grown.project.hashes()
    done = grown.project.reckon("new", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and len(done.stderr.splitlines()) == 1
    assert grown.project.hashes() == before


@pytest.mark.parametrize(
    ("words", "damaged", "message"),
    [
        (["notebook", "rents"], "data/tables/cpi.csv", "cpi.csv: is empty"),
        (["table", "rents"], "data/corrections.yaml", "the new table cannot be built: error:"),
        (["claim", "c996"], "data/claims.lock", "claims.lock, line 1"),
    ],
)
def test_a_failure_on_the_way_leaves_nothing_behind(
    grown: Grown, words: list[str], damaged: str, message: str
) -> None:
    file = grown.project.root / damaged
    good_content = file.read_bytes()
    file.write_text("{")
    try:
        before = grown.project.hashes()
        done = grown.project.reckon("new", *words)
        assert done.returncode == 2 and message in done.stderr
        assert grown.project.hashes() == before
    finally:
        file.write_bytes(good_content)


def test_code_goes_only_to_the_checkout_of_the_data(grown: Grown, tmp_path: Path) -> None:
    for name in ("data", "notebooks"):
        shutil.copytree(grown.project.root / name, tmp_path / name)
    done = grown.project.reckon("new", "notebook", "rents", root=tmp_path)
    assert done.returncode == 2 and "call reckon from a checkout" in done.stderr
