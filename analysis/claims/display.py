"""Showing a bundle of representations at once, where there is a notebook to show it in."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any


def show(bundle: Mapping[str, Any]) -> None:
    """Displays a MIME bundle; does nothing outside IPython."""
    if "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    if get_ipython() is None:
        return
    from IPython.display import display

    display(dict(bundle), raw=True)
