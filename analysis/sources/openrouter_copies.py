"""Our own copies of OpenRouter's catalogue, which go on where the archived ones end."""

from __future__ import annotations

import json
from typing import Any

from analysis.errors import DataError
from analysis.sources.live import File
from analysis.sources.sidecar import Sidecar, Snapshots

URL = "https://openrouter.ai/api/v1/models"
PATH = "snapshots/openrouter/models-{day}.json.gz"
FEWEST = 200  # models; the archived copies of the last two years have 218 and more

Copy = dict[str, Any]


def read(content: bytes, day: str) -> tuple[bytes, Sidecar]:
    """The catalogue of today as USD per million tokens of input and output, by slug.

    Raises DataError if it is no such catalogue or has fewer than ``FEWEST`` models with a price.
    """
    try:
        entries = [(entry["id"], entry["pricing"]) for entry in json.loads(content)["data"]]
        prices = {
            slug: [_per_million(said["prompt"]), _per_million(said["completion"])]
            for slug, said in sorted(entries)
        }
    except (ValueError, LookupError, TypeError) as error:
        raise DataError(f"is not a catalogue of models: {error!r}", file=URL) from error
    priced = {slug: price for slug, price in prices.items() if min(price) >= 0}
    if len(priced) < FEWEST:
        raise DataError(f"has {len(priced)} models with a price", file=URL)
    about = Sidecar(
        title="OpenRouter model catalogue, own copies",
        producer="OpenRouter",
        citation=f"OpenRouter, model catalogue, copy of {day}.",
        licence="no licence stated; prices quoted with their source",
        url=URL,
        accessed=day,
        vintage=day,
        processing=(
            "Price of input and output of each model in USD per million tokens; models without a"
            " price of their own (routers, which have -1) left out."
        ),
        rows=len(priced),
    )
    return json.dumps({"prices": priced}, indent=0).encode(), about


def copies(snapshots: Snapshots) -> list[Copy]:
    """Stored copies with their days, as those of the archive: ``date`` and ``prices``."""
    found = []
    for path in snapshots.paths(PATH.format(day="*")):
        prices = json.loads(snapshots.read(path))["prices"]
        found.append({"date": snapshots.used[path].vintage, "prices": prices})
    return found


LIVE = File(path=PATH, url=URL, kind="json", read=read, apart=28)


def _per_million(usd_per_token: str) -> float:
    return round(float(usd_per_token) * 1e6, 6)
