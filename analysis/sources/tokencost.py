"""tokencost: copies of a price list that fill the gap of 2024 in the other releases."""

from __future__ import annotations

from functools import partial

from analysis.schemas import Table
from analysis.sources import litellm, price_lists, price_snapshots
from analysis.sources.price_flags import Offer, per_million
from analysis.sources.price_snapshots import Fields, Upstream

_INLINE = "0.0.2"  # a dict in units of 1e-7 USD per token
_UNIT = 0.1  # USD per million tokens


def _member(package: str, version: str) -> str:
    return "tokencost/constants.py" if version == _INLINE else "tokencost/model_prices.json"


def _decode(raw: bytes, package: str, version: str) -> bytes:
    if version == _INLINE:
        return price_lists.as_json(price_lists.literal(raw, "TOKEN_COSTS", f"tokencost {version}"))
    return raw


def _processing(package: str, version: str) -> str:
    if version == _INLINE:
        return "The dict TOKEN_COSTS of tokencost/constants.py, read as a literal, kept as JSON."
    return "The file tokencost/model_prices.json of the release, unchanged, compressed."


UPSTREAM = Upstream(
    list="tokencost",
    packages=("tokencost",),
    title="tokencost model prices",
    producer="AgentOps and tokencost contributors",
    licence="MIT",
    url="https://github.com/AgentOps-AI/tokencost",
    member=_member,
    decode=_decode,
    processing=_processing,
)
PACKAGES = UPSTREAM.packages
extract = partial(price_snapshots.extract, UPSTREAM)
LIVE = "has done its part: it only fills 2023-12 to 2024-11, where LiteLLM has no releases"
TABLES: tuple[Table, ...] = ()


def offers(fields: Fields) -> list[Offer]:
    """Listings of one copy, in USD per million tokens."""
    if all("prompt" in entry for entry in fields.values()):
        return [
            Offer(
                listing=listing,
                host="openai",
                mode="embedding" if "embedding" in listing else "",
                input=per_million(entry["prompt"], _UNIT),
                output=per_million(entry["completion"], _UNIT),
            )
            for listing, entry in fields.items()
        ]
    return litellm.offers(fields)
