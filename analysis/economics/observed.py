"""To which day tables show what happened."""

from __future__ import annotations

import pandas as pd


def last_day(*loaded: pd.DataFrame) -> pd.Timestamp:
    """The last day that all tables, as loaded, would show an event of: min(observed, as of)."""
    return min(
        pd.Timestamp(table.attrs[name])
        for table in loaded
        for name in ("observed_through", "as_of")
    )
