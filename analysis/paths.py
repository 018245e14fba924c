"""Where things lie: everything is found from one root, never from the working directory."""

from __future__ import annotations

import os
from pathlib import Path


def root() -> Path:
    """The collection's root: ``RECKON_ROOT`` if set, else the checkout of this package."""
    override = os.environ.get("RECKON_ROOT")
    return Path(override).resolve() if override else Path(__file__).resolve().parent.parent


def data() -> Path:
    return root() / "data"


def notebooks() -> Path:
    return root() / "notebooks"


def reports() -> Path:
    return root() / "reports"
