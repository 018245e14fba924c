"""First paint of the front page from disk, as a ratio to an empty page within one run.

Run ``python -m benchmarks.first_paint`` after ``make report``; it needs a Chromium on the PATH.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from analysis import paths

ROUNDS = 15
GOAL_SECONDS = 0.5
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
EMPTY = "<!doctype html><html lang=en><meta charset=utf-8><title>Empty</title><p>.</p></html>"
_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
}).observe({type: "paint", buffered: true}))"""


def main() -> None:
    """Writes both medians, their ratio, and whether the goal is met."""
    front = paths.reports() / "latest" / "index.html"
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None or not front.is_file():
        print("first paint: needs Chromium on the PATH (apt-get install chromium), `make report`")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        empty = Path(folder) / "empty.html"
        empty.write_text(EMPTY, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        pages = {"front page": front.resolve(), "empty page": empty}
        took: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, page in pages.items():  # in turns, so that a busy machine hits both
                took[name].append(_seconds(browser, page))
        browser.close()
    medians = {name: statistics.median(times) for name, times in took.items()}
    for name, seconds in medians.items():
        print(f"{name}: first paint after {seconds:.3f} s, slowest {max(took[name]):.3f} s")
    ratio = medians["front page"] / medians["empty page"]
    met = "met" if medians["front page"] < GOAL_SECONDS else "missed"
    print(f"front page ÷ empty page: {ratio:.2f}; goal of {GOAL_SECONDS} s {met}")


def _seconds(browser: Browser, path: Path) -> float:
    """From the start of navigation to the first contentful paint, in a context of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    milliseconds = float(page.evaluate(_PAINT))
    context.close()
    return milliseconds / 1000


if __name__ == "__main__":
    main()
