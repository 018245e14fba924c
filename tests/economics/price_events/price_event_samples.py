"""Small tables of events, free limits and consumer prices."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.economics.price_events import against_rule
from analysis.economics.price_events.odds import Record

EVENTS = [
    ("Paywall", "image generator", "2024-03-01", None, 100, "yes", "no", 3, "", "B"),
    ("Unseen", "assistant", "2024-06-01", 150, None, "yes", "no", None, "", "C"),
    ("Small", "assistant", "2024-09-01", 400, None, "", "no", 5, "", "B"),
    ("Coder", "coding", "2025-01-01", None, 90, "", "no", None, "", "B"),
    ("Exact", "assistant", "2025-02-01", 100, None, "yes", "no", 4, "", "A"),
    ("Third", "assistant", "2025-03-01", None, 33, "yes", "no", 4, "", "A"),
    ("Undone", "assistant", "2025-04-01", 400, None, "yes", "yes", 4, "", "A"),
    ("Part", "assistant", "2025-05-01", None, 100, "yes", "no", 4, "yes", "B"),
    ("Shut", "assistant", "2025-06-01", None, 100, "yes", "no", 4, "", "A"),
]
IN_WINDOW = ("Now", "assistant", "2026-05-01", 200, None, "yes", "no", 3, "", "B")


def reported(*more: tuple[object, ...]) -> pd.DataFrame:
    names = ["service", "kind", "refers_to", "price_change_percent", "free_cut_percent", "large",
             "reversed", "national_outlets", "part_only", "grade"]  # fmt: skip
    frame = pd.DataFrame([*EVENTS, *more], columns=names)
    numbers = ["price_change_percent", "free_cut_percent", "national_outlets"]
    return frame.assign(
        **frame[numbers].astype(float),
        refers_to=pd.to_datetime(frame["refers_to"]),
        consumer=np.where(frame["kind"] == "coding", "no", "yes"),
        free_tier_cut=np.where(frame["free_cut_percent"].notna(), "yes", "no"),
        event=np.where(frame["service"] == "Shut", against_rule.CLOSED, "changed"),
    )


def record(end: str, *more: tuple[object, ...]) -> Record:
    return Record(against_rule.held(reported(*more)), pd.Timestamp(end))


def panel(
    limits: dict[tuple[str, str], list[float | None]], first: str = "2025-01"
) -> pd.DataFrame:
    """Daily requests by month of each (provider, model), the other limits not stated."""
    rows = [
        {"provider": provider, "model": model, "month": str(month), "requests_per_day": limit}
        for (provider, model), values in limits.items()
        for month, limit in zip(
            pd.period_range(first, periods=len(values), freq="M"), values, strict=True
        )
        if limit is not None
    ]
    blank = dict.fromkeys(("requests_per_minute", "tokens_per_day", "tokens_per_minute"), np.nan)
    return pd.DataFrame(rows).assign(**blank)


def consumer_prices(growth: float, months: int = 24, first: str = "2023-01") -> pd.DataFrame:
    """Software that grows by a factor a year against all items that stay, with a ripple."""
    names = pd.period_range(first, periods=months, freq="M").astype(str)
    years = np.arange(months) / 12
    ripple = 1 + 0.002 * np.cos(np.arange(months) * 2.1)
    software = pd.DataFrame({"month": names, "series": "software", "index": growth**years * ripple})
    items = pd.DataFrame({"month": names, "series": "all_items", "index": 100.0})
    return pd.concat([software, items], ignore_index=True)
