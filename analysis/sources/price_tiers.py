"""Which listings ask more than one price: above a context length, or for a class of service."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources import litellm, price_lists
from analysis.sources.price_snapshots import Fields
from analysis.sources.sidecar import Snapshots

TIERS = ("context", "batch", "flex", "priority")
_ABOVE = re.compile(r"^(input|output)_cost_per_(token|character)_above_\d+k_tokens$")
_CLASS = re.compile(r"^(input|output)_cost_per_token_(batch|flex|priority)(es|_requests)?$")


def build(snapshots: Snapshots) -> pd.DataFrame:
    """The table; a tier is known from the day on which the release with it came out."""
    rows = pd.DataFrame(events(copies(snapshots)))
    return rows.assign(list="litellm", known_from=rows["refers_to"], known_basis="vintage")


def copies(snapshots: Snapshots) -> list[tuple[str, str, Fields]]:
    """Day, release and listings of each stored copy of the list, oldest first."""
    found = []
    for path in snapshots.paths("snapshots/litellm/*.json.gz"):
        fields = price_lists.parse(snapshots.read(path), snapshots.data / path)
        fields.pop("sample_spec", None)
        package, _, version = path.rpartition("/")[2].removesuffix(".json.gz").rpartition("-")
        found.append((snapshots.used[path].vintage, f"{package} {version}", fields))
    return sorted(found, key=lambda copy: copy[0])


def events(copies: Sequence[tuple[str, str, Fields]]) -> list[dict[str, object]]:
    """Change events of (day, release, listings) copies, oldest first.

    A listing appears with the first copy that gives it a tier and goes with the first that gives
    it none; nothing in a row rests on a later copy.
    """
    rows: list[dict[str, object]] = []
    before: dict[str, frozenset[str]] = {}
    for day, release, fields in copies:
        now = {listing: found for listing, entry in fields.items() if (found := tiers(entry))}
        for listing in sorted(before.keys() | now.keys()):
            if before.get(listing) != now.get(listing):
                event = "changed" if listing in before and listing in now else "listed"
                event = event if listing in now else "gone"
                rows.append(_row(listing, now.get(listing, frozenset()), event, release, day))
        before = now
    return rows


def tiers(entry: Mapping[str, Any]) -> frozenset[str]:
    """Names of ``TIERS`` for which a listing states a price that differs from its plain one."""
    found = set()
    for field, value in entry.items():
        if _ABOVE.match(field):
            name, plain = "context", entry.get(field.split("_above_")[0])
        elif match := _CLASS.match(field):
            name, plain = match[2], entry.get(f"{match[1]}_cost_per_token")
        else:
            continue
        if _is_price(value) and value != plain:
            found.add(name)
    return frozenset(found | {"context"} if _by_range(entry.get("tiered_pricing")) else found)


def _is_price(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _by_range(ranges: object) -> bool:
    """Whether a list of prices by context length has two that differ."""
    if not isinstance(ranges, list):
        return False
    prices = [(r.get("input_cost_per_token"), r.get("output_cost_per_token")) for r in ranges]
    return any(left != right for left, right in pairwise(prices))


def _row(
    listing: str, found: frozenset[str], event: str, release: str, day: str
) -> dict[str, object]:
    return {
        "release": release,
        "listing": listing,
        "event": event,
        **{tier: tier in found for tier in TIERS},
        "refers_to": day,
    }


def _gemini_pro_by_context(table: pd.DataFrame) -> bool:
    rows = table[(table["listing"] == "gemini/gemini-2.5-pro") & (table["event"] == "listed")]
    return len(rows) == 1 and bool(rows["context"].iloc[0])


TABLES = [
    Table(
        name="price_tiers",
        title="Listings with more than one price, 2024-11 to 2026-11",
        description=(
            "A row when the LiteLLM price list first states, changes or drops a separate price of"
            " a listing above a context length, or for batch, flex or priority service. A tier"
            " that equals the plain price does not count. What is dated is the entry in the list:"
            " its maintainers added fields for classes that vendors had sold for months."
        ),
        build=build,
        key=("list", "listing", "refers_to"),
        columns=(
            Column("list", "text", "which price list", allowed=(litellm.UPSTREAM.list,)),
            Column("release", "text", "package and version that carries it"),
            Column("listing", "text", "key in the list, as in api_prices"),
            Column("event", "text", "what happened", allowed=("listed", "changed", "gone")),
            Column("context", "boolean", "another price above a context length"),
            Column("batch", "boolean", "another price for batches of requests"),
            Column("flex", "boolean", "another price for slow service"),
            Column("priority", "boolean", "another price for fast service"),
        ),
        checks=(
            rows_at_least(300),
            Check(
                "gemini_2.5_pro_is_priced_by_context",
                "table",
                "it has had a higher price above 200,000 tokens since its launch",
                _gemini_pro_by_context,
            ),
        ),
    )
]
