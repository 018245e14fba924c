"""Whole sweeps in processes of this machine, with real kernels."""

from __future__ import annotations

import csv
import errno
import io
import json
import signal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner
from small_collection import Collection, alive, contents
from sweeping import (
    FAILS,
    HELD,
    NAME,
    RECORD,
    about,
    folder,
    go,
    kept,
    marks,
    start,
    swept,
    wait_for,
)

from analysis.cli import reckon
from analysis.run import cache, parameters, plan, runner
from analysis.run.handover import Limits
from analysis.run.sweep import grid, sweep


def run(*assignments: str, **options: Any) -> tuple[sweep.Swept, str]:
    stream = io.StringIO()
    points = grid.points(None, assignments)
    limits = Limits(2, cell_timeout=60, timeout=120)
    return sweep.run(
        sweep.Options(NAME, points, limits=limits, **options), stream
    ), stream.getvalue()


def parquet(folder: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table of a sweep, and the types of its columns."""
    with duckdb.connect() as connection:
        found = connection.read_parquet(str(folder / "results.parquet"))
        return found.df(), dict(zip(found.columns, map(str, found.types), strict=True))


def test_table_page_and_what_is_not_run_again(collection: Collection) -> None:
    swept(collection, RECORD)
    done, said = run("top_k=9,10,11", "level=0.9,0.95")
    assert (done.runs, done.executed, done.failures) == (6, 6, [])
    assert said.startswith("6 runs, 0 of them in the cache\n")
    assert said.endswith("6 of 6 done\n")
    table, types = parquet(done.folder)
    assert table["run"].tolist() == [1, 2, 3, 4, 5, 6]
    assert table["parameter_top_k"].tolist() == [9, 9, 10, 10, 11, 11]
    assert table["parameter_level"].tolist() == [0.9, 0.95] * 3
    assert table["estimate"].tolist() == [1799.0, 1799.0, 1800.0, 1800.0, 1801.0, 1801.0]
    points_to = table["points_to"].tolist()
    assert points_to == ["contradicted"] * 2 + ["supported"] * 2 + ["contradicted"] * 2
    assert types["parameter_start"] == "DATE"
    assert set(table["record"]) == {"evidence"} and set(table["claim"]) == {"c18"}
    before = contents(done.folder, leave_out=["sweep.json"])

    again, said = run("top_k=9,10,11", "level=0.9,0.95")
    assert again.executed == 0 and said == "6 runs, 6 of them in the cache\n"
    assert contents(again.folder, leave_out=["sweep.json"]) == before
    more, said = run("top_k=9,10,11,12", "level=0.9,0.95")
    assert more.executed == 2 and more.folder != done.folder
    forced, _ = run("top_k=9,10,11", "level=0.9,0.95", force=True)
    assert forced.executed == 6
    assert contents(forced.folder, leave_out=["sweep.json"]) == before
    assert about_all(collection) == {("ok", 6, 6), ("ok", 8, 2)}


def about_all(collection: Collection) -> set[tuple[str, int, int]]:
    found = (collection.reports / "sweeps").glob("*/sweep.json")
    read = [json.loads(path.read_text()) for path in found]
    return {(one["status"], one["runs"], one["executed"]) for one in read}


class Elements(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_failed_run_is_a_row_and_the_exit_code(collection: Collection) -> None:
    swept(collection, FAILS, RECORD, title="<script>alert(1)</script> of & frames")
    done = CliRunner().invoke(reckon, ["sweep", NAME, "-p", "top_k=2,3,4", "--jobs", "2"])
    assert done.exit_code == 1
    assert "run 2: failed: cell 4: ValueError: <b>three</b> & more" in done.stderr
    place = folder(collection)
    rows = list(csv.DictReader(io.StringIO((place / "results.csv").read_text())))
    assert [row["status"] for row in rows] == ["ok", "failed", "ok"]
    assert [row["estimate"] for row in rows] == ["1792.0", "", "1794.0"]
    assert [row["record"] for row in rows] == ["evidence", "none", "evidence"]
    assert rows[1]["error"] == "cell 4: ValueError: <b>three</b> & more"
    assert "three" in (place / "failed" / "run-2.ipynb").read_text()
    assert about(collection)["failed"] == 1
    page = (place / "index.html").read_text()
    tags = Elements(page).found
    assert not {"script", "b", "img", "iframe"} & {tag for tag, _ in tags}
    assert "&lt;b&gt;three&lt;/b&gt; &amp; more" in page and "&lt;script&gt;" in page
    links = {value for _, a in tags for n, value in a.items() if n in ("href", "src") and value}
    assert all(value.startswith(("#", "data:", "index.html", "results.")) for value in links)
    assert [tag for tag, _ in tags].count("figure") == 1

    swept(collection, RECORD, title="mended")  # another key: nothing of the old one is reused
    mended = CliRunner().invoke(reckon, ["sweep", NAME, "-p", "top_k=2,3,4", "--jobs", "2"])
    assert mended.exit_code == 0, mended.stderr
    assert about(collection)["failed"] == 0 and not (folder(collection) / "failed").exists()


def test_a_killed_sweep_goes_on_where_it_was(collection: Collection) -> None:
    swept(collection, HELD, RECORD)
    arguments = ["-p", "top_k=1,2,3,4", "--jobs", "2"]
    with start(collection, *arguments) as killed:
        wait_for("two results", lambda: kept(collection) == 2 and len(marks(collection)) == 4)
        killed.send_signal(signal.SIGKILL)
    wait_for("orphans", lambda: not any(alive(kernel) for _, kernel in marks(collection)))
    assert not (collection.reports / "sweeps").exists()
    go(collection)
    with start(collection, *arguments) as again:
        _, said = again.communicate()
    assert again.returncode == 0, said
    assert "4 runs, 2 of them in the cache" in said
    assert about(collection)["executed"] == 2
    assert sorted(k for k, _ in marks(collection)) == [1, 2, 3, 3, 4, 4]


def test_an_interrupted_sweep_leaves_nothing_running(collection: Collection) -> None:
    swept(collection, HELD, RECORD)
    with start(collection, "-p", "top_k=3,4,5", "--jobs", "2") as stopped:
        wait_for("two runs", lambda: len(marks(collection)) == 2)
        stopped.send_signal(signal.SIGTERM)
    assert stopped.returncode == 128 + signal.SIGTERM
    assert not any(alive(kernel) for _, kernel in marks(collection))


def test_days_may_vary(collection: Collection) -> None:
    load = "from analysis import tables\ncount = len(tables.load('training_runs', as_of=as_of))"
    record = 'from analysis.claims import ledger\nledger.record("c18", count, None, "frames", 1)'
    swept(collection, load, record)
    done, _ = run("as_of=2024-01-01,2025-01-01,latest")
    found, types = parquet(done.folder)
    assert types["parameter_as_of"] == "DATE"
    assert found["estimate"].is_monotonic_increasing and found["estimate"].nunique() == 3
    assert "Data as of several days" in (done.folder / "index.html").read_text()


def test_an_edit_while_it_runs_is_not_kept_under_the_old_key(collection: Collection) -> None:
    edit = (
        "import os, pathlib, json\n"
        f"file = pathlib.Path(os.environ['RECKON_ROOT']) / 'notebooks' / '{NAME}.ipynb'\n"
        "text = json.loads(file.read_text())\n"
        "text['cells'][-1]['source'] = '# edited'\n"
        "file.write_text(json.dumps(text))"
    )
    swept(collection, edit, RECORD)
    done, _ = run("top_k=5,6")
    assert done.executed == 2 and kept(collection) == 0


def test_a_run_is_told_of_earlier_runs_not_of_sweeps(collection: Collection) -> None:
    swept(collection, RECORD)
    run("top_k=5,6")
    task = plan.task(NAME, parameters.check(NAME, top_k=7))
    assert cache.why(task) == "never run"
    options = runner.Options(values={"top_k": "5"})
    done = runner.run(options, stream := io.StringIO())
    assert not done.run.failed and "unchanged, reused" in stream.getvalue()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([NAME], "no grid"),
        ([NAME, "-p", "topk=1"], "did you mean 'top_k'"),
        ([NAME, "-p", "top_k=1,99"], "point 2 of 2"),
        ([NAME, "--grid", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["02_trainign_cost", "-p", "top_k=1"], f"did you mean '{NAME}'"),
        ([NAME, "-p", "top_k=1", "--scheduler", "tcp://x:1"], "goes with --executor dask"),
    ],
)
def test_bad_input_leaves_nothing(collection: Collection, arguments: list[str], said: str) -> None:
    swept(collection, RECORD)
    done = CliRunner().invoke(reckon, ["sweep", *arguments])
    assert done.exit_code == 2 and said in done.stderr
    assert list(collection.reports.iterdir()) == []


def test_a_full_disk_is_told_in_a_line(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "results.csv")

    swept(collection, RECORD)
    monkeypatch.setattr(sweep, "publish_all", full)
    done = CliRunner().invoke(reckon, ["sweep", NAME, "-p", "top_k=1"])
    assert done.exit_code == 1
    assert "error: results.csv: No space left on device. The run ended there" in done.stderr
