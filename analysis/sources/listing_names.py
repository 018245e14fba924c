"""From the key of a listing to the bare name of what is sold.

Only what says *where* a model is served is taken off: host and vendor paths, regions of a
cloud, a cloud's own revision suffix. Dates and words like ``-preview`` stay, for they tell
models apart (mistral-large-2512 is not mistral-large-2407, o1-preview is not o1).
"""

from __future__ import annotations

import re

_VENDORS = (
    "ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai"
    "|nvidia|openai|qwen|stability|twelvelabs|writer|xai|zai"
)
_REGION = re.compile(rf"^(?:[a-z]{{2,6}}|us-gov)\.(?=(?:{_VENDORS})\.)")
_VENDOR = re.compile(rf"^(?:{_VENDORS})\.")
_HOSTS = {
    "bedrock_converse": "bedrock",
    "cohere_chat": "cohere",
    "text-completion-codestral": "codestral",
    "text-completion-inception": "inception",
    "text-completion-openai": "openai",
}
# The oldest lists name no host: there the name itself gives it away.
_OLD_NAMES = (
    (
        re.compile(r"^(ft:)?(gpt-|text-(ada|babbage|curie|davinci|embedding)|davinci|babbage|o1)"),
        "openai",
    ),
    (re.compile(r"^claude-"), "anthropic"),
    (
        re.compile(r"^(chat|code|codechat|text)-bison|^code-gecko|^text-unicorn|^gemini-"),
        "vertex_ai",
    ),
    (re.compile(r"^command"), "cohere"),
    (re.compile(r"^(anthropic|amazon|ai21|cohere|meta)\."), "bedrock"),
    (re.compile(r"^together-ai-"), "together_ai"),
)


def bare_name(listing: str) -> str:
    """Lower-case name of the model without host, vendor, region and variant.

    >>> bare_name("bedrock/us-east-1/anthropic.claude-3-5-sonnet-20240620-v1:0")
    'claude-3-5-sonnet-20240620'
    >>> bare_name("openrouter/qwen/qwen3-coder:free")
    'qwen3-coder'
    """
    name = listing.lower()
    if name.startswith("ft:"):
        return name
    name = name.rsplit("/", 1)[-1].replace("@", "-")
    name = _VENDOR.sub("", _REGION.sub("", name))
    name = re.sub(r"-v0:(\d)", r"-v0.\1", name)
    name = re.sub(r"^claude-v2:1", "claude-2.1", name)
    name = re.sub(r"-v\d:\d(?=:|$)", "", name)
    return name.split(":")[0]


def variant(listing: str) -> str:
    """What follows the colon in a router's slug, as in ``:free``; empty for the plain listing."""
    return listing.rsplit("/", 1)[-1].partition(":")[2]


def host_of(listing: str, provider: str) -> str:
    """Who serves a listing: the provider that the list names, one name for each company's API."""
    if not provider:
        if "/" in listing:
            provider = listing.split("/", 1)[0]
        else:
            found = (host for pattern, host in _OLD_NAMES if pattern.search(listing))
            provider = next(found, "unnamed")
    provider = re.sub(r"^(vertex_ai|fireworks_ai)-.*", r"\1", provider)
    return _HOSTS.get(provider, provider)
