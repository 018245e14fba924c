"""The files in ``deploy/`` are what their readers expect, and name options that exist."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from croniter import croniter

from analysis.cli import reckon

PROJECT = Path(__file__).resolve().parent.parent
DEPLOY = PROJECT / "deploy"
PLACE, USER = "/opt/compute-reckoning", "reckoning"
ANALYZE = shutil.which("systemd-analyze")
WEEK = timedelta(days=7)


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parser


def cron_line() -> list[str]:
    """The five fields of time, then the command."""
    lines = (DEPLOY / "crontab").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#")]
    return line.split(maxsplit=5)


def workflow() -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((DEPLOY / "github-weekly.yml").read_text("utf-8"))
    return found


def steps() -> Iterator[dict[str, Any]]:
    for job in workflow()["jobs"].values():
        yield from job["steps"]


def commands() -> dict[str, str]:
    """The call of ``reckon run`` in each file."""
    texts = {
        "reckoning.service": unit("reckoning.service")["Service"]["ExecStart"],
        "crontab": cron_line()[5],
        "github-weekly.yml": "\n".join(step.get("run", "") for step in steps()),
    }
    found = {name: re.findall(r"reckon run ([^|>\n]*)", text) for name, text in texts.items()}
    return {name: re.sub(r"\s\d$", "", calls[0]).strip() for name, calls in found.items()}


@pytest.mark.parametrize("name", ["reckoning.service", "crontab", "github-weekly.yml"])
def test_the_command_is_one_that_exists(name: str) -> None:
    arguments = shlex.split(commands()[name])
    command = reckon.commands["run"]
    with command.make_context("run", arguments) as context:
        assert (context.params["scheduled"], context.params["refresh"]) == (True, True)
        assert (context.params["every"], context.params["keep"]) == (7, 26)
        assert context.params["notebooks"] == ()


def test_the_service_runs_once_and_takes_a_changed_verdict_for_a_success() -> None:
    service = unit("reckoning.service")["Service"]
    assert (service["Type"], service["SuccessExitStatus"]) == ("oneshot", "3")
    assert service["ExecStart"].split()[0] == f"{PLACE}/.venv/bin/reckon"
    assert (service["WorkingDirectory"], service["User"]) == (PLACE, USER)


def test_the_timer_is_weekly_and_makes_up_for_a_machine_that_was_off() -> None:
    timer = unit("reckoning.timer")
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert timer["Timer"]["OnCalendar"].startswith("Mon *-*-* ")


@pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze here; read as plain text instead")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    assert ANALYZE is not None
    place = tmp_path / "checkout"
    (place / ".venv" / "bin").mkdir(parents=True)
    (place / ".venv" / "bin" / "reckon").symlink_to(sys.executable)
    for name in ("reckoning.service", "reckoning.timer"):
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(PLACE, str(place))
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in ("reckoning.service", "reckoning.timer")]
    done = subprocess.run([ANALYZE, "verify", *units], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "reckoning" in line]
    assert (done.returncode, ours) == (0, []), done.stderr
    when = unit("reckoning.timer")["Timer"]["OnCalendar"]
    again = subprocess.run([ANALYZE, "calendar", when], capture_output=True, text=True)
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize(
    "when", [" ".join(cron_line()[:5]), workflow()[True]["schedule"][0]["cron"]]
)
def test_cron_lines_are_weekly(when: str) -> None:
    times = croniter(when, datetime(2026, 1, 1, tzinfo=UTC))
    found = [times.get_next(datetime) for _ in range(3)]
    assert [later - earlier for earlier, later in pairwise(found)] == [WEEK] * 2
    assert found[0].strftime("%a") == "Mon"


@pytest.mark.parametrize(
    ("code", "told"), [(0, ""), (3, ""), (1, "reckon failed"), (4, "reckon failed")]
)
def test_cron_mails_what_is_no_success(tmp_path: Path, code: int, told: str) -> None:
    program = tmp_path / ".venv" / "bin" / "reckon"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho working\nexit {code}\n")
    program.chmod(0o755)
    (tmp_path / "reports").mkdir()
    command = cron_line()[5].replace(PLACE, str(tmp_path))
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(told) and bool(done.stdout) == bool(told)
    assert (tmp_path / "reports" / "scheduled.log").read_text() == "working\n"


@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_the_workflow_keeps_to_the_schema_of_its_host(schema: str) -> None:
    program = Path(sys.executable).parent / "check-jsonschema"
    file = DEPLOY / "github-weekly.yml"
    command = [program, "--builtin-schema", schema, file]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_workflow_may_write_nothing_but_pages() -> None:
    assert workflow()["permissions"] == {"contents": "read", "actions": "read"}
    jobs = workflow()["jobs"]
    assert "permissions" not in jobs["report"]
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_shell_in_the_workflow_is_shell() -> None:
    for step in steps():
        if "run" in step:
            text = re.sub(r"\$\{\{.*?\}\}", "x", step["run"])
            done = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True)
            assert done.returncode == 0, f"{step['name']}: {done.stderr}"


def reports(checkout: Path) -> None:
    """Two sets, their links, a heartbeat and things that do not travel."""
    folder = checkout / "reports"
    for name, text in (("a", "old"), ("b", "new")):
        (folder / ".sets" / name).mkdir(parents=True)
        (folder / ".sets" / name / "index.html").write_text(text)
    (folder / "2026-11-16").symlink_to(".sets/a")
    (folder / "2026-11-23").symlink_to(".sets/b")
    (folder / "latest").symlink_to(".sets/b")
    (folder / "heartbeat.json").write_text("{}")
    for place in (".cache", "explore", ".schedule"):
        (folder / place).mkdir()
    (folder / ".cache" / "result").write_text("x")
    (folder / "explore" / "mine").write_text("x")
    (folder / ".schedule" / "lock").write_text("")
    (folder / ".schedule" / "told.json").write_text("{}")


def test_the_site_has_the_report_and_each_day(tmp_path: Path) -> None:
    reports(tmp_path)
    (step,) = [step for step in steps() if step.get("name") == "Site"]
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, check=True)
    found = {str(p.relative_to(tmp_path / "site")) for p in (tmp_path / "site").rglob("*")}
    pages = {"index.html", "2026-11-16/index.html", "2026-11-23/index.html"}
    assert found == pages | {"2026-11-16", "2026-11-23", "heartbeat.json"}
    assert not any(path.is_symlink() for path in (tmp_path / "site").rglob("*"))
    assert (tmp_path / "site" / "2026-11-16" / "index.html").read_text() == "old"


def git(checkout: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=checkout, check=True, capture_output=True)


def carry(checkout: Path, verb: str, archive: Path) -> subprocess.CompletedProcess[str]:
    command = ["bash", "deploy/carry.sh", verb, str(archive)]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with three committed snapshots and a committed summary."""
    made = tmp_path / "first"
    (made / "data" / "snapshots").mkdir(parents=True)
    (made / "deploy").mkdir()
    (made / "reports").mkdir()
    shutil.copy(DEPLOY / "carry.sh", made / "deploy")
    (made / "reports" / "summary.json").write_text("committed")
    for name in ("one", "two", "three"):
        (made / "data" / "snapshots" / f"{name}.csv").write_text("committed")
    (made / ".gitignore").write_text("/reports/*\n!/reports/summary.json\n")
    git(made, "init", "--quiet")
    git(made, "add", ".")
    git(made, "commit", "--quiet", "-m", "first")
    return made


def test_state_reaches_the_next_machine(checkout: Path, tmp_path: Path) -> None:
    archive, snapshots = tmp_path / "state.tar.gz", checkout / "data" / "snapshots"
    reports(checkout)
    (checkout / "reports" / "summary.json").write_text("of the first machine")
    (snapshots / "one.csv").write_text("refreshed")
    (snapshots / "two.csv").write_text("refreshed")
    (snapshots / "a new one.csv").write_text("refreshed")
    (snapshots / "three.csv").unlink()
    carry(checkout, "save", archive)
    git(checkout, "stash", "--include-untracked")
    (snapshots / "two.csv").write_text("by hand")
    git(checkout, "commit", "--quiet", "--all", "-m", "second")
    second = tmp_path / "second"
    subprocess.run(["git", "clone", "--quiet", str(checkout), str(second)], check=True)
    told = carry(second, "restore", archive).stderr
    now = {path.name: path.read_text() for path in (second / "data" / "snapshots").iterdir()}
    assert now == {
        "one.csv": "refreshed", "two.csv": "by hand", "three.csv": "committed",
        "a new one.csv": "refreshed",
    }  # fmt: skip
    assert told == "kept as committed: data/snapshots/two.csv\n"
    assert (second / "reports" / "latest" / "index.html").read_text() == "new"
    assert (second / "reports" / "2026-11-16").is_symlink()
    assert (second / "reports" / "summary.json").read_text() == "committed"
    for left in (".cache", "explore", ".schedule/lock"):
        assert not (second / "reports" / left).exists()
    assert (second / "reports" / ".schedule" / "told.json").exists()


def test_a_first_run_has_only_a_little_to_carry(checkout: Path, tmp_path: Path) -> None:
    carry(checkout, "save", tmp_path / "state.tar.gz")
    assert carry(checkout, "restore", tmp_path / "state.tar.gz").stderr == ""


def test_no_file_names_a_place_of_this_machine() -> None:
    known = (PLACE, "/etc/compute-reckoning.env", "/etc/systemd/system/", "/your/checkout")
    for file in DEPLOY.iterdir():
        text = file.read_text(encoding="utf-8")
        for allowed in (*known, "#!/usr/bin/env"):
            text = text.replace(allowed, "")
        assert not re.findall(r"(?<![\w.}:/])/(?:home|root|opt|srv|usr|work|tmp|etc)/\S*", text), (
            file
        )


def test_the_readme_explains_each_file_and_the_placeholders() -> None:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    others = [file.name for file in DEPLOY.iterdir() if file.name != "README.md"]
    assert [name for name in others if f"]({name})" not in text] == []
    assert PLACE in text and USER in text and "placeholders" in text


def test_an_unknown_verb_is_refused(checkout: Path) -> None:
    command = ["bash", "deploy/carry.sh", "sve", "x"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 2 and "usage" in done.stderr


def test_addresses_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECKON_ON_CHANGE", "json://one json://two")
    command: click.Command = reckon.commands["run"]
    with command.make_context("run", ["--scheduled"]) as context:
        assert context.params["on_change"] == ("json://one", "json://two")
