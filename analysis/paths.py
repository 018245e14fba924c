"""Where things lie: everything is found from one root, never from the working directory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

_CHECKOUT = Path(__file__).parent.parent
_staged: ContextVar[Path | None] = ContextVar("staged", default=None)


@contextmanager
def at(root: Path) -> Iterator[None]:
    """Within the block the collection is the one in ``root``."""
    token = _staged.set(root)
    try:
        yield
    finally:
        _staged.reset(token)


def root() -> Path:
    """The collection's root: ``RECKON_ROOT`` if set, else the checkout of this package."""
    override = _staged.get() or os.environ.get("RECKON_ROOT")
    return _resolved(Path(override).absolute()) if override else _resolved(_CHECKOUT)


@lru_cache(maxsize=8)
def _resolved(path: Path) -> Path:
    return path.resolve()


def data() -> Path:
    return root() / "data"


def notebooks() -> Path:
    return root() / "notebooks"


def reports() -> Path:
    return root() / "reports"
