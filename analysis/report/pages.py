"""The frame that every page of the site stands in: one style sheet, no script, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.report import numbers
from analysis.report.notebook_page import TEMPLATES

SITE = "Compute Reckoning"
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def render(template: str, **context: Any) -> str:
    """One page; every value in ``context`` is escaped unless it is ``Markup``."""
    css = stylesheet()
    page = _environment().get_template(template)
    return page.render(css=Markup(css), policy=policy(css), site=SITE, **context) + "\n"


def policy(css: str) -> str:
    """Content-Security-Policy of a page whose only resource is this one style sheet."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style sheet without remarks and blank lines, as it stands in every page."""
    text = _REMARK.sub("", (TEMPLATES / "reckon.css").read_text(encoding="utf-8"))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": numbers.day, "share": numbers.share}
    environment.tests["web_address"] = lambda text: bool(_WEB.match(text or ""))
    return environment
