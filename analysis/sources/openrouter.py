"""OpenRouter's catalogue, 31 archived copies 2023-07 to 2026-09: the independent price panel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.errors import DataError
from analysis.files import decompress
from analysis.schemas import Column, Table
from analysis.sources import archive, crosswalk, openrouter_copies, price_lists, sidecar
from analysis.sources.listing_names import variant
from analysis.sources.live import Package
from analysis.sources.price_columns import INPUT, OUTPUT, PRICES_AND_FLAGS
from analysis.sources.price_flags import Offer
from analysis.sources.price_lists import Release
from analysis.sources.sidecar import Sidecar, Snapshots

PACKAGES = ("model-price-radar-mcp",)
FILE = "snapshots/openrouter/history.json.gz"
LIVE = (Package(path=FILE, name=PACKAGES[0]), openrouter_copies.LIVE)
_MEMBER = "model_price_radar/data/history.json.gz"


def extract(wheels: Path, out: Path) -> list[Path]:
    """The archived copies in the newest wheel of a folder, as one snapshot."""
    wheel = archive.wheels(wheels, PACKAGES[0])[-1]
    content = decompress(archive.read_member(wheel.path, _MEMBER), wheel.path)
    copies = _copies(content, wheel.path)
    about = Sidecar(
        title="OpenRouter model catalogue, monthly archived copies",
        producer="OpenRouter; copies of the Internet Archive compiled by model-price-radar-mcp",
        citation="OpenRouter, model catalogue, archived copies compiled by model-price-radar-mcp.",
        licence="MIT",
        url="https://openrouter.ai/api/v1/models",
        accessed=_history(content, wheel.path)["built"],
        vintage=copies[-1]["date"],
        known_from=copies[0]["date"],
        observed_through=copies[-1]["date"],
        processing=(
            f"The file {_MEMBER} of {wheel.package} {wheel.version}, unchanged: for each archived"
            " copy the price of input and output in USD per million tokens, one price a model."
        ),
    )
    file = out / "openrouter" / "history.json.gz"
    rows = sum(len(copy["prices"]) for copy in copies)
    return [sidecar.write(file, content, about, rows=rows)]


def releases(snapshots: Snapshots) -> list[Release]:
    """The copies as dated lists of offers."""
    found = []
    archived = _copies(snapshots.read(FILE), snapshots.data / FILE)
    by_day = {copy["date"]: copy for copy in (*archived, *openrouter_copies.copies(snapshots))}
    for _, copy in sorted(by_day.items()):
        offers = [
            Offer(listing, "openrouter", "", float(into), float(out))
            for listing, (into, out) in copy["prices"].items()
        ]
        found.append(Release("openrouter", copy["date"], copy["date"], tuple(offers)))
    return found


def events(snapshots: Snapshots) -> pd.DataFrame:
    """Change events of the catalogue."""
    return price_lists.events(releases(snapshots), price_lists.Facts())


def build(snapshots: Snapshots) -> pd.DataFrame:
    """The table; a price is known from the day of the archived copy."""
    rows = crosswalk.with_models(events(snapshots), crosswalk.read(snapshots))
    return rows.assign(
        variant=[variant(listing) for listing in rows["listing"]],
        known_from=rows["refers_to"],
        known_basis="vintage",
    )


def _history(content: bytes, file: object) -> Any:
    try:
        history = json.loads(content)
        dated = history["built"] and all(
            copy["date"] and copy["prices"] for copy in history["snapshots"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"is not a history of catalogues: {error!r}", file=file) from error
    if not dated:
        raise DataError("is a history with copies that lack a date or prices", file=file)
    return history


def _copies(content: bytes, file: object) -> list[Any]:
    return sorted(_history(content, file)["snapshots"], key=lambda copy: copy["date"])


TABLES = [
    Table(
        name="router_prices",
        title="Prices in OpenRouter's catalogue, 2023-07 to 2026-09",
        description=(
            "A row when a model appears in an archived copy of the catalogue, changes or"
            " disappears. One price a model, that of one of its endpoints: a rise can be a cheap"
            " host that leaves. Context length is not in the archived copies."
        ),
        build=build,
        key=("listing", "refers_to"),
        columns=(
            Column("listing", "text", "slug in the catalogue"),
            Column("host", "text", "the router", allowed=("openrouter",)),
            Column("model", "text", "scored model it stood for that day", required=False),
            Column("variant", "text", "what the slug adds after a colon", required=False),
            Column("event", "text", "what happened", allowed=("listed", "changed", "gone")),
            *PRICES_AND_FLAGS,
        ),
        checks=(
            rows_at_least(2500),
            value_is(
                "gpt4_was_30_60_in_2023",
                {"listing": "openai/gpt-4", "event": "listed"},
                OUTPUT,
                60,
            ),
            Check(
                "no_price_above_1000",
                "table",
                "no price exceeds 1000 USD per million tokens",
                lambda table: not (table[[INPUT, OUTPUT]] > 1000).any(axis=None),
            ),
        ),
    )
]
