"""LiteLLM: API prices of many hosts, from the copies inside its monthly releases."""

from __future__ import annotations

from functools import partial
from typing import Any

from analysis.schemas import Table
from analysis.sources import price_lists, price_snapshots
from analysis.sources.listing_names import host_of
from analysis.sources.live import Package
from analysis.sources.price_flags import Offer, per_million
from analysis.sources.price_snapshots import Fields, Upstream

_INLINE = "0.1.512"  # its list is a dict in the package's __init__, later ones are JSON files


def _member(package: str, version: str) -> str:
    inline = version == _INLINE
    return (
        "litellm/__init__.py" if inline else "litellm/model_prices_and_context_window_backup.json"
    )


def _decode(raw: bytes, package: str, version: str) -> bytes:
    if version == _INLINE:
        return price_lists.as_json(price_lists.literal(raw, "model_cost", f"litellm {version}"))
    return raw


def _processing(package: str, version: str) -> str:
    if version == _INLINE:
        return "The dict model_cost of litellm/__init__.py, read as a literal and kept as JSON."
    return f"The file {_member(package, version)} of the release, unchanged, compressed."


UPSTREAM = Upstream(
    list="litellm",
    packages=("litellm",),
    title="LiteLLM model prices and context window",
    producer="BerriAI and LiteLLM contributors",
    licence="MIT",
    url="https://github.com/BerriAI/litellm",
    member=_member,
    decode=_decode,
    processing=_processing,
    refused=frozenset({"1.82.7", "1.82.8", "1.107.0"}),
)
PACKAGES = UPSTREAM.packages
extract = partial(price_snapshots.extract, UPSTREAM)
LIVE = (
    Package(
        path="snapshots/litellm/litellm-{version}.json.gz",
        name="litellm",
        apart=28,
        refused=UPSTREAM.refused,
        dated=True,
    ),
)
TABLES: tuple[Table, ...] = ()


def offers(fields: Fields) -> list[Offer]:
    """Listings of one copy; prices per token become USD per million tokens."""
    return [offer(listing, entry) for listing, entry in fields.items() if listing != "sample_spec"]


def offer(listing: str, entry: Any) -> Offer:
    return Offer(
        listing=listing,
        host=host_of(listing, str(entry.get("litellm_provider") or "")),
        mode=str(entry.get("mode") or ""),
        input=per_million(entry.get("input_cost_per_token")),
        output=per_million(entry.get("output_cost_per_token")),
        per_character=_per_character(entry),
        ends=str(entry.get("deprecation_date") or ""),
    )


def _per_character(entry: Any) -> bool:
    """Whether the price of a token is below that of a character: then it is not one of a token."""
    pairs = [
        (entry.get(f"{side}_cost_per_token"), entry.get(f"{side}_cost_per_character"))
        for side in ("input", "output")
    ]
    return any(token and character and token < character for token, character in pairs)
