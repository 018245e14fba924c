"""What the figures of the scenarios share: one panel an output."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError

WIDTH = 5.0
TIMES = "times"


def present(table: pd.DataFrame, outputs: Sequence[str]) -> list[str]:
    """Those of ``outputs`` that the table has.

    Raises:
        InputError: when it has none of them.
    """
    names = [name for name in outputs if (table["output"] == name).any()]
    if not names:
        raise InputError("outputs", "none of them could be simulated")
    return names


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return f"{text[0].upper()}{text[1:]}"
