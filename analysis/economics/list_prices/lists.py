"""List prices of both sources with every change of a price, and which changes are no moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.economics import listings
from analysis.economics.columns import INPUT, LISTING, OUTPUT, listed
from analysis.economics.prices.panels import Panel
from analysis.methods.results import Result
from analysis.sources.listing_names import bare_name

ARTICLE = pd.Timestamp("2026-04-30")
# Reasons of screen_changes that make two prices of a listing incomparable.
RULED = frozenset({"flagged", "slipped_point", "alias_moved", "reversed", "endpoint", "bulk"})
OTHER_LIST = "other_list"
FLAGS_ONLY = frozenset({"flagged", "alias_moved"})


@dataclass(frozen=True, repr=False, eq=False)
class ListPrices(Result):
    """One source: ``offers`` are its clean spells, each with the bare ``name`` of what is sold,
    ``moves`` every change with its ``reason``.

    ``pointers`` says which scored model a listing stood for from ``valid_from`` on, ``copies``
    on which days each list was seen. Nothing is known after ``last``.
    """

    source: str
    offers: pd.DataFrame
    moves: pd.DataFrame
    pointers: pd.DataFrame
    copies: pd.DataFrame
    last: pd.Timestamp

    @property
    def end(self) -> pd.Timestamp:
        """The day of the article, or the last day known if earlier."""
        return min(self.last, ARTICLE)

    def summary(self) -> str:
        kept = int((self.moves["reason"] == "").sum())
        return f"{self.source}: {kept} of {len(self.moves)} price changes kept"


def list_prices(
    panels: Mapping[str, Panel], events: Mapping[str, pd.DataFrame], crosswalk: pd.DataFrame
) -> dict[str, ListPrices]:
    """Both sources, by name.

    Args:
        panels: from ``price_panels.panels``.
        events: the price table behind each panel, as loaded.
        crosswalk: ``model_crosswalk`` as loaded.

    Raises:
        InputError: for missing columns.
    """
    pointers = bare(crosswalk[[*LISTING, "model", "valid_from"]]).sort_values("valid_from")
    return {
        source: ListPrices(
            source=source,
            offers=_named(bare(panel.listings)),
            moves=screened(bare(events[source]), pointers),
            pointers=pointers,
            copies=bare(panel.copies),
            last=panel.last,
        )
        for source, panel in panels.items()
    }


def screened(events: pd.DataFrame, pointers: pd.DataFrame) -> pd.DataFrame:
    """``listings.screen_changes`` with the model that a listing stood for in the copy before, and
    with the reason ``other_list`` for a move that another list had told before.

    The row of a price says which model the listing meant when the price was set, perhaps years
    before the change; an alias that moved in between at an unchanged price is no alias roll now.
    """
    changes = listings.price_changes(events)
    copies = listed(events)[["list", "date"]].drop_duplicates().sort_values("date")
    copies = copies.assign(before=copies.groupby("list")["date"].shift())
    days = changes[["list", "listing", "date"]].merge(copies, on=["list", "date"], how="left")
    asked = days.assign(date=days["before"].fillna(days["date"]))
    changes["model"] = model_on(changes, pointers)
    changes["model_before"] = model_on(asked, pointers)
    found = listings.screen_changes(changes)
    told = (found["reason"] == "") & _told_before(found)
    return found.assign(reason=found["reason"].mask(told, OTHER_LIST))


def _told_before(changes: pd.DataFrame) -> pd.Series[bool]:
    """Whether an earlier row has the same move of the same name at the host on another list."""
    names = changes["listing"].map(bare_name)
    keys = changes[["host", "input_before", "output_before", INPUT, OUTPUT]].assign(name=names)
    kept = keys[changes["reason"] == ""].assign(list=changes["list"])
    repeated = kept.duplicated(list(keys)) & ~kept.duplicated()
    return repeated.reindex(changes.index, fill_value=False)


def model_on(rows: pd.DataFrame, pointers: pd.DataFrame) -> Any:
    """Scored model of each row's listing on its ``date``; empty where there is none."""
    asked = rows[[*LISTING, "date"]].assign(place=range(len(rows))).sort_values("date")
    found = pd.merge_asof(asked, pointers, left_on="date", right_on="valid_from", by=LISTING)
    return found.sort_values("place")["model"].fillna("").to_numpy()


def bare(frame: pd.DataFrame) -> pd.DataFrame:
    """Without its provenance, which pandas would copy at every step."""
    plain = frame.copy()
    plain.attrs = {}
    return plain


def _named(offers: pd.DataFrame) -> pd.DataFrame:
    names = {listing: bare_name(listing) for listing in offers["listing"].unique()}
    return offers.assign(name=offers["listing"].map(names))
