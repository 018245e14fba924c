"""Kernels forked from a warm parent are ordinary kernels, and none outlives its reason."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from small_collection import FIGURE, RECORD, TRAINING, Collection, alive, contents

import analysis
from analysis.run import ahead, environment, runner
from analysis.run.handover import Limits
from analysis.run.warm import parent, process, provisioner, server
from analysis.run.warm.messages import send

pytestmark = pytest.mark.skipif(parent.why_not() is not None, reason=str(parent.why_not()))
PACKAGE = Path(analysis.__file__).parent
TINY = "analysis.errors"
COUNT = itertools.count()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with parent.running(tmp_path, [TINY], environment.for_kernel(tmp_path, None)) as found:
        assert found is not None
        yield found


class Manager(KernelManager):
    """A kernel of the warm parent at ``address``, as jupyter_client starts it."""

    address = ""

    @property
    def kernel_spec(self) -> KernelSpec:
        warm = {"provisioner_name": provisioner.NAME, "config": {"address": self.address}}
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, language="python", metadata={"kernel_provisioner": warm})


@contextlib.contextmanager
def kernel(address: str, folder: Path) -> Iterator[Manager]:
    manager = Manager(transport="ipc", ip=str(folder / f"k{next(COUNT)}"))
    manager.address = address
    manager.start_kernel(env=environment.for_kernel(folder, None), cwd=str(folder))
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)
        manager.context.destroy()


def outputs(manager: Manager, code: str) -> list[dict]:
    """What a cell displays, each as the types it comes in; its text for streams."""
    client: BlockingKernelClient = manager.client()
    client.start_channels()
    shown: list[dict] = []

    def keep(message: dict) -> None:
        content = message["content"]
        if message["msg_type"] in ("display_data", "execute_result", "stream", "error"):
            shown.append(content.get("data") or content)

    try:
        client.wait_for_ready(timeout=60)
        client.execute_interactive(code, output_hook=keep, timeout=60)
    finally:
        client.stop_channels()
    return shown


def said(manager: Manager, expression: str) -> str:
    (stream,) = outputs(manager, f"print({expression})")
    return stream["text"].strip()


def gone(number: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while alive(number) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(number)


def test_a_plain_figure_is_shown(address: str, tmp_path: Path) -> None:
    with kernel(address, tmp_path) as one:
        shown = outputs(one, FIGURE)
    assert any("image/png" in data for data in shown)


def test_a_kernel_is_a_process_of_its_own(address: str, tmp_path: Path) -> None:
    draw = "__import__('random').random(), __import__('numpy').random.rand()"
    with kernel(address, tmp_path) as first, kernel(address, tmp_path) as second:
        assert first.provisioner.cold is None
        assert said(first, "__import__('os').getpid()") == str(first.provisioner.pid)
        assert os.getpgid(first.provisioner.pid) == first.provisioner.pid
        assert said(first, draw) != said(second, draw)
        outputs(first, "import analysis.errors; analysis.errors.mark = 1")
        assert said(second, "hasattr(__import__('analysis.errors').errors, 'mark')") == "False"
        assert said(first, "__import__('os').getcwd()") == str(tmp_path)


def test_exit_status_reaches_the_client(address: str, tmp_path: Path) -> None:
    with kernel(address, tmp_path) as one:
        os.kill(one.provisioner.pid, signal.SIGKILL)
        assert one.provisioner.process.wait(10) == -signal.SIGKILL


def test_kernel_ends_with_its_client(address: str, tmp_path: Path) -> None:
    code = (
        "import sys, os, time; from pathlib import Path\n"
        "from analysis.run.warm import process\n"
        "kernel = process.start(sys.argv[1], ['-f', sys.argv[2]], os.environ, Path.cwd())\n"
        "print(kernel.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, address, str(tmp_path / "connection.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        number = int(client.stdout.readline())
        assert alive(number)
        client.kill()
    assert gone(number)


@contextlib.contextmanager
def started(address: str, folder: Path) -> Iterator[process.WarmProcess]:
    """A kernel whose client hangs up at the end of the block."""
    connection = folder / f"c{next(COUNT)}.json"
    one = process.start(address, ["-f", str(connection)], os.environ, folder)
    with one.connection:
        yield one


def test_the_end_of_a_client_is_no_matter_to_other_kernels(address: str, tmp_path: Path) -> None:
    with started(address, tmp_path) as kept:
        for killed_first in (False, True):
            with started(address, tmp_path) as lost:
                if killed_first:  # the kernel's end and its client's are one event
                    os.kill(lost.pid, signal.SIGKILL)
            assert gone(lost.pid)
        with started(address, tmp_path) as later:
            assert kept.poll() is later.poll() is None


def test_a_client_that_left_before_its_answer_is_no_matter(address: str, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(address)
        send(client, {"arguments": [], "environment": {}, "folder": str(tmp_path)}, (1, 2))
    with started(address, tmp_path) as one:
        assert one.poll() is None


def test_a_silent_client_does_not_keep_others_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener, ours = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    monkeypatch.setattr(server, "_PATIENCE", 0.1)
    with listener, ours:
        listener.bind(str(tmp_path / "warm"))
        listener.listen()
        ours.connect(str(tmp_path / "warm"))
        one = server.Server.__new__(server.Server)
        one.listener = listener
        one.welcome()
        assert ours.recv(1) == b""


def test_children_of_the_kernel_end_with_it(address: str, tmp_path: Path) -> None:
    with kernel(address, tmp_path) as one:
        text = said(one, "__import__('subprocess').Popen(['sleep', '60']).pid")
        os.kill(one.provisioner.pid, signal.SIGKILL)
        assert gone(int(text))


def test_kernels_end_with_the_parent(tmp_path: Path) -> None:
    connection = str(tmp_path / "c.json")
    with parent.running(tmp_path, [], environment.for_kernel(tmp_path, None)) as address:
        one = process.start(str(address), ["-f", connection], os.environ, tmp_path)
        assert alive(one.pid)
    assert gone(one.pid)
    assert one.wait(5) == -signal.SIGKILL
    with pytest.raises(process.NotWarm, match="does not answer"):
        process.start(str(address), [], os.environ, tmp_path)


def test_parent_with_threads_refuses(tmp_path: Path) -> None:
    (tmp_path / "threaded.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    )
    around = environment.for_kernel(tmp_path, None)
    around["PYTHONPATH"] = os.pathsep.join([str(tmp_path), around["PYTHONPATH"]])
    with (
        parent.running(tmp_path, ["threaded"], around) as address,
        kernel(str(address), tmp_path) as one,
    ):
        assert said(one, "1 + 1") == "2"
        assert "2 threads" in one.provisioner.cold


def test_module_that_cannot_be_imported_is_left_to_the_notebook(tmp_path: Path) -> None:
    around = environment.for_kernel(tmp_path, None)
    with (
        parent.running(tmp_path, ["analysis.no_such_module"], around) as address,
        kernel(str(address), tmp_path) as one,
    ):
        assert one.provisioner.cold is None
        (error,) = outputs(one, "import analysis.no_such_module")
        assert error["ename"] == "ModuleNotFoundError"
    assert "no_such_module is not preloaded" in (tmp_path / "warm.log").read_text()


def test_parent_that_does_not_start_leaves_ordinary_kernels(tmp_path: Path) -> None:
    around = environment.for_kernel(tmp_path, None) | {"PYTHONHOME": str(tmp_path)}
    with (
        parent.running(tmp_path, [], around) as address,
        kernel(str(address), tmp_path) as one,
    ):
        assert said(one, "1 + 1") == "2"
        assert "does not answer" in one.provisioner.cold


def test_edited_module_restarts_the_parent(tmp_path: Path) -> None:
    """New kernels see the edit; those that run go on, and are still looked after."""
    shutil.copytree(PACKAGE, tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    around = environment.for_kernel(tmp_path, None) | {"PYTHONPATH": str(tmp_path)}
    look = "__import__('analysis.errors').errors.__doc__"
    edited = tmp_path / "analysis" / "errors.py"
    with (
        parent.running(tmp_path, [TINY], around) as address,
        kernel(str(address), tmp_path) as before,
    ):
        text = said(before, look)
        edited.write_text(f'"""Edited."""\n{edited.read_text().split(chr(34) * 3, 2)[2]}')
        with kernel(str(address), tmp_path) as after:
            assert after.provisioner.cold is None
            assert said(after, look) == "Edited."
            assert said(before, look) == text != "Edited."
        os.kill(before.provisioner.pid, signal.SIGKILL)
        assert before.provisioner.process.wait(10) == -signal.SIGKILL


@pytest.fixture
def two(collection: Collection) -> Collection:
    collection.write("01_article_audit", RECORD, FIGURE)
    science = "import numpy, pandas, seaborn\nprint(pandas.Series([1.5]).sum())"
    collection.write("02_training_cost", science, parameters=TRAINING)
    return collection


def test_warm_and_ordinary_kernels_give_the_same_bytes(two: Collection) -> None:
    found = []
    for warm in (True, False):
        done = runner.run(runner.Options(force=True, limits=Limits(2, warm=warm)))
        assert not done.run.failed
        found.append(contents(done.link.resolve()))
        shutil.rmtree(two.reports / ".sets")
    assert found[0] == found[1]
    assert any(b"<img" in text for name, text in found[0].items() if name.endswith(".html"))


def test_where_forking_is_unsafe_the_run_says_so(
    two: Collection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parent, "why_not", lambda: "not safe on this system")
    done = runner.run(runner.Options(limits=Limits(2)))
    assert not done.run.failed
    assert "kernels start cold: not safe on this system" in capsys.readouterr().err


def test_all_kernels_of_a_cold_run_have_one_parent(collection: Collection) -> None:
    """Also that of the last notebook, which starts when the others have ended."""
    for name in ("01_article_audit", "11_energy_of_a_test", "99_verdict"):
        collection.write(name, "import os\nos.getppid()")
    with ahead.begun((), force=True) as early:
        assert early is not None
        done = runner.run(runner.Options(force=True), warm=early)
        begun = Path(early.address).parent / "warm.log"
        assert early.told and "not preloaded" not in begun.read_text()
    assert len(_parents(done)) == 1 and _parents(done) != {str(os.getpid())}
    assert len(_parents(runner.run(runner.Options(force=True)))) == 1


def _parents(done: runner.Published) -> set[str]:
    """What the last cells showed, each the process that its kernel was forked from."""
    found = set()
    for path in (done.link / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text())["cells"]
        found.add("".join(cells[-1]["outputs"][0]["data"]["text/plain"]))
    return found


def test_a_module_edited_while_the_parent_imports_is_seen(tmp_path: Path) -> None:
    """It was imported as it was, and the plan that comes after knows it as it is."""
    shutil.copytree(PACKAGE, tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    around = environment.for_kernel(tmp_path, None) | {"PYTHONPATH": str(tmp_path)}
    around["PYTHONDONTWRITEBYTECODE"] = ""
    edited = tmp_path / "analysis" / "errors.py"
    with parent.begun(tmp_path, around) as early:
        imported = (
            tmp_path / "analysis" / "__pycache__" / f"errors.{sys.implementation.cache_tag}.pyc"
        )
        end = time.monotonic() + 60
        while not imported.exists() and time.monotonic() < end:
            time.sleep(0.05)
        edited.write_text(f'"""Edited."""\n{edited.read_text().split(chr(34) * 3, 2)[2]}')
        early.preload([TINY])
        with kernel(early.address, tmp_path) as after:
            assert after.provisioner.cold is None
            assert said(after, "__import__('analysis.errors').errors.__doc__") == "Edited."
