"""LangChain: prices of OpenAI's models as its cost callback has them, 2023-04 to 2024-10."""

from __future__ import annotations

from functools import partial

from analysis.errors import DataError
from analysis.schemas import Table
from analysis.sources import price_lists, price_snapshots
from analysis.sources.price_flags import Offer, per_million
from analysis.sources.price_snapshots import Fields, Upstream

_NAMES = ("MODEL_COST_PER_1K_TOKENS", "model_cost_mapping")
_OUTPUT = "-completion"


def _member(package: str, version: str) -> str:
    return f"{package.replace('-', '_')}/callbacks/openai_info.py"


def _decode(raw: bytes, package: str, version: str) -> bytes:
    file = f"{package} {version}"
    for name in _NAMES:
        try:
            prices = price_lists.literal(raw, name, file)
        except DataError:
            continue
        return price_lists.as_json(
            {listing: {"usd_per_1k_tokens": price} for listing, price in prices.items()}
        )
    raise DataError(f"assigns no dict to {' or '.join(_NAMES)}", file=file)


def _processing(package: str, version: str) -> str:
    return f"The cost table of {_member(package, version)}, read as a literal and kept as JSON."


UPSTREAM = Upstream(
    list="langchain",
    packages=("langchain", "langchain-community"),
    title="LangChain cost table of OpenAI models",
    producer="LangChain contributors",
    licence="MIT",
    url="https://github.com/langchain-ai/langchain",
    member=_member,
    decode=_decode,
    processing=_processing,
)
PACKAGES = UPSTREAM.packages
extract = partial(price_snapshots.extract, UPSTREAM)
LIVE = "has ended: later tables list prices of cached input as models of their own"
TABLES: tuple[Table, ...] = ()


def offers(fields: Fields) -> list[Offer]:
    """Listings of one copy; a model without an entry of its own for output has one price."""
    found = []
    for listing, entry in fields.items():
        if listing.endswith(_OUTPUT):
            continue
        output = fields.get(listing + _OUTPUT, entry)
        azure = listing.startswith("gpt-35") or "azure" in listing
        found.append(
            Offer(
                listing=listing,
                host="azure" if azure else "openai",
                mode="",
                input=per_million(entry["usd_per_1k_tokens"], 1e3),
                output=per_million(output["usd_per_1k_tokens"], 1e3),
            )
        )
    return found
