"""What makes a listed price unfit for a comparison, judged from one release of a list alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from analysis.sources.listing_names import bare_name

TEXT_MODES = frozenset({"", "chat", "completion", "responses"})
CEILING = 1000  # USD per million tokens; the dearest text model ever listed took 600

REASONS = {
    "alias_roll": "the name points to another model from time to time",
    "fine_tune": "price of a fine-tuned model",
    "free_or_local": "listed at zero: free tier, preview or run by the user",
    "inverted": "output listed cheaper than input: fields look exchanged",
    "no_token_price": "no price per token is given",
    "non_text": "not a text model",
    "one_sided": "only input or only output has a price",
    "per_character": "price per character, stored as per token",
    "regional": "regional duplicate of another listing",
    "stale": "not the price that the developer had published by then",
    "unit_error": f"above {CEILING} USD per million tokens: wrong unit",
    "variant": "batch, speed or service tier, not the list price",
    "withdrawn": "past the day on which the host stops selling it",
}

_NON_TEXT = re.compile(
    r"audio|realtime|transcri|whisper|speech|tts|voxtral|lyria|music|image|imagen|dall-e|flux"
    r"|stable-diffusion|video|veo-|-live-|embed|rerank|moderation|ocr|evaluation|decider"
)
_ALIAS = re.compile(r"[-@]latest(?=$|-)|^~|/~|^chat-latest$")
_PALM = re.compile(r"bison|gecko|unicorn")  # Vertex sold them by the character only
_FINE_TUNE = re.compile(r"^ft:|finetuned")
_REGIONAL = re.compile(
    r"^(us|eu|apac|au|jp|global|us-gov|in|ca|sa)\.[a-z0-9]+\."
    r"|^(azure|azure_ai)/(eu|us|apac|global|global-standard|us-gov)/"
    r"|^bedrock(_mantle)?/(\*|[a-z]{2}(-gov)?-[a-z]+-\d)/"
    r"|(fast|flash|k3|\d)-us$"
)
_VARIANT = re.compile(
    r":(batch|beta|exacto|extended|free|nitro|online|thinking)$"
    r"|-(batch|flex|highspeed|lightning|priority|spot|tput|router)$|/spot-|model.router$"
    r"|(?<!grok-4)(?<!grok-4-1)(?<!grok-4\.1)(?<!grok-code)-fast(-beta|-latest|-fp4|-preview|-us)?$"
)


@dataclass(frozen=True)
class Offer:
    """One listing in one release: prices in USD per million tokens, None where none is given.

    ``ends`` is the day on which the host stops selling it, if the list says so.
    """

    listing: str
    host: str
    mode: str
    input: float | None
    output: float | None
    per_character: bool = False
    ends: str = ""


def per_million(value: object, factor: float = 1e6) -> float | None:
    """A price per token as USD per million tokens, ten significant digits; None if absent.

    Raises:
        ValueError: a text, a negative or an infinite number.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < inf:
        raise ValueError(f"{value!r} is not a price")
    return float(f"{value * factor:.10g}")


def is_text(offer: Offer) -> bool:
    return offer.mode in TEXT_MODES and not _NON_TEXT.search(bare_name(offer.listing))


def flags(offer: Offer) -> frozenset[str]:
    """Names of ``REASONS`` that apply; a later release never matters."""
    if not is_text(offer):
        return frozenset({"non_text"})
    return _of_name(offer.listing) | _of_prices(offer)


def _of_name(listing: str) -> frozenset[str]:
    patterns = {
        "alias_roll": _ALIAS,
        "fine_tune": _FINE_TUNE,
        "regional": _REGIONAL,
        "variant": _VARIANT,
    }
    return frozenset(flag for flag, pattern in patterns.items() if pattern.search(listing.lower()))


def _of_prices(offer: Offer) -> frozenset[str]:
    if offer.input is None and offer.output is None:
        return frozenset({"no_token_price"})
    into, out = offer.input or 0.0, offer.output or 0.0
    if not into and not out:
        return frozenset({"free_or_local"})
    found = set()
    if not into or not out:
        found.add("one_sided")
    elif out < into:
        found.add("inverted")
    if max(into, out) > CEILING:
        found.add("unit_error")
    if offer.per_character or (offer.host == "vertex_ai" and _PALM.search(offer.listing)):
        found.add("per_character")
    return frozenset(found)
