"""The sample site, and the last report where there is one, in a browser that refuses requests."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import sample_sweep
from asking import View
from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright

from analysis import paths
from analysis.report.site import site

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "report"))
import sample_run

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NO_BROWSER = "no Chromium on the PATH; on Debian: apt-get install chromium"
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, with the page of a sweep in ``sweep/``."""
    run = sample_run.make(tmp_path_factory.mktemp("browser") / "set")
    site.build(run, sample_run.background())
    sample_sweep.build(run.folder / "sweep")
    return run.folder


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with a hostile string at the end of every text."""
    spoil = "{}".__add__(HOSTILE).format
    run = sample_run.make(tmp_path_factory.mktemp("hostile") / "set", spoil)
    site.build(run, sample_run.background(spoil))
    sample_sweep.build(run.folder / "sweep", spoil)
    return run.folder


@pytest.fixture(scope="session")
def report() -> Path:
    """The last report of the collection, or that in ``RECKON_REPORT``."""
    latest = Path(os.environ.get("RECKON_REPORT", paths.reports() / "latest"))
    if not (latest / "index.html").is_file():
        pytest.skip("no report in reports/latest; call `make report`")
    return latest.resolve()


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of pages go: ``RECKON_SCREENSHOTS``, else a temporary folder."""
    wanted = os.environ.get("RECKON_SCREENSHOTS")
    place = Path(wanted) if wanted else tmp_path_factory.mktemp("screenshots")
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def view(browser: Browser) -> Iterator[Callable[..., View]]:
    """Opens a file at a width and in a colour scheme; further options are those of a context."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: Path,
        width: int = 1440,
        scheme: str = "light",
        scripts: bool = True,
        **options: object,
    ) -> View:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            **options,
        )
        contexts.append(context)
        shown = View(context.new_page())
        context.route("**/*", partial(_refuse, shown))
        shown.page.on("console", lambda message: shown.messages.append(message.text))
        shown.page.on("pageerror", lambda error: shown.messages.append(str(error)))
        shown.page.on("dialog", lambda dialog: _note(shown, dialog))
        return shown.go(path)

    yield open_page
    for context in contexts:
        context.close()


def _refuse(shown: View, route: Route) -> None:
    url = route.request.url.partition("#")[0]
    if url in shown.own:
        route.continue_()
    else:
        shown.requests.append(url)
        route.abort()


def _note(shown: View, dialog: object) -> None:
    shown.messages.append(f"dialog {dialog}")
    dialog.dismiss()
