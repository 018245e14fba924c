"""Small made-up price tables in the shape of api_prices, model_quality and model_crosswalk."""

from __future__ import annotations

import pandas as pd

from analysis.economics.list_prices import lists as list_prices
from analysis.economics.list_prices.lists import ListPrices
from analysis.economics.prices import panels as price_panels
from analysis.economics.prices.panels import LISTS, Panel

INPUT, OUTPUT = "input_usd_per_million_tokens", "output_usd_per_million_tokens"
EMPTY_ROUTER = ["listing", "host", "model", "variant", "event", INPUT, OUTPUT, "flag", "refers_to"]


def history(
    listing: str,
    *prices: tuple[str, float | None],
    host: str = "openai",
    name: str = "litellm",
    flag: str = "",
) -> list[dict[str, object]]:
    """Events of one listing whose output costs four times its input; None is the end of it."""
    rows, kind = [], "listed"
    for day, price in prices:
        rows.append(
            {
                "list": name,
                "listing": listing,
                "host": host,
                "model": "",
                "event": "gone" if price is None else kind,
                INPUT: price,
                OUTPUT: None if price is None else 4 * price,
                "flag": flag,
                "refers_to": pd.Timestamp(day),
            }
        )
        kind = "listed" if price is None else "changed"
    return rows


def events(*histories: list[dict[str, object]], through: str = "2026-04-30") -> pd.DataFrame:
    """A price table observed up to a day; a listing that nobody asks for keeps its lists alive."""
    months = pd.date_range("2023-04-30", through, freq="ME")
    copies = [(f"{day:%Y-%m-%d}", 1 + i % 2 / 1000) for i, day in enumerate(months)]
    rows = [row for one in histories for row in one]
    for name in sorted({str(row["list"]) for row in rows} | {"litellm"}):
        rows += history("copies", *copies, host="nobody", name=name, flag="non_text")
    frame = pd.DataFrame(rows).astype({INPUT: float, OUTPUT: float})
    frame.attrs["observed_through"] = through
    return frame


def quality(*models: tuple[str, str, float], developer: str = "OpenAI") -> pd.DataFrame:
    """Scored models: (name, day of release, ability)."""
    names, days, abilities = zip(*models, strict=True)
    return pd.DataFrame(
        {
            "model": names,
            "ability": abilities,
            "standard_error": 0.1,
            "benchmarks": 5,
            "effort": "default",
            "developer": developer,
            "released": pd.to_datetime(days),
            "open_weights": False,
        }
    )


def crosswalk(*pointers: tuple[str, str, str], name: str = "litellm") -> pd.DataFrame:
    """Pointers: (listing, model, valid from)."""
    rows = [(name, *pointer) for pointer in pointers] or [(name, "none", "", "2023-01-01")]
    frame = pd.DataFrame(rows, columns=["list", "listing", "model", "valid_from"])
    return frame.assign(valid_from=pd.to_datetime(frame["valid_from"]))


def panel(
    frame: pd.DataFrame, scores: pd.DataFrame | None = None, walk: pd.DataFrame | None = None
) -> Panel:
    """The price lists of ``events`` as a panel."""
    scores = quality(("x", "2020-01-01", 0.0)) if scores is None else scores
    one = ["r", "openrouter", "", "", "listed", 1.0, 1.0, "", frame["refers_to"].max()]
    router = pd.DataFrame([one], columns=EMPTY_ROUTER)
    walk = crosswalk() if walk is None else walk
    return price_panels.panels(frame, router, scores, walk)[LISTS]


def market(*histories: list[dict[str, object]], walk: pd.DataFrame | None = None) -> ListPrices:
    """List prices of one source."""
    frame = events(*histories)
    walk = crosswalk() if walk is None else walk
    panels = {LISTS: panel(frame, walk=walk)}
    return list_prices.list_prices(panels, {LISTS: frame}, walk)[LISTS]
