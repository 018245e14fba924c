"""Growth of prices by period: of a fixed ability, of the best model, at launch."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.claims.answer import Answer, attempt
from analysis.economics.prices import equal_ability
from analysis.economics.prices import series as price_series
from analysis.economics.prices.capability import monthly_growth
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError

PERIODS = {
    "before 2025": ("2023-04-01", "2024-12-31"),
    "since 2025": ("2025-01-01", None),
    "2026": ("2026-01-01", None),
    "all months": ("2023-04-01", None),
}
FIXED, BEST, LAUNCH = "price of GPT-4's ability", "price of the best model", "launch, equal ability"


def by_period(
    panels: dict[str, Panel],
    threshold: float,
    cpi: pd.DataFrame | None = None,
    *,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Growth per year of three prices by period and source, with the intervals of the rules.

    Args:
        panels: from ``price_panels.panels``.
        threshold: ability that is held fixed.
        cpi: table cpi to deflate by; None for dollars as they were.
        level, seed: of the intervals.

    Returns:
        quantity, period, source, growth_per_year, low, high, n; missing where the months or
        models of a period are too few.
    """
    rows = []
    for source, panel in panels.items():
        whole = {
            FIXED: (price_series.cheapest(panel, threshold), "month", _monthly),
            BEST: (price_series.best(panel), "month", _monthly),
            LAUNCH: (equal_ability.launches(panel), "date", _launch),
        }
        for quantity, (frame, day, fit) in whole.items():
            dated = frame if cpi is None else _deflated(frame, cpi, day)
            for period, (start, end) in PERIODS.items():
                part = _within(dated, day, start, end)
                found = attempt(fit, part, level=level, seed=seed)
                low, high = found.interval or (None, None)
                rows.append((quantity, period, source, found.estimate, low, high, found.n))
    names = ["quantity", "period", "source", "growth_per_year", "low", "high", "n"]
    table = pd.DataFrame(rows, columns=names)
    order = {name: place for place, name in enumerate([FIXED, BEST, LAUNCH, *PERIODS])}
    return table.sort_values(
        ["quantity", "period"], key=lambda column: column.map(order), kind="stable"
    ).reset_index(drop=True)


def half_years(series: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows of monthly series at the end of each half-year, and the last of each.

    Columns: source, month, model, host, ability, price.
    """
    parts = []
    for source, rows in series.items():
        last = rows["month"] == rows["month"].max()
        parts.append(rows[rows["month"].dt.month.isin((6, 12)) | last].assign(source=source))
    names = ["source", "month", "model", "host", "ability", "price"]
    joined = pd.concat(parts)[names].reset_index(drop=True)
    return joined.assign(month=joined["month"].dt.strftime("%Y-%m"))


def every_month(series: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Monthly series beside each other: month, then model, host and price of each source."""
    parts = [
        rows.set_index("month")[["model", "host", "price"]].add_prefix(f"{source}_")
        for source, rows in series.items()
    ]
    joined = pd.concat(parts, axis=1).sort_index().rename_axis("month").reset_index()
    texts = joined.select_dtypes(exclude=["number", "datetime"]).columns
    shown = joined.assign(**{name: joined[name].fillna("") for name in texts})
    return shown.assign(month=shown["month"].dt.strftime("%Y-%m"))


def _monthly(part: pd.DataFrame, **options: Any) -> Answer:
    return monthly_growth(part, "price", **options)


def _launch(part: pd.DataFrame, **options: Any) -> Answer:
    found = equal_ability.equal_ability(part, **options)
    return Answer(found.factor, found.factor_interval, found.n)


def _deflated(frame: pd.DataFrame, cpi: pd.DataFrame, day: str) -> pd.DataFrame:
    try:
        return price_series.real(frame, cpi, day=day)
    except InputError:
        return frame.iloc[:0]


def _within(frame: pd.DataFrame, day: str, start: str, end: str | None) -> pd.DataFrame:
    kept = frame[day] >= pd.Timestamp(start)
    if end is not None:
        kept &= frame[day] <= pd.Timestamp(end)
    return frame[kept]
