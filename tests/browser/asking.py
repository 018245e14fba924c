"""What the browser tests ask of a page: axe-core, and the functions of ``checks.js``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from analysis.report.site import site

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
_AXE = """tags => axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false,
}).then(found => ({
    passed: found.passes.length,
    violations: found.violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.target} ${node.failureSummary.split("\\n").slice(1).join(" ")}`
    )),
}))"""


@dataclass
class View:
    """A page and what it did: requests beyond itself and its script, messages, dialogs."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)

    def go(self, path: Path) -> View:
        """Opens a file, which may load itself and the script beside it."""
        self.own = {path.as_uri(), (path.parent / site.SCRIPT).as_uri()}
        self.page.goto(path.as_uri())
        return self


def ask(page: Page, check: str, *arguments: Any) -> Any:
    """What a function of ``checks.js`` says of the page."""
    return page.evaluate(f"given => ({_CHECKS}).{check}(...given)", arguments)


def axe(page: Page) -> list[str]:
    """Violations that axe-core finds; the debugger puts it in, so the page's policy stays on."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_AXE, TAGS)
    assert found["passed"] > 10, "axe-core looked at nothing"
    return found["violations"]
