"""Names that a new part of the collection may have, and where its text comes from."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

import analysis
from analysis import paths
from analysis.errors import ReckonError

_WORDS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 40
TEMPLATES = Path(__file__).parent / "templates"


def check(kind: str, name: str, taken: Collection[str]) -> None:
    """Whether a notebook or table may be called so; it names a module as well.

    Raises:
        ReckonError: for another form, a word of Python, and a name that is taken.
    """
    if not _WORDS.fullmatch(name) or len(name) > _LONGEST or keyword.iskeyword(name):
        raise ReckonError(
            f"{name!r} cannot name a {kind}: write lower-case words joined by _, at most "
            f"{_LONGEST} characters, as in gpu_lead_times"
        )
    if name in taken:
        raise ReckonError(f"{name!r} is taken: choose another name for the {kind}")


def code() -> Path:
    """The package that new modules go to: that of the checkout with the data.

    Raises:
        ReckonError: when code and data are not those of one checkout.
    """
    package = Path(analysis.__file__).resolve().parent
    if package.parent != paths.root():
        raise ReckonError(
            f"the data are in {paths.root()} and the code is in {package.parent}: call reckon from "
            "a checkout, without RECKON_ROOT"
        )
    return package


def render(template: str, **values: Any) -> str:
    """A text of ``templates/``."""
    return str(_environment().get_template(template).render(**values))


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # these are Python, YAML and Markdown, and the names are checked above
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
