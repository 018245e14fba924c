"""The sample site in a real browser that refuses every request but for the pages themselves."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "report"))
import sample_run

from analysis.report.site import site

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"


@dataclass
class View:
    """A page and what it did: requests beyond itself and its script, messages, dialogs."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on the PATH; on Debian: apt-get install chromium")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site."""
    run = sample_run.make(tmp_path_factory.mktemp("browser") / "set")
    site.build(run, sample_run.background())
    return run.folder


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with a hostile string at the end of every text."""
    spoil = "{}".__add__(HOSTILE).format
    run = sample_run.make(tmp_path_factory.mktemp("hostile") / "set", spoil)
    site.build(run, sample_run.background(spoil))
    return run.folder


@pytest.fixture
def view(browser: Browser) -> Iterator[Callable[..., View]]:
    """Opens a file at a width and in a colour scheme."""
    contexts = []

    def open_page(
        path: Path, width: int = 1440, scheme: str = "light", scripts: bool = True
    ) -> View:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        shown = View(context.new_page())
        own = {path.as_uri(), (path.parent / site.SCRIPT).as_uri()}
        context.route("**/*", partial(_refuse, shown, own))
        shown.page.on("console", lambda message: shown.messages.append(message.text))
        shown.page.on("pageerror", lambda error: shown.messages.append(str(error)))
        shown.page.on("dialog", lambda dialog: _note(shown, dialog))
        shown.page.goto(path.as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()


def _refuse(shown: View, own: set[str], route: Route) -> None:
    url = route.request.url.partition("#")[0]
    if url in own:
        route.continue_()
    else:
        shown.requests.append(url)
        route.abort()


def _note(shown: View, dialog: object) -> None:
    shown.messages.append(f"dialog {dialog}")
    dialog.dismiss()
