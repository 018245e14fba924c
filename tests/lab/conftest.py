"""JupyterLab as `make lab` starts it, on a copy of the notebooks, in a real browser."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
TOKEN = "for-this-test-only"
START_SECONDS = 90


@dataclass(frozen=True)
class Lab:
    """A running server and the folder that it serves."""

    url: str
    folder: Path

    def page(self, path: str) -> str:
        """The address of a file in JupyterLab, with no tabs left from before."""
        return f"{self.url}/lab/tree/{path}?token={TOKEN}&reset"

    @property
    def front(self) -> str:
        """The address that a browser is sent to first."""
        return f"{self.url}/?token={TOKEN}"

    def end_kernels(self) -> None:
        """Shuts down what earlier pages left running."""
        headers = {"Authorization": f"token {TOKEN}"}
        for session in self.call("api/sessions"):
            address = f"{self.url}/api/sessions/{session['id']}"
            urlopen(Request(address, headers=headers, method="DELETE"), timeout=30).close()

    def until(self, holds: Callable[[Lab], bool], seconds: float = 60) -> None:
        """Waits until something holds of the server."""
        end = time.monotonic() + seconds
        while not holds(self):
            if time.monotonic() > end:
                pytest.fail(f"not so after {seconds:g} s: {holds.__doc__}")
            time.sleep(0.2)

    def call(self, path: str, body: Any = None) -> Any:
        """GET, or POST where there is a body; the answer from JSON."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        with urlopen(Request(f"{self.url}/{path}", content, headers), timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """`make lab` in a folder of its own; code and data are those of this checkout."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "docs", ".jupyter/config"):
        shutil.copytree(ROOT / name, folder / name)
    profile = Path(".jupyter", "profile_default", "ipython_config.py")
    (folder / profile).parent.mkdir()
    shutil.copy(ROOT / profile, folder / profile)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"--no-browser --port={port} --IdentityProvider.token={TOKEN} --allow-root"
    command = ["make", "-f", ROOT / "Makefile", "-o", "setup-lab", "lab"]
    command += [f"LAB_VENV={sys.prefix}", f"LAB_OPTIONS={options}"]
    own = {f"JUPYTER_{kind}_DIR": str(folder / "own" / kind) for kind in _KINDS}
    log = (folder / "server.log").open("w")
    running = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | own | {"RECKON_ROOT": str(ROOT)},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    found = Lab(f"http://127.0.0.1:{port}", folder)
    try:
        _wait(found, running)
        yield found
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)
        log.close()


_KINDS = ("CONFIG", "DATA", "RUNTIME")


def _wait(lab: Lab, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and running.poll() is None:
        with contextlib.suppress(URLError, ConnectionError):
            lab.call("api/status")
            return
        time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{(lab.folder / 'server.log').read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on the PATH; on Debian: apt-get install chromium")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()
