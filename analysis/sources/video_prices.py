"""List prices of video generators as change events, from the dated copies of LiteLLM's list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources import price_tiers
from analysis.sources.listing_names import host_of
from analysis.sources.price_snapshots import Fields
from analysis.sources.sidecar import Snapshots

_PRICE = re.compile(r"^output_cost_per_(?:video_per_)?second(?:_(480p|720p|1080p|4k))?$")
RESOLUTIONS = ("base", "480p", "720p", "1080p", "4k")


def build(snapshots: Snapshots) -> pd.DataFrame:
    """The table; a price is known from the day on which the release with it came out."""
    rows = pd.DataFrame(events(price_tiers.copies(snapshots)))
    return rows.assign(known_from=rows["refers_to"], known_basis="vintage")


def events(copies: Sequence[tuple[str, str, Fields]]) -> list[dict[str, object]]:
    """Change events of (day, release, listings) copies, oldest first, one a tier of a listing."""
    rows: list[dict[str, object]] = []
    before: dict[tuple[str, str], float] = {}
    hosts: dict[str, str] = {}
    for day, release, fields in copies:
        offers = {listing: entry for listing, entry in fields.items() if _is_video(entry)}
        now = {(name, tier): p for name, e in offers.items() for tier, p in prices(e).items()}
        hosts |= {n: host_of(n, str(e.get("litellm_provider") or "")) for n, e in offers.items()}
        for listing, tier in sorted(before.keys() | now.keys()):
            old, new = before.get((listing, tier)), now.get((listing, tier))
            if old != new:
                event = "gone" if new is None else "listed" if old is None else "changed"
                rows.append(_row(listing, hosts[listing], tier, event, new, release, day))
        before = now
    return rows


def prices(entry: Mapping[str, Any]) -> dict[str, float]:
    """USD per second by resolution; ``base`` is the price without one."""
    found = {}
    for field, value in entry.items():
        match = _PRICE.match(field)
        if match and isinstance(value, (int, float)) and value > 0:
            found[match[1] or "base"] = float(value)
    return found


def _is_video(entry: Mapping[str, Any]) -> bool:
    return entry.get("mode") == "video_generation"


def _row(
    listing: str,
    host: str,
    tier: str,
    event: str,
    price: float | None,
    release: str,
    day: str,
) -> dict[str, object]:
    return {
        "release": release,
        "listing": listing,
        "host": host,
        "model": listing.rpartition("/")[2],
        "resolution": tier,
        "event": event,
        "usd_per_minute": None if price is None else round(60 * price, 6),
        "refers_to": day,
    }


def _sora_at_six_dollars(table: pd.DataFrame) -> bool:
    """Sora 2 was listed at six dollars a minute in October 2025, as OpenAI's page said."""
    rows = table[(table["listing"] == "openai/sora-2") & (table["resolution"] == "base")]
    return rows["usd_per_minute"].iloc[0] == 6.0 and str(rows["refers_to"].iloc[0])[:7] == "2025-10"


def _events_alternate(table: pd.DataFrame) -> bool:
    """A listing that is gone has no price; every other event has one."""
    return bool((table["usd_per_minute"].isna() == (table["event"] == "gone")).all())


TABLES = [
    Table(
        name="video_prices",
        title="List prices of video generators, September 2025 to November 2026",
        description=(
            "A row when the LiteLLM price list first states, changes or drops the price of a second"
            " of generated video, by listing and resolution. Day and price are those of the list,"
            " not of the vendor's page; hosts that bill by token or credit are converted by the"
            " list's maintainers. Minimum charges and input video are not in it."
        ),
        build=build,
        key=("listing", "resolution", "refers_to"),
        columns=(
            Column("release", "text", "package and version that carries it"),
            Column("listing", "text", "key in the list, as in api_prices"),
            Column("host", "text", "who sells it"),
            Column("model", "text", "name without the host"),
            Column("resolution", "text", "base: not named by the list", allowed=RESOLUTIONS),
            Column("event", "text", "what happened", allowed=("listed", "changed", "gone")),
            Column(
                "usd_per_minute",
                "number",
                "price of a minute of video",
                "USD per minute of video",
                required=False,
                above=0,
            ),
        ),
        checks=(
            Check("sora_2_was_listed_at_6", "table", "in October 2025", _sora_at_six_dollars),
            Check("gone_has_no_price", "table", "and nothing else", _events_alternate),
            rows_at_least(100),
        ),
    )
]
