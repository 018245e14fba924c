"""Only what says where a model is served comes off a listing; what it is stays."""

from __future__ import annotations

import pytest

from analysis.sources.listing_names import bare_name, host_of, variant

NAMES = {
    "gpt-4o-2024-08-06": "gpt-4o-2024-08-06",
    "azure/eu/gpt-4o-2024-08-06": "gpt-4o-2024-08-06",
    "openrouter/qwen/qwen3-coder:free": "qwen3-coder",
    "bedrock/us-east-1/anthropic.claude-3-5-sonnet-20240620-v1:0": "claude-3-5-sonnet-20240620",
    "anthropic.claude-3-5-sonnet-20241022-v2:0": "claude-3-5-sonnet-20241022",
    "anthropic.claude-3-haiku-20240307-v1:0:48k": "claude-3-haiku-20240307",
    "anthropic.claude-v2": "claude-v2",
    "anthropic.claude-v2:1": "claude-2.1",
    "mistral.mistral-7b-instruct-v0:2": "mistral-7b-instruct-v0.2",
    "us.deepseek.r1-v1:0": "r1",
    "vertex_ai/claude-3-opus@20240229": "claude-3-opus-20240229",
    "together_ai/meta-llama/Meta-Llama-3-70B-Instruct-Turbo": "meta-llama-3-70b-instruct-turbo",
    "ft:gpt-3.5-turbo-0125": "ft:gpt-3.5-turbo-0125",
}


@pytest.mark.parametrize(("listing", "name"), NAMES.items())
def test_bare_name(listing: str, name: str) -> None:
    assert bare_name(listing) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mistral/mistral-large-2512", "mistral/mistral-large-2407"),
        ("o1-preview", "o1"),
        ("gemini/gemini-2.5-pro-preview-03-25", "gemini/gemini-2.5-pro"),
        ("deepseek-r1-0528", "deepseek-r1"),
        ("anthropic.claude-v2", "anthropic.claude-v2:1"),
    ],
)
def test_dates_and_previews_tell_models_apart(one: str, other: str) -> None:
    assert bare_name(one) != bare_name(other)


def test_variant_is_what_follows_the_colon() -> None:
    assert variant("qwen/qwen3-coder:free") == "free"
    assert variant("qwen/qwen3-coder") == ""


@pytest.mark.parametrize(
    ("listing", "provider", "host"),
    [
        ("gemini-1.5-pro", "vertex_ai-language-models", "vertex_ai"),
        ("anthropic.claude-v2", "bedrock_converse", "bedrock"),
        ("gpt-4", "", "openai"),
        ("claude-2", "", "anthropic"),
        ("chat-bison", "", "vertex_ai"),
        ("perplexity/pplx-7b-chat", "", "perplexity"),
        ("dolphin", "", "unnamed"),
    ],
)
def test_one_name_for_each_host(listing: str, provider: str, host: str) -> None:
    assert host_of(listing, provider) == host
