"""pyproject.toml, the locks and environment.yml stay in step."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec

from analysis import paths

LOCKS = ("runtime", "test", "lab")
CONDA = {"duckdb": "python-duckdb"}
"""Names that conda-forge gives to packages of the registry, where they differ."""


@cache
def project() -> dict:
    return tomllib.loads((paths.root() / "pyproject.toml").read_text(encoding="utf-8"))


def declared(group: str) -> list[Requirement]:
    groups = project()["dependency-groups"]
    extra = [] if group == "runtime" else groups[group]
    wanted = project()["project"]["dependencies"] + groups["build"] + extra
    return [Requirement(line) for line in wanted]


@cache
def lock_text(group: str) -> str:
    return (paths.root() / "locks" / f"{group}.txt").read_text(encoding="utf-8")


def locked(group: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock_text(group), re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


@cache
def conda_specs() -> list[str]:
    parsed = yaml.safe_load((paths.root() / "environment.yml").read_text(encoding="utf-8"))
    return [line for line in parsed["dependencies"] if isinstance(line, str)]


def name_and_bounds(spec: str) -> tuple[str, str]:
    match = re.fullmatch(r"([\w.-]+?)([<>=!].*)", spec)
    assert match, spec
    return canonicalize_name(match[1]), ",".join(sorted(match[2].split(",")))


@pytest.mark.parametrize("group", LOCKS)
def test_lock_satisfies_what_is_declared(group: str) -> None:
    versions = locked(group)
    for requirement in declared(group):
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement.name} is not in locks/{group}.txt: run `make lock`"
        assert all(requirement.specifier.contains(v, prereleases=True) for v in found), requirement


@pytest.mark.parametrize("group", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(group: str) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", lock_text(group), flags=re.MULTILINE)[1:]
    assert len(entries) > 50
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock_text(group)


@pytest.mark.parametrize("group", ["test", "lab"])
def test_groups_agree_with_runtime_where_they_overlap(group: str) -> None:
    runtime, other = locked("runtime"), locked(group)
    assert {name: other.get(name) for name in runtime} == runtime


def test_jupyterlab_stays_out_of_the_runtime() -> None:
    assert "jupyterlab" not in locked("runtime")
    assert "jupyterlab" not in locked("test")


@pytest.mark.parametrize("spec", conda_specs())
def test_conda_spec_parses(spec: str) -> None:
    assert MatchSpec(spec, strict=True).name is not None


def test_conda_bounds_are_those_of_the_project() -> None:
    groups = project()["dependency-groups"]
    extras = [r for r in groups["lab"] + groups["test"] if re.match(r"(jupyterlab|nbval)\b", r)]
    python = f"python{project()['project']['requires-python']}"
    wanted = [python, "pip>=23", *project()["project"]["dependencies"], *extras]
    plain = [name_and_bounds(re.sub(r"\[.*?\]", "", requirement)) for requirement in wanted]
    there = [(CONDA.get(name, name), bounds) for name, bounds in plain]
    assert sorted(map(name_and_bounds, conda_specs())) == sorted(there)


def test_conda_installs_the_project_with_one_pip_section() -> None:
    parsed = yaml.safe_load((paths.root() / "environment.yml").read_text(encoding="utf-8"))
    sections = [line for line in parsed["dependencies"] if isinstance(line, dict)]
    assert sections == [{"pip": ["-e ."]}]


def test_make_clean_leaves_what_is_committed_and_nothing_of_runs(tmp_path: Path) -> None:
    reports = tmp_path / "a checkout" / "reports"
    (reports / ".schedule").mkdir(parents=True)
    (reports / ".sets" / "one").mkdir(parents=True)
    (reports / "latest").symlink_to(".sets/one")
    for name in (".publishing.lock", "heartbeat.json", "scheduled.log", "summary.json"):
        (reports / name).touch()
    file = paths.root() / "Makefile"
    subprocess.run(["make", "-s", "-f", file, "clean"], cwd=reports.parent, check=True)
    assert [path.name for path in reports.iterdir()] == ["summary.json"]
