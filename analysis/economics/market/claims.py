"""Answers to the claims on high and slowing growth, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.market import cells
from analysis.economics.market import series as series_of
from analysis.economics.market.series import Series
from analysis.errors import InputError
from analysis.methods import growth as curves

RIVALS = ("AMD", "Cerebras", "SambaNova", "Groq")
"""The challengers of NVIDIA that the article names."""
NEAREST = (
    ("infrastructure", "spending on AI infrastructure in clouds",
     "Synergy, all cloud infrastructure services", "AI is a part that nobody splits off by year"),
    ("enterprise", "revenue of enterprise AI software sold by API",
     "Anthropic, annualised revenue (Epoch AI)",
     "one lab, with its subscriptions; no figure of the end of 2022"),
    ("consumer", "revenue of consumer AI apps, all ways of paying",
     "Sensor Tower, in-app revenue of generative AI apps",
     "without payments on the web; growth of 2024 and 2025 only, that of 2025 a lower bound"),
    ("chip_startups", "funding of AI chip start-ups",
     "Omdia, disclosed funding", "known from a blog; 2024 and 2025 only"),
)  # fmt: skip


def nearest() -> pd.DataFrame:
    """What each segment has no series of, and the nearest there is."""
    columns = ["segment", "no_public_series_of", "nearest_series", "why_it_is_not_the_same"]
    frame = pd.DataFrame(NEAREST, columns=columns)
    return frame.assign(segment=frame["segment"].map(cells.ROWS))


def latest(series: Series) -> Answer:
    """The latest growth over a year, as a ratio."""
    last = series_of.growth(series).iloc[-1]
    reason = f"{series.name}, a year to {last['refers_to']:%B %Y}: {series.near}"
    method = f"{last['basis']} growth over a year"
    ratio = 1 + float(last["growth_percent"]) / 100
    return Answer(ratio, None, 1, method=method, reason=reason, grade=series.grade)


def latest_chips(table: pd.DataFrame, exits: Sequence[str] = ()) -> Answer:
    """The latest full year's funding of AI chip start-ups over that of the year before.

    Raises:
        InputError: when no two years in a row are known.
    """
    years = sorted(table.loc[table["scope"] == cells.START_UPS, "year"])
    if len(years) < 2:
        raise InputError("funding of AI chip start-ups (Omdia)", "has no two years by then")
    last, before = (cells.chip_money(table, (int(y),)) for y in (years[-1], years[-1] - 1))
    ratio = (last.estimate or 0.0) / (before.estimate or 1.0)
    left = f"; left for NVIDIA: {', '.join(exits)}" if exits else ""
    reason = f"Omdia, {years[-1]} over {years[-1] - 1}, disclosed rounds, known from a blog{left}"
    return Answer(ratio, None, 2, method="ratio of two years of one publisher", reason=reason,
                  grade=last.grade)  # fmt: skip


def exits(acquisitions: pd.DataFrame, named: Sequence[str] = RIVALS) -> pd.DataFrame:
    """Closed purchases and licence-and-hire deals of the named firms."""
    rows = acquisitions[acquisitions["target"].isin(named) & (acquisitions["status"] == "closed")]
    return rows[["target", "acquirer", "structure", "refers_to", "value_usd", "grade"]]


def by_year(candidates: Sequence[Series | None]) -> pd.DataFrame:
    """Mean growth over a year of each series by calendar year, in percent, with its rows."""
    rows = []
    for series in candidates:
        if series is None:
            continue
        try:
            rates = series_of.growth(series)
        except InputError:
            continue
        for year, part in rates.groupby(rates["refers_to"].dt.year):
            mean = float(part["growth_percent"].mean())
            rows.append({"series": series.name, "year": int(str(year)), "percent": mean,
                         "growth_rates": len(part)})  # fmt: skip
    if not rows:
        raise InputError("series", "none has two figures a year apart")
    return pd.DataFrame(rows)


def decelerations(segments: Mapping[str, Series | None]) -> pd.DataFrame:
    """The test on levels: does growth from figure to figure fall? One row a series.

    The last row is the intersection-union test over the rows before it.

    Raises:
        InputError: when no series has four figures.
    """
    found = {}
    for name, series in segments.items():
        if series is None:
            continue
        frame = series.frame
        frame = frame[frame["value_usd"].notna() & (frame["refers_to"] >= series_of.START)]
        try:
            found[name] = curves.deceleration(frame["refers_to"], frame["value_usd"])
        except InputError:
            continue
    together = curves.intersection_union(found)
    rows = [
        {"series": name, "change_of_log_rate": test.change, "low": test.interval[0],
         "high": test.interval[1], "p_falling": test.p_value, "figures": test.n}
        for name, test in found.items()
    ]  # fmt: skip
    last = {"series": f"all {together.n} fall", "p_falling": together.p_value}
    return pd.DataFrame([*rows, last])
