"""A small collection, ``reckon`` on it as a process of its own, and what that leaves behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from run.small_collection import RECORD, Collection, alive, contents

import analysis

STAGED = Path(__file__).with_name("staged.py")
MARKER = "RECKON_FAULT_TEST"
PATIENCE = 600
"""Seconds after which a test gives up: many times what any step takes, however busy the machine."""
HOLD = """\
import os, pathlib, subprocess, time
if at := os.environ.get("FAULT_CELL"):
    child = subprocess.Popen(["sleep", "3600"])
    pathlib.Path(at + ".new").write_text(f"{os.getpid()} {child.pid}")
    os.rename(at + ".new", at)
    while os.path.exists(at):
        time.sleep(0.02)"""
"""A cell that says that it is there, with its process and a child, and goes on when told to."""
KNOWN = {".sets", ".cache", ".publishing.lock", ".schedule"}


def heed_keys() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Process(subprocess.Popen[str]):
    """A run; ``with`` ends it when the test is over early, where it would wait for it for ever."""

    def ended(self) -> str:
        """Waits for its end; gives its messages."""
        return self.communicate(timeout=PATIENCE)[1]

    def __exit__(self, kind: type[BaseException] | None, *about: object) -> None:
        if kind is not None and self.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
        super().__exit__(kind, *about)  # type: ignore[arg-type]


@dataclass
class Engine:
    """A collection whose runs are processes that carry a mark, so that strays can be found."""

    root: Path
    temporary: Path
    value: int = 0
    collection: Collection = field(init=False)
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        new = not self.root.exists()
        self.collection = Collection(self.root)
        if new:
            self.collection.write("04_second", "1 + 1")
            self.edit()

    def edit(self) -> str:
        """Gives the first notebook another result; returns what its page then says."""
        self.value += 1
        self.collection.write("01_article_audit", RECORD, HOLD, f"print('result', {self.value})")
        return f"result {self.value}"

    @property
    def reports(self) -> Path:
        return self.collection.reports

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        package = str(Path(analysis.__file__).resolve().parent.parent)
        own = {"RECKON_ROOT": str(self.root), "TMPDIR": str(self.temporary), MARKER: self.mark}
        kept = {key: value for key, value in os.environ.items() if key != "RECKON_EVIDENCE"}
        return kept | own | {"PYTHONPATH": package} | dict(more or {})

    def start(
        self,
        *arguments: str,
        stop: Sequence[str] = (),
        more: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
        **options: object,
    ) -> Process:
        """Starts ``reckon``, to be stopped at ``stop`` (see ``staged.py``)."""
        jobs = ("--jobs", "2") if arguments[0] == "run" and "--jobs" not in arguments else ()
        reckon = str(Path(sys.executable).with_name("reckon"))
        command = [*before, sys.executable, *([str(STAGED), *stop] if stop else [reckon])]
        # A shell that runs these tests in the background has the key at the terminal ignored.
        options = {"preexec_fn": heed_keys, "stderr": subprocess.PIPE} | options
        return Process(  # type: ignore[call-overload, no-any-return]
            [*command, *arguments, *jobs],
            env=self.environment(more), cwd=self.root, text=True,
            stdout=subprocess.PIPE, start_new_session=True, **options,
        )  # fmt: skip

    def run(self, *arguments: str, command: str = "run", **options: object) -> tuple[int, str, str]:
        """Exit status, output and messages of ``reckon run``, or of another command."""
        with self.start(command, *arguments, **options) as process:  # type: ignore[arg-type]
            out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err

    def good(self) -> dict[str, bytes]:
        """What a run that ends well makes of the collection as it is."""
        status, _, said = self.run()
        assert status == 0, said
        return self.served()

    def served(self) -> dict[str, bytes]:
        """The files of the last good report."""
        return contents(self.collection.link("latest"))

    def strays(self) -> list[str]:
        """Processes of any run on this collection that are still there."""
        wanted = f"{MARKER}={self.mark}".encode()
        found = []
        for process in Path("/proc").iterdir():
            try:
                if process.name.isdigit() and wanted in (process / "environ").read_bytes():
                    command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if alive(int(process.name)):
                        found.append(f"{process.name} {command}")
            except OSError:
                continue
        return found

    def leftovers(self) -> list[str]:
        """Temporary files and half-made things, in the temporary folder and under ``reports``."""
        half = [path for path in self.reports.rglob(".*") if path.name not in KNOWN]
        return sorted(str(path) for path in [*self.temporary.iterdir(), *half])

    def an_hour_passes(self) -> None:
        """For files that a writer left; folders have no such delay."""
        for path in map(Path, self.leftovers()):
            if path.is_file() and not path.is_symlink():
                os.utime(path, (time.time() - 4000,) * 2)

    def heals(self) -> None:
        """No process is left; the next run gives the whole report and clears up."""
        self.nobody_is_left()
        self.an_hour_passes()
        assert self.says(self.good()) == f"result {self.value}"
        self.nobody_is_left()
        assert self.leftovers() == [], self.leftovers()

    def nobody_is_left(self) -> None:
        wait_for(lambda: not self.strays(), lambda: f"still there: {self.strays()}")

    @staticmethod
    def says(report: Mapping[str, bytes]) -> str:
        """The result on the page of the first notebook, in a report that has all its pages."""
        assert report.keys() >= {"index.html", "04_second.html", "evidence.json", "claims.json"}
        (result,) = re.findall(r"result \d+$", report["01_article_audit.html"].decode(), re.M)
        return result

    def end(self) -> None:
        for stray in self.strays():
            os.kill(int(stray.split()[0]), signal.SIGKILL)


def wait_for(
    condition: Callable[[], object], told: Callable[[], str], seconds: float = PATIENCE
) -> None:
    """Looks again and again until ``condition`` holds, and fails when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, told()
        time.sleep(0.02)
