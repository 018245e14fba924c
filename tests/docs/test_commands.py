"""Every command that a document shows is one that works: run here, or at least parsed.

What is run is cheap and writes nothing but in a copy of the collection. What is only parsed, with
the options that the command really has, takes minutes, asks the network, or is run by other tests.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from commands import DOCUMENTS, ROOT, Command, blocks, commands

from analysis.cli import reckon
from analysis.run import plan

RUN = {
    "claims": "lists the ledger",
    "claims --check": "holds it against the lock",
    "claims --freeze": "writes the lock, of the copy",
    "data build dated_facts": "rewrites one table, of the copy",
    "data list": "lists the tables",
    "data show dated_facts --rows 999": "prints a table",
    "cache prune": "of the copy, which has no cache",
    "lint": "reads the notebooks",
    "plan": "executes nothing",
    "predictions": "lists them",
}
"""Executed by the tests below, in a copy."""
PARSED = {
    "data build": "builds all tables: tests/test_build.py",
    "data verify": "builds all tables: tests/test_build.py",
    "data extract": "needs wheels: tests/sources",
    "data refresh": "asks the network: tests/refresh, against a local server",
    "lint": "without a name it is run above",
    "diff": "needs two reports: tests/test_cli_diff.py and tests/run/test_diff_of_reports.py",
    "history": "runs the collection twelve times: tests/run/test_history.py",
    "new": "writes: tests/new, in a copy",
    "run": "takes minutes: tests/run, tests/collection, and `make report` in .ci/run",
    "summary": "needs a full run: tests/test_cli.py, and .ci/run",
    "sweep": "takes minutes: tests/run/test_sweep.py and test_sweep_dask.py",
}
"""Only parsed, and why."""
ALL = commands()
OURS = [one for one in ALL if one.words[0] == "reckon" and len(one.words) > 1]
MADE = sorted({" ".join(one.words[1:]) for one in ALL if one.words[0] == "make"} - {""})
OTHERS = [one for one in ALL if one.words[0] not in ("reckon", "make")]


def asked(command: Command) -> str:
    return " ".join(command.words[1:])


def named(words: str, table: dict[str, str]) -> str | None:
    """The longest entry that the words begin with; with options, only an entry equal to them."""
    found = [name for name in table if words == name or words.startswith(f"{name} ")]
    return max(found, key=len, default=None)


def parse(words: list[str]) -> None:
    """What click does before it calls a command: every option, type and number of arguments."""
    context = reckon.make_context("reckon", list(words))
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, command, rest = context.command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)


def test_there_are_commands_in_every_document() -> None:
    assert {one.document for one in ALL} >= set(DOCUMENTS) - {"docs/article-map.md"}
    assert len(OURS) > 25 and len(MADE) > 5


@pytest.mark.parametrize("command", OURS, ids=str)
def test_a_command_of_ours_has_the_options_that_it_is_shown_with(command: Command) -> None:
    words = [word for word in command.words[1:] if word != "…"]
    short = "…" in command.words or (command.mentioned and len(words) == 1)
    with contextlib.suppress(*([click.MissingParameter] if short else [])):
        parse(words)
    known = plan.names()
    for word in command.words[1:]:
        if re.fullmatch(r"\d\d_\w+", word):
            assert word in known


@pytest.mark.parametrize(
    "words", ["run --as-off 2025-01-01", "dta list", "data", "run --jobs 0", "new table"]
)
def test_a_wrong_command_is_not_parsed(words: str) -> None:
    with pytest.raises((click.UsageError, KeyError, click.exceptions.NoArgsIsHelpError)):
        parse(words.split())


def test_each_is_either_run_or_only_parsed_for_a_reason() -> None:
    unknown = [str(o) for o in OURS if asked(o) not in RUN and named(asked(o), PARSED) is None]
    assert unknown == []


def test_what_is_run_is_shown_somewhere_or_part_of_a_check() -> None:
    shown = {asked(one) for one in OURS} | {"lint"}  # part of `make check`
    assert RUN.keys() <= shown


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data, notebooks and locks, with the committed reports."""
    root = tmp_path_factory.mktemp("collection")
    for name in ("data", "notebooks", "locks"):
        shutil.copytree(ROOT / name, root / name)
    (root / "reports").mkdir()
    for name in ("summary.json", "history.json"):
        shutil.copyfile(ROOT / "reports" / name, root / "reports" / name)
    return root


@pytest.mark.parametrize("words", sorted(RUN))
def test_it_runs(copy: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECKON_ROOT", str(copy))
    done = CliRunner().invoke(reckon, words.split(), catch_exceptions=False)
    assert done.exit_code == 0, done.stderr


@pytest.mark.parametrize("target", MADE)
def test_make_knows_the_target(target: str) -> None:
    done = subprocess.run(
        ["make", "-n", *target.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def installed(words: list[str]) -> None:
    assert (Path(sys.executable).parent / words[0]).is_file()


def files(words: list[str]) -> None:
    """Files among the words are there."""
    named_files = [word for word in words if re.search(r"\.(yml|yaml|txt|toml)$", word)]
    assert named_files and all((ROOT / name).is_file() for name in named_files)


def extras(words: list[str]) -> None:
    """Optional dependencies among the words are declared."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = re.findall(r"\[(\w+)\]", " ".join(words))
    assert wanted and all(extra in project["optional-dependencies"] for extra in wanted)


OTHER_PROGRAMS: dict[str, Callable[[list[str]], None]] = {
    "conda": files,
    "pip": extras,
    "pre-commit": installed,
}
"""Programs that are not ours, not run here: their words name what there is."""


@pytest.mark.parametrize("command", OTHERS, ids=str)
def test_commands_of_other_programs_name_what_there_is(command: Command) -> None:
    OTHER_PROGRAMS[command.words[0]](command.words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_scripts_are_bash(document: str) -> None:
    for _, block in blocks((ROOT / document).read_text("utf-8")):
        if block.startswith("#!/bin/bash"):
            subprocess.run(["bash", "-n"], input=block, text=True, check=True)


def test_the_plan_in_the_readme_counts_the_notebooks_there_are() -> None:
    text = next(b for _, b in blocks((ROOT / "README.md").read_text("utf-8")) if "to reuse" in b)
    assert sum(map(int, re.findall(r"(\d+) to (?:run|wait|reuse)", text))) == len(plan.names())
    assert set(re.findall(r"^\d\d_\w+", text, re.MULTILINE)) <= set(plan.names())


def test_the_exit_codes_in_the_readme_are_those_of_the_help() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    told = re.search(r"^Exit codes of `reckon run`: (.*)$", text, re.MULTILINE)
    assert told is not None
    shown = CliRunner().invoke(reckon, ["run", "--help"]).stdout
    codes = re.findall(r"^ +(\d+) +\S", shown[shown.index("Exit codes") :], re.MULTILINE)
    assert codes and re.findall(r"\b\d+\b", told[1]) == codes
