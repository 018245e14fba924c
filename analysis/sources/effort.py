"""From a configuration in the benchmark panel to the model and the effort it was run with."""

from __future__ import annotations

import re

DECLARED = ("", "none", "minimal", "low", "medium", "high", "xhigh", "max", "thinking")
_EFFORT = re.compile(r"_(none|minimal|low|medium|high|xhigh|max|thinking|unknown|\d+K)$")
_PREFIX = re.compile(r"^[\w-]+/")
# The panel has some models under several names, and two API aliases dated to one version.
_SAME = {
    "deepseek-chat": ("deepseek-v3.2", "none"),
    "deepseek-reasoner": ("deepseek-v3.2", "thinking"),
    "fireworks/deepseek-v3p2": ("deepseek-v3.2", "unknown"),
    "fireworks/kimi-k2p5": ("kimi-k2.5", "unknown"),
    "gpt-5.6-sol_promax": ("gpt-5.6-sol-pro", "max"),
    "grok-4-20": ("grok-4.20", ""),
    "grok-4.20-0309-reasoning": ("grok-4.20", "thinking"),
    "grok-4-3": ("grok-4.3", ""),
    "Llama-2-70b-hf": ("llama-2-70b", ""),
    "Llama-2-70b-chat-hf": ("llama-2-70b-chat", ""),
    "Llama-4-Maverick-17B-128E-Instruct-FP8": ("llama-4-maverick-17b-128e-instruct", ""),
    "amazon.nova-lite-v1:0": ("amazon.nova-lite-v1", ""),
    "amazon.nova-pro-v1:0": ("amazon.nova-pro-v1", ""),
}


def split(configuration: str) -> tuple[str, str]:
    """Model in lower case and effort: declared, a thinking budget such as 16K, or unknown.

    >>> split("gpt-5.5_xhigh")
    ('gpt-5.5', 'xhigh')
    """
    if configuration in _SAME:
        return _SAME[configuration]
    effort = _EFFORT.search(configuration)
    name = configuration[: effort.start()] if effort else configuration
    name = re.sub(r"[ ()]+", "-", _PREFIX.sub("", name)).strip("-").lower()
    return name, effort.group(1) if effort else ""
