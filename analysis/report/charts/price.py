"""Figures of the notebook on inference prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.report import numbers, palette
from analysis.report.charts.specification import Drawing
from analysis.report.drawing import TALL, end_labels, units

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.methods.regression import JoinedSlopes

USD = "USD"
PER_MILLION = "USD per million tokens, log scale"
NAMES = {"price_lists": "price lists", "router": "router"}
ROOM, NEAR = pd.Timedelta("240D"), 1.8  # labels nearer than this in both would overlap
COLOURS = {"price_lists": palette.BLUE, "router": palette.VERMILLION}


def cheapest(series: dict[str, pd.DataFrame], bends: dict[str, JoinedSlopes | None]) -> Drawing:
    """Lowest price at the fixed ability by month, as steps, and two joined slopes a source."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=TALL)
    words = []
    for source, rows in series.items():
        _steps(ax, rows, source)
        found = bends.get(source)
        if found is not None:
            days = pd.DatetimeIndex(rows["month"])
            ax.plot(days, found.line(days), color=COLOURS[source], linestyle="--", linewidth=1)
            words.append(
                f"{NAMES[source]}: {found.before.factor:.2g}-fold a year before 2025,"
                f" {found.after.factor:.2g}-fold since"
            )
    _turns(ax, next(iter(series.values())))
    _dollars(ax, f"Cheapest model at GPT-4's ability of March 2023,\n{PER_MILLION}")
    ends = "; ".join(_ends(NAMES[source], rows) for source, rows in series.items() if len(rows))
    return Drawing(
        fig, f"Steps by month on a logarithmic axis. {ends}. {'; '.join(words)}.", long(series)
    )


def best(series: dict[str, pd.DataFrame]) -> Drawing:
    """Price of the best model on sale by month."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=TALL)
    for source, rows in series.items():
        _steps(ax, rows, source)
    _turns(ax, next(iter(series.values())))
    _dollars(ax, f"Best model on sale,\n{PER_MILLION}")
    ends = "; ".join(_ends(NAMES[source], rows) for source, rows in series.items() if len(rows))
    words = f"Steps by month on a logarithmic axis, up and down with no clear direction. {ends}."
    return Drawing(fig, words, long(series))


def ladder(rungs: pd.DataFrame, source: str = "price_lists") -> Drawing:
    """Lowest price at the ability of several models, from the day each was first on sale."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots(figsize=TALL)
    chosen = rungs[rungs["source"] == source]
    words = []
    for name, rows in chosen.groupby("ability_of", sort=False):
        ax.plot(rows["month"], rows["price"], drawstyle="steps-post", label=_short(str(name)))
        words.append(_ends(_short(str(name)), rows))
    _dollars(ax, f"Cheapest model at the ability of …,\n{PER_MILLION}")
    return Drawing(
        fig, f"One falling line for each of {len(words)} abilities. {'; '.join(words)}.", rungs
    )


def forecast(series: pd.DataFrame, band: pd.DataFrame) -> Drawing:
    """Prices to the end of the data and the forecast from what was known, with its band."""
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    ax.plot(
        series["month"], series["price"], drawstyle="steps-post", color=palette.BLUE, label="actual"
    )
    ax.plot(band["month"], band["median"], "--", color=palette.GREY, label="foretold")
    ax.fill_between(
        band["month"], band["low"], band["high"], color=palette.GREY, alpha=0.2, linewidth=0
    )
    _dollars(ax, f"Price of GPT-4's ability and its forecast,\n{PER_MILLION}")
    ax.set_ylim(series["price"].min() / 1e4, series["price"].max() * 30)
    last = band.iloc[-1]
    actual = float(series.set_index("month")["price"][last["month"]])
    side = "above" if actual > last["median"] else "below"
    where = "inside" if last["low"] <= actual <= last["high"] else "outside"
    words = (
        f"Steps of the actual price, {numbers.quantity(actual, USD)} in {last['month']:%B %Y}:"
        f" {side} the median forecast of {last['median']:.2g} dollars and {where} a band from"
        f" {last['low']:.0e} to {last['high']:.0e}."
    )
    return Drawing(fig, words, band)


def _steps(ax: Axes, rows: pd.DataFrame, source: str) -> None:
    ax.plot(rows["month"], rows["price"], drawstyle="steps-post", color=COLOURS[source],
            label=NAMES[source])  # fmt: skip


def _turns(ax: Axes, rows: pd.DataFrame, most: int = 6) -> None:
    """Names of the models that set the price for longest, where each begins, with room."""
    if rows.empty:
        return
    first = rows.groupby("model", sort=False).agg(
        month=("month", "first"), price=("price", "first"), months=("month", "size")
    )
    named: list[tuple[pd.Timestamp, float]] = []
    longest = first.nlargest(most, "months")
    for name, day, price in zip(longest.index, longest["month"], longest["price"], strict=True):
        if any(abs(day - d) < ROOM and 1 / NEAR < price / at < NEAR for d, at in named):
            continue
        named.append((day, price))
        ax.annotate(
            _short(str(name)),
            (day, price),
            (3, 4),
            textcoords="offset points",
            fontsize=9,
            color=palette.MUTED,
        )


def _dollars(ax: Axes, title: str) -> None:
    ax.set_yscale("log")
    units(ax.yaxis, USD)
    ax.set_title(title)
    end_labels(ax)


def _short(model: str) -> str:
    """A model's name without its date: ``gpt-4-0314`` stays, ``o1-2024-12-17`` is ``o1``."""
    parts = model.split("-")
    years = [place for place, part in enumerate(parts) if part.startswith("20") and len(part) >= 4]
    return "-".join(parts[: years[0]]) if years else model


def _ends(name: str, rows: pd.DataFrame) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"{name}: from {numbers.quantity(float(first['price']), USD)} in {first['month']:%B %Y} to"
        f" {numbers.quantity(float(last['price']), USD)} in {last['month']:%B %Y}"
    )


def long(series: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Monthly series of all sources one under the other, units in the names."""
    parts = [rows.assign(source=source) for source, rows in series.items()]
    names = ["source", "month", "model", "host", "ability", "standard_error", "price"]
    frame = pd.concat(parts)[names]
    return frame.rename(columns={"price": "usd_per_million_tokens"}).reset_index(drop=True)
