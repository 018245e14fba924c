"""Sweeps on a real Dask scheduler with two worker processes, and what happens when they die."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from small_collection import Collection, alive, contents
from sweeping import (
    FAILS,
    HELD,
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

from analysis.run.warm import parent

pytest.importorskip("distributed")
QUIET = ["--no-dashboard", "--host", "127.0.0.1"]


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, collection: Collection, place: Path, stack: ExitStack) -> None:
        self.root, self.place, self.stack = collection.root, place, stack
        self.file = place / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(self.file))
        wait_for("no scheduler", self.file.exists)
        self.workers = [self.worker() for _ in range(2)]

    def worker(self, root: Path | None = None) -> subprocess.Popen[bytes]:
        where = ["--scheduler-file", str(self.file), "--local-directory", str(self.place)]
        return self._start("worker", *where, "--nthreads", "1", "--no-nanny", root=root)

    @property
    def address(self) -> str:
        return json.loads(self.file.read_text())["address"]

    def _start(self, what: str, *more: str, root: Path | None = None) -> subprocess.Popen[bytes]:
        around = os.environ | {"RECKON_ROOT": str(root or self.root)}
        log = self.stack.enter_context((self.place / f"{what}.log").open("ab"))
        command = [sys.executable, "-m", "dask", what, *more, *QUIET]
        process = subprocess.Popen(command, env=around, stdout=log, stderr=log)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process


@pytest.fixture
def cluster(collection: Collection, tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(collection, tmp_path, stack)


def on(cluster: Cluster, *points: str) -> list[str]:
    return ["-p", *points, "--executor", "dask", "--scheduler", cluster.address]


def test_same_bytes_as_here_and_failures_as_rows(cluster: Cluster, collection: Collection) -> None:
    swept(collection, FAILS, RECORD)
    with start(collection, *on(cluster, "top_k=1,2,3,4,5")) as there:
        _, said = there.communicate()
    assert there.returncode == 1 and "run 3: failed: cell 4: ValueError" in said
    assert kept(collection) == 4
    first = contents(folder(collection), leave_out=["sweep.json"])
    shutil.rmtree(collection.reports / ".cache")
    with start(collection, "-p", "top_k=1,2,3,4,5", "--jobs", "2") as here:
        here.communicate()
    assert contents(folder(collection), leave_out=["sweep.json"]) == first
    assert "results.parquet" in first and "failed/run-3.ipynb" in first
    wait_for("warm parents outlive the sweep", lambda: not warm_parents(cluster))


def warm_parents(cluster: Cluster) -> list[str]:
    """Processes that the workers started and that still run."""
    found = []
    for worker in cluster.workers:
        children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
        found += children.read_text().split() if children.exists() else []
    return found


def test_a_killed_worker_s_runs_are_run_elsewhere(cluster: Cluster, collection: Collection) -> None:
    swept(collection, HELD, RECORD)
    with start(collection, *on(cluster, "top_k=1,2,3,4,5,6")) as sweep:
        wait_for("both at work", lambda: {k for k, _ in marks(collection)} >= {1, 2, 3, 4})
        before = marks(collection)
        cluster.workers[0].send_signal(signal.SIGKILL)
        wait_for("another run", lambda: len({p for _, p in marks(collection) if alive(p)}) == 1)
        go(collection)
        _, said = sweep.communicate()
    assert sweep.returncode == 0, said
    assert about(collection)["failed"] == 0 and about(collection)["executed"] == 6
    began = [k for k, _ in marks(collection)]
    assert sorted(set(began)) == [1, 2, 3, 4, 5, 6] and len(began) == 7
    wait_for("orphans", lambda: not any(alive(p) for _, p in before))


KILLS = """\
import os, pathlib, signal
if top_k == 3:
    stat = pathlib.Path(f"/proc/{os.getppid()}/stat").read_text()
    os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)"""


@pytest.mark.skipif(parent.why_not() is not None, reason=str(parent.why_not()))
def test_a_point_that_kills_its_worker_is_a_failed_run(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    swept(collection, KILLS, RECORD)
    with ExitStack() as stack:
        cluster = Cluster(collection, tmp_path, stack)
        with start(collection, *on(cluster, "top_k=3,4")) as sweep:
            _, said = sweep.communicate()
    assert sweep.returncode == 1 and "run 1 killed: KilledWorker" in said
    assert "Traceback" not in said
    assert about(collection)["failed"] == 1 and kept(collection) == 1


def test_a_lost_scheduler_is_said_and_nothing_done_is_lost(
    cluster: Cluster, collection: Collection
) -> None:
    swept(collection, HELD, RECORD)
    with start(collection, *on(cluster, "top_k=1,2,3,4")) as sweep:
        wait_for("two results", lambda: kept(collection) == 2 and len(marks(collection)) == 4)
        cluster.scheduler.send_signal(signal.SIGKILL)
        _, said = sweep.communicate(timeout=180)
    assert sweep.returncode == 1
    assert "error: the Dask scheduler was lost" in said and "goes on from there" in said
    assert "Traceback" not in said
    assert not (collection.reports / "sweeps").exists()
    go(collection)
    with start(collection, "-p", "top_k=1,2,3,4", "--jobs", "2") as again:
        _, said = again.communicate()
    assert again.returncode == 0 and "4 runs, 2 of them in the cache" in said


def test_a_worker_with_other_files_runs_nothing(collection: Collection, tmp_path: Path) -> None:
    swept(collection, RECORD)
    other = Collection(tmp_path / "other")
    swept(other, RECORD, "1 + 1")
    with ExitStack() as stack:
        cluster = Cluster(other, tmp_path, stack)
        with start(collection, *on(cluster, "top_k=1,2")) as sweep:
            _, said = sweep.communicate()
    assert sweep.returncode == 1
    assert "a Dask worker has another checkout; changed: cell 3 (gone)" in said
    assert "Traceback" not in said and kept(collection) == 0


def test_workers_of_its_own_where_no_scheduler_is_named(collection: Collection) -> None:
    swept(collection, RECORD)
    arguments = ["-p", "top_k=1,2,3", "--executor", "dask", "--jobs", "2"]
    with start(collection, *arguments) as sweep:
        _, said = sweep.communicate()
    assert sweep.returncode == 0, said
    told = ["3 runs, 0 of them in the cache", "1 of 3 done", "2 of 3 done", "3 of 3 done"]
    assert said.splitlines() == told
    assert about(collection)["executor"] == "dask"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://here"])
def test_a_scheduler_that_is_not_there(collection: Collection, address: str) -> None:
    swept(collection, RECORD)
    arguments = ["-p", "top_k=1,2", "--executor", "dask", "--scheduler", address]
    with start(collection, *arguments) as sweep:
        _, said = sweep.communicate(timeout=180)
    assert sweep.returncode == 1
    assert f"error: no Dask scheduler answers at {address}" in said and "Traceback" not in said
