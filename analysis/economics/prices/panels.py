"""The two price panels: what was on sale at which price, and at which ability.

``price_lists`` joins the lists of litellm, tokencost and langchain. They are never differenced
against one another: every spell belongs to one list, and where several lists name the same model
at the same host on one day, the list with the newest copy speaks. ``router`` is OpenRouter's
catalogue.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.economics import listings
from analysis.economics.columns import listed, require
from analysis.errors import InputError
from analysis.methods.results import Result

LISTS, ROUTER = "price_lists", "router"
SOURCES = (LISTS, ROUTER)


@dataclass(frozen=True, repr=False, eq=False)
class Panel(Result):
    """Spells of one source; ``price`` is blended, in USD per million tokens.

    ``listings`` has every spell of a text listing that carries no flag: list, listing, host,
    date (first day), until (first day no longer asked, missing if still asked), the two prices,
    flag and price. ``spells`` has those of scored models, each with model, ability,
    standard_error, benchmarks, developer, released and open_weights. ``copies`` has the days on
    which each list was seen: list, date. Nothing is known after ``last``.
    """

    source: str
    listings: pd.DataFrame
    spells: pd.DataFrame
    copies: pd.DataFrame
    last: pd.Timestamp

    def months(self, start: Any = None, end: Any = None) -> pd.DatetimeIndex:
        """Month ends from the first copy, or ``start``, to the last day known, or ``end``."""
        first = self.copies["date"].min() if start is None else pd.Timestamp(start)
        final = self.last if end is None else min(self.last, pd.Timestamp(end))
        return pd.date_range(first, final, freq="ME")

    def offers(self, start: Any = None, end: Any = None) -> pd.DataFrame:
        """What is on sale at each month end: one row a model and host, its cheapest listing.

        The columns of ``spells`` and ``month`` (its last day), by month and price.
        """
        rows = self._offers
        if start is not None:
            rows = rows[rows["month"] >= pd.Timestamp(start)]
        return rows if end is None else rows[rows["month"] <= pd.Timestamp(end)]

    @cached_property
    def _offers(self) -> pd.DataFrame:
        rows = self.live(self.spells, self.months())
        ranked = rows.sort_values(["month", "price", "model", "host", "listing"])
        return ranked.drop_duplicates(["month", "model", "host"]).reset_index(drop=True)

    def live(self, spells: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
        """Spells live on each of ``days`` (in ``month``), of the list with the newest copy.

        A spell is live from its date on and before its ``until``.
        """
        parts = [self._newest(_on(spells, day), day).assign(month=day) for day in days]
        if not parts:
            return spells.iloc[:0].assign(month=pd.Series(dtype="datetime64[us]"))
        return pd.concat(parts, ignore_index=True)

    def _newest(self, rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
        if rows["list"].nunique() < 2:
            return rows
        seen = self.copies[self.copies["date"] <= day].groupby("list")["date"].max()
        copied = rows["list"].map(seen)
        return rows[copied == copied.groupby([rows["host"], rows["model"]]).transform("max")]

    def summary(self) -> str:
        return (
            f"{self.source}: {self.listings['listing'].nunique()} text listings,"
            f" {self.spells['model'].nunique()} scored models, to {self.last:%Y-%m-%d}"
        )


def panels(
    api_prices: pd.DataFrame,
    router_prices: pd.DataFrame,
    quality: pd.DataFrame,
    crosswalk: pd.DataFrame,
    *,
    output_share: float = 0.25,
    least_benchmarks: int = 3,
    drop_flags: Collection[str] = listings.FLAWS,
) -> dict[str, Panel]:
    """Both panels, by source.

    Args:
        api_prices, router_prices, quality, crosswalk: the tables api_prices, router_prices,
            model_quality and model_crosswalk as loaded.
        output_share: weight of output tokens in the blended price; 0.25 is 3:1.
        least_benchmarks: scores that rest on fewer are left out.
        drop_flags: kinds of flags whose rows are left out.

    Raises:
        InputError: for missing columns or an unknown flag.
    """
    require("quality", quality, ["open_weights"])
    scores, pointers = _bare(quality), _bare(crosswalk)
    weights = scores.groupby("model")["open_weights"].max()
    found = {}
    for source, events in ((LISTS, api_prices), (ROUTER, router_prices)):
        spells = listings.intervals(_bare(events))
        clean = listings.clean(spells, drop_flags=drop_flags)
        clean["price"] = listings.blended(clean, output_share=output_share)
        scored = listings.with_quality(clean, scores, pointers, least_benchmarks=least_benchmarks)
        able = scored.frame.assign(open_weights=scored.frame["model"].map(weights).astype(bool))
        found[source] = Panel(source, clean, able, _copies(_bare(events)), _last(events))
    return found


def ability_of(quality: pd.DataFrame, model: str) -> float:
    """Ability score of one model, the level that a threshold refers to.

    Raises:
        InputError: when the model has no score.
    """
    scored = listings.best_effort(quality).set_index("model")["ability"]
    if model not in scored.index:
        raise InputError("reference_model", f"{model!r} has no ability score by that day")
    return float(scored[model])


def coverage(panels: dict[str, Panel], ability: float) -> pd.DataFrame:
    """What each panel holds: copies, listings, scored models, and those able enough."""
    rows = []
    for source, panel in panels.items():
        days, able = panel.copies["date"], panel.spells["ability"] >= ability
        rows.append(
            {
                "source": source,
                "copies": days.nunique(),
                "first_copy": days.min(),
                "last_copy": days.max(),
                "text_listings": len(panel.listings.drop_duplicates(["list", "listing"])),
                "listings_with_ability": len(panel.spells.drop_duplicates(["list", "listing"])),
                "models_with_ability": panel.spells["model"].nunique(),
                "models_able_enough": panel.spells.loc[able, "model"].nunique(),
                "developers": panel.spells["developer"].nunique(),
            }
        )
    return pd.DataFrame(rows)


def _bare(frame: pd.DataFrame) -> pd.DataFrame:
    """Without its provenance, which pandas would copy at every step."""
    plain = frame.copy(deep=False)
    plain.attrs = {}
    return plain


def _on(spells: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return spells[(spells["date"] <= day) & ~(spells["until"] <= day)]


def _copies(events: pd.DataFrame) -> pd.DataFrame:
    days = listed(events)[["list", "date"]].drop_duplicates()
    return days.sort_values(["list", "date"]).reset_index(drop=True)


def _last(events: pd.DataFrame) -> pd.Timestamp:
    """The last day that the table speaks of: what it observes, or else its newest row."""
    return pd.Timestamp(events.attrs.get("observed_through", events["refers_to"].max()))
