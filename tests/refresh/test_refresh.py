"""A refresh from a server on loopback into a copy of the data."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from misbehaving import CSV, Reply, Server, zipped

from analysis import build, registry, tables
from analysis.errors import InputError, UnknownNameError, UpstreamError
from analysis.files import sha256
from analysis.refresh import refresh, swap
from analysis.refresh.fetch import Patience
from analysis.refresh.outcome import Outcome, lines
from analysis.sources import bls, fred, sidecar
from analysis.sources.live import File, Package

TODAY = date.today().isoformat()
FRED = "/fred.stlouisfed.org/graph/fredgraph.csv?id=PCU518210518210"
CPI = "/pypi.org/simple/cpi/"
PAGE = "application/vnd.pypi.simple.v1+json"
Refresh = Callable[..., Outcome]


def held(data: Path) -> dict[str, str]:
    """Hash of every file below the data folder, that of the lock aside."""
    files = (file for file in data.rglob("*") if file.is_file() and file.name != ".refresh.lock")
    return {file.relative_to(data).as_posix(): sha256(file.read_bytes()) for file in files}


def series(*changes: str, head: str = f"observation_date,{fred.SERIES}") -> bytes:
    """The producer price index as FRED has it: months held, then ``changes``."""
    text = (build.paths.data() / bls.PRODUCER).read_text(encoding="utf-8").splitlines()[1:]
    months = dict(line.split(",") for line in text) | dict(line.split(",") for line in changes)
    rows = [f"{month}-01,{value}" for month, value in months.items() if value != "gone"]
    return "\n".join([head, *rows, ""]).encode()


def page(package: str, *versions: str, day: str = "2026-11-01", content: bytes = b"") -> Reply:
    """A page of the index with wheels of one content."""
    files = [
        {
            "filename": f"{package}-{version}-py3-none-any.whl",
            "url": f"https://files.example/{package}-{version}-py3-none-any.whl",
            "hashes": {"sha256": sha256(content)},
            "upload-time": f"{day}T00:00:00Z",
        }
        for version in versions
    ]
    return Reply(json.dumps({"files": files}).encode(), kind=PAGE)


@pytest.fixture
def ask(data_copy: Path, server: Server, hasty: Patience) -> Refresh:
    """Refresh the copy from the server, where the index has nothing new."""
    server.on(CPI, page("cpi", "2.0.9", "2.1.0"))

    def run(*sources: str) -> Outcome:
        return refresh(sources, base=server.url, patience=hasty)

    return run


def test_new_and_revised_months_arrive_with_their_tables(
    data_copy: Path, server: Server, ask: Refresh
) -> None:
    before = held(data_copy)
    served = zipped(series("2025-05,124.2", "2025-07,124.5", "2025-08,124.6"), ETag='"v2"')
    server.on(FRED, served)
    done = ask("bls")
    assert (done.changed, done.problems, done.exit_code) == (["bls"], [], 0)
    (diff,) = done.found[0].tables
    assert (diff.table, diff.added, diff.changed, diff.gone) == ("deflator", 2, 1, 0)
    assert diff.numbers[0].largest == pytest.approx(124.2 / 124.185)
    about = sidecar.read(data_copy / bls.PRODUCER)
    assert (about.vintage, about.accessed, about.etag, about.rows) == (TODAY, TODAY, '"v2"', 297)
    new = tables.load("deflator")
    assert list(new["index"].tail(3)) == [123.659, 124.5, 124.6]
    assert list(new["known_from"].dt.strftime("%Y-%m-%d").tail(2)) == ["2025-08-15", "2025-09-15"]
    after = held(data_copy)
    assert sorted(done.files) == sorted(path for path in after if before.get(path) != after[path])
    assert {"ATTRIBUTION.md", "datapackage.json", "tables/deflator.csv"} <= set(done.files)
    assert [file for file in data_copy.glob(".refresh*") if file.name != ".refresh.lock"] == []


def test_what_arrived_is_what_a_build_gives(data_copy: Path, server: Server, ask: Refresh) -> None:
    server.on(FRED, Reply(series("2025-07,124.5")))
    assert ask("bls").changed == ["bls"]
    assert build.build(["deflator"]).changed == ()


def test_the_next_refresh_asks_only_for_something_newer(
    data_copy: Path, server: Server, ask: Refresh
) -> None:
    dated = {"ETag": '"v2"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
    server.on(FRED, Reply(series("2025-07,124.5"), headers=dated), Reply(status=304))
    ask("bls")
    after = held(data_copy)
    done = ask("bls")
    assert (done.changed, done.problems, done.files, done.exit_code) == ([], [], (), 0)
    assert held(data_copy) == after
    sent = server.asked[-2][1]
    assert sent["If-None-Match"] == '"v2"'
    assert sent["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert "not modified" in done.found[0].says


def test_the_same_content_changes_no_byte(data_copy: Path, server: Server, ask: Refresh) -> None:
    before = held(data_copy)
    server.on(FRED, Reply(series(), headers={"ETag": '"other"'}))
    done = ask("bls")
    assert (done.changed, done.problems, done.files) == ([], [], ())
    assert [one.says for one in done.found] == [
        "the same content as the copy held",
        "cpi 2.1.0 is the newest release",
    ]
    assert held(data_copy) == before


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(status=500), "answers 500"),
        (Reply(status=404), "moved or taken down"),
        (Reply(status=301, headers={"Location": "https://new.example/f"}), "moved to https://new"),
        (Reply(b"<html>", kind="text/html"), "sends text/html"),
        (Reply(b"date,price\n2025-01-01,1\n"), "has the columns"),
        (Reply(f"observation_date,{fred.SERIES}\n2025-01-01,1\n".encode()), "shrank from 295 to 1"),
        (zipped(b"\0" * 20_000_000), "more than 16777216 bytes"),
    ],
)
def test_a_bad_upstream_is_reported_and_the_data_stay(
    data_copy: Path, server: Server, ask: Refresh, reply: Reply, problem: str
) -> None:
    before = held(data_copy)
    server.on(FRED, reply)
    done = ask("bls")
    assert (done.changed, done.exit_code) == ([], 1)
    (said,) = done.problems
    assert said.startswith("bls: ") and problem in said
    assert done.found[1].status == "nothing new"
    assert held(data_copy) == before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (["2000-12,99"], "sanity check 'ppi_of_december_2000_is_100' fails"),
        (["2001-01,-5"], "column 'index'"),
        (["2001-01,gone", "2025-07,124.5"], "1 of 295 rows are gone"),
        ([f"{2026 + n // 12}-{n % 12 + 1:02d},130" for n in range(160)], "160 rows are new"),
    ],
)
def test_values_that_fail_a_check_are_reported_and_the_data_stay(
    data_copy: Path, server: Server, ask: Refresh, change: list[str], problem: str
) -> None:
    before = held(data_copy)
    server.on(FRED, Reply(series(*change)))
    done = ask("bls")
    assert problem in done.problems[0]
    assert "attempt" not in done.problems[0]  # no folder that is gone by now
    assert held(data_copy) == before


def test_one_bad_upstream_does_not_keep_the_others(
    data_copy: Path, server: Server, ask: Refresh
) -> None:
    server.on(FRED, Reply(series("2025-07,124.5")))
    server.on("/epoch.ai/data/notable_ai_models.csv", Reply(status=503))
    server.on("/epoch.ai/data/ml_hardware.csv", Reply(b"Hardware name\nH100\n"))
    done = ask("epoch_ai", "bls")
    assert done.changed == ["bls"] and done.exit_code == 1
    assert len(done.problems) == 2
    assert "answers 503" in done.problems[0]
    assert "this column is missing" in done.problems[1]
    assert "tables/deflator.csv" in done.files
    assert not any("epoch" in path for path in done.files)


def test_a_folder_that_was_edited_meanwhile_is_left_alone(
    data_copy: Path, server: Server, ask: Refresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on(FRED, Reply(series("2025-07,124.5")))
    read = fred.producer_prices

    def edits(content: bytes, day: str) -> object:
        (data_copy / "curated" / "labs.csv").write_text("edited", encoding="utf-8")
        return read(content, day)

    live = bls.LIVE[0]
    edited = File(path=live.path, url=live.url, kind=live.kind, read=edits)  # type: ignore
    monkeypatch.setattr(bls, "LIVE", (edited,))
    with pytest.raises(UpstreamError, match=r"was edited while.*curated/labs\.csv"):
        ask("bls")
    assert "2025-07" not in (data_copy / bls.PRODUCER).read_text(encoding="utf-8")


def test_a_kill_in_between_is_told_by_verify_and_healed_by_the_next(
    data_copy: Path, server: Server, ask: Refresh
) -> None:
    server.on(FRED, Reply(series("2025-07,124.5")))
    code = (
        "import os, pathlib, signal, sys\n"
        "from analysis.refresh import refresh, swap\n"
        "finish = swap.finish\n"
        "def killed(data):\n"
        "    if swap.interrupted(data): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return finish(data)\n"
        "swap.finish = killed\n"
        f"refresh(['bls'], base={server.url!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    waiting = swap.interrupted(data_copy)
    assert bls.PRODUCER in waiting
    told = [problem for problem in build.verify().problems if "replaced by half" in problem]
    assert told == [
        f"{waiting[0]} and {len(waiting) - 1} more: replaced by half;"
        " run `reckon data refresh` to put the rest into place"
    ]
    assert ask("bls").problems == []
    assert swap.interrupted(data_copy) == []
    assert "2025-07,124.5" in (data_copy / bls.PRODUCER).read_text(encoding="utf-8")
    assert build.build(["deflator"]).changed == ()


def test_sources_by_a_wrong_name_and_without_upstream_are_bad_input(ask: Refresh) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'openrouter'"):
        ask("openruter")
    with pytest.raises(InputError, match="langchain has no live upstream: it has ended"):
        ask("bls", "langchain")


def test_a_report_tells_what_is_not_live_and_why(server: Server, hasty: Patience, data_copy: Path):
    done = refresh(base=server.url, patience=hasty)
    assert done.changed == [] and done.files == ()
    asked = {one.source for one in done.found if one.status != "not live"}
    assert asked >= {"bls", "epoch_ai", "litellm", "openrouter", "helm", "cloudprice"}
    text = "\n".join(lines(done))
    assert "not live (was measured by ourselves): measured" in text
    assert {one.source for one in done.found} == set(registry.MODULES)


def test_every_snapshot_is_live_or_says_why_not() -> None:
    for module in registry.modules():
        live = getattr(module, "LIVE", None)
        if isinstance(live, str):
            assert live.endswith(tuple("abcdefghijklmnopqrstuvwxyz"))
            continue
        for one in live or ():
            assert isinstance(one, File | Package)
            if isinstance(one, Package):
                assert one.name in module.PACKAGES
                assert [*build.paths.data().glob(one.pattern)]


def test_the_command_reports_and_leaves_with_one(
    data_copy: Path, server: Server, ask: Refresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from analysis.cli import reckon

    server.on(FRED, Reply(series("2025-07,124.5"), kind=CSV))
    server.on(CPI, Reply(status=410))
    got = CliRunner().invoke(reckon, ["data", "refresh", "bls", "--base", server.url])
    assert got.exit_code == 1
    assert "deflator: 1 rows added, 0 changed, 0 gone of 295" in got.stdout
    assert "problem: bls: https://pypi.org/simple/cpi/: answers 410" in got.stderr
    again = CliRunner().invoke(reckon, ["data", "refresh", "nothing", "--base", server.url])
    assert again.exit_code == 2
