"""Model vendors and the hosts on which they sell their own models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.sources.listing_names import bare_name


@dataclass(frozen=True)
class Vendor:
    """``models`` matches the bare names of its own models, where its hosts sell others' too;
    ``clouds`` are those hosts that are a cloud's general model store."""

    name: str
    hosts: tuple[str, ...]
    models: str = ""
    clouds: tuple[str, ...] = ()


VENDORS = (
    Vendor("AI21", ("ai21",)),
    Vendor("Aleph Alpha", ("aleph_alpha",)),
    Vendor("Alibaba", ("dashscope", "qwencloud", "qwen_ai_platform"), r"^(qwen|qwq|qvq)"),
    Vendor("Amazon", ("amazon_nova",), r"^(nova|titan)", ("bedrock",)),
    Vendor("Anthropic", ("anthropic",)),
    Vendor("Cohere", ("cohere",)),
    Vendor("DeepSeek", ("deepseek",)),
    Vendor("Google", ("gemini", "palm"), r"^(gemini|\w+-bison|text-unicorn)", ("vertex_ai",)),
    Vendor("IBM", (), r"^granite", ("watsonx",)),
    Vendor("Meta", ("meta", "meta_llama"), r"^llama"),
    Vendor("Microsoft", (), r"^(phi|mai)-", ("azure_ai",)),
    Vendor("MiniMax", ("minimax",)),
    Vendor("Mistral AI", ("mistral", "codestral")),
    Vendor("Moonshot AI", ("moonshot",), r"^(kimi|moonshot)"),
    Vendor("Morph", ("morph",)),
    Vendor("OpenAI", ("openai",)),
    Vendor("Perplexity", ("perplexity",), r"^(sonar|pplx|r1-1776|llama-3\.1-sonar)"),
    Vendor("Vercel", ("v0",)),
    Vendor("Xiaomi", ("xiaomi_mimo",)),
    Vendor("Z.ai", ("zai",)),
    Vendor("xAI", ("xai",)),
)


def vendors_of(cells: Iterable[tuple[str, str]], *, clouds: bool = True) -> list[str]:
    """Vendor of each (host, listing) that is sold by its own maker; empty for all others.

    ``clouds`` counts the general model stores of Amazon, Google, IBM and Microsoft as their own.
    """
    by_host = {
        host: vendor
        for vendor in VENDORS
        for host in (*vendor.hosts, *(vendor.clouds if clouds else ()))
    }
    found = []
    for host, listing in cells:
        vendor = by_host.get(host)
        own = vendor is not None and re.search(vendor.models, bare_name(listing))
        found.append(vendor.name if vendor and own else "")
    return found
