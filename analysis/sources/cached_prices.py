"""What listings ask for input that they have cached, from the copies of the LiteLLM price list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources import litellm
from analysis.sources.listing_names import host_of
from analysis.sources.price_flags import per_million
from analysis.sources.price_snapshots import Fields
from analysis.sources.price_tiers import copies
from analysis.sources.sidecar import Snapshots

PRICES = {
    "input_usd_per_million_tokens": "input_cost_per_token",
    "cached_input_usd_per_million_tokens": "cache_read_input_token_cost",
    "cache_write_usd_per_million_tokens": "cache_creation_input_token_cost",
    "output_usd_per_million_tokens": "output_cost_per_token",
}
_FRESH, _CACHED = "input_usd_per_million_tokens", "cached_input_usd_per_million_tokens"


def build(snapshots: Snapshots) -> pd.DataFrame:
    """The table; a price is known from the day on which the release with it came out."""
    rows = pd.DataFrame(events(copies(snapshots)))
    return rows.assign(list="litellm", known_from=rows["refers_to"], known_basis="vintage")


def events(copies: Sequence[tuple[str, str, Fields]]) -> list[dict[str, object]]:
    """Change events of (day, release, listings) copies, oldest first.

    A listing appears with the first copy that prices its fresh and its cached input and goes with
    the first that does not; nothing in a row rests on a later copy.
    """
    rows: list[dict[str, object]] = []
    before: dict[str, dict[str, object]] = {}
    for day, release, fields in copies:
        now = {
            listing: {"host": host_of(listing, str(entry.get("litellm_provider") or ""))} | found
            for listing, entry in fields.items()
            if (found := prices(entry))
        }
        for listing in sorted(before.keys() | now.keys()):
            if before.get(listing) == now.get(listing):
                continue
            event = "gone" if listing not in now else "changed" if listing in before else "listed"
            last = {name: before.get(listing, {}).get(name) for name in ("host", "mode")}
            said = now.get(listing, last)
            rows.append(
                {"release": release, "listing": listing, "event": event}
                | {name: said.get(name) for name in ("host", "mode", *PRICES)}
                | {"refers_to": day}
            )
        before = now
    return rows


def prices(entry: Mapping[str, Any]) -> dict[str, object]:
    """Mode and prices in USD per million tokens; empty without both prices of input."""
    found = {name: per_million(entry.get(field)) or None for name, field in PRICES.items()}
    if found[_FRESH] is None or found[_CACHED] is None:
        return {}
    return {"mode": str(entry.get("mode") or "unstated"), **found}


def _opus_caches_at_a_tenth(table: pd.DataFrame) -> bool:
    rows = table[(table["listing"] == "claude-opus-4-6") & (table["event"] == "listed")]
    return len(rows) == 1 and float(rows[_CACHED].iloc[0]) == 0.5


def _price(name: str, description: str) -> Column:
    return Column(name, "number", description, "USD per 1M tokens", required=False, above=0)


TABLES = [
    Table(
        name="cached_prices",
        title="Prices of cached input, 2024-11 to 2026-11",
        description=(
            "A row when the LiteLLM price list first states, changes or drops the price of cached"
            " input of a listing, or changes its other prices while it states one. What is dated"
            " is the entry in the list: vendors sold cached input from August 2024. Some hosts ask"
            " for writing to the cache as well, and some for keeping it; keeping is not listed."
        ),
        build=build,
        key=("list", "listing", "refers_to"),
        columns=(
            Column("list", "text", "which price list", allowed=(litellm.UPSTREAM.list,)),
            Column("release", "text", "package and version that carries it"),
            Column("listing", "text", "key in the list, as in api_prices"),
            Column("host", "text", "who serves it"),
            Column("event", "text", "what happened", allowed=("listed", "changed", "gone")),
            Column("mode", "text", "what it does, as the list says", required=False),
            _price(_FRESH, "price of input that is not cached"),
            _price(_CACHED, "price of input read from a cache"),
            _price("cache_write_usd_per_million_tokens", "price of input written to a cache"),
            _price("output_usd_per_million_tokens", "price of output"),
        ),
        checks=(
            rows_at_least(1500),
            Check(
                "claude_opus_4.6_reads_its_cache_at_0.50",
                "table",
                "a tenth of its price of fresh input of 5 dollars",
                _opus_caches_at_a_tenth,
            ),
        ),
    )
]
