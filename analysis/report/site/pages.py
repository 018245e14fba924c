"""The frame that every page of the site stands in: one style sheet, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.report import numbers, predictions_board
from analysis.report.site.notebook_page import TEMPLATES

SITE = "Compute Reckoning"
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def render(template: str, *, root: str = "", scripted: bool = False, **context: Any) -> str:
    """One page; every value in ``context`` is escaped unless it is ``Markup``.

    Args:
        template: a file in ``templates/``.
        root: the way from the page to the folder of the site, such as ``"../"``.
        scripted: whether the page may run the script files of the site.
        context: what the template shows.
    """
    css = stylesheet()
    page = _environment().get_template(template)
    frame = {"css": Markup(css), "policy": policy(css, scripted), "site": SITE, "root": root}
    return page.render(**frame, **context) + "\n"


def compile_templates() -> None:
    """Compiles all templates, which the first page of each kind would wait for."""
    for path in sorted(TEMPLATES.glob("*.j2")):
        _environment().get_template(path.name)


def write(path: Path, text: str) -> None:
    """Writes a file of the site: the same text gives the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def policy(css: str, scripted: bool = False) -> str:
    """Content-Security-Policy of a page whose only resource is this one style sheet.

    A ``scripted`` page may also run script files of its own site, and never one inside a page.
    """
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    script = "script-src 'self'; " if scripted else ""
    return (
        f"default-src 'none'; {script}style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style sheet without remarks and blank lines, as it stands in every page."""
    text = _REMARK.sub("", (TEMPLATES / "reckon.css").read_text(encoding="utf-8"))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _kept_together(text: str) -> str:
    return text.replace(" %", numbers.PERCENT)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "chance": lambda value: _kept_together(predictions_board.written(value)),
        "day": numbers.day,
        "plain": numbers.plain,
        "share": numbers.share,
        "span": lambda row: _kept_together(predictions_board.span(row)),
    }
    environment.tests["web_address"] = lambda text: bool(_WEB.match(text or ""))
    return environment
