"""What makes a listed price unfit for a comparison is seen from the listing itself."""

from __future__ import annotations

import pytest

from analysis.sources.price_flags import REASONS, Offer, flags, per_million


def offer(
    listing: str = "gpt-4o", into: float | None = 2.5, out: float | None = 10, **more
) -> Offer:
    return Offer(listing, more.pop("host", "openai"), more.pop("mode", "chat"), into, out, **more)


def test_a_plain_text_price_has_no_flag() -> None:
    assert flags(offer()) == frozenset()


@pytest.mark.parametrize(
    ("listing", "flag"),
    [
        ("mistral/mistral-large-latest", "alias_roll"),
        ("~anthropic/claude-opus-latest", "alias_roll"),
        ("openrouter/~google/gemini-pro-latest", "alias_roll"),
        ("vertex_ai/codestral@latest", "alias_roll"),
        ("ft:gpt-4o-2024-08-06", "fine_tune"),
        ("gpt-3.5-turbo-0613-finetuned", "fine_tune"),
        ("us.anthropic.claude-sonnet-4-20250514-v1:0", "regional"),
        ("azure/eu/gpt-4o-2024-08-06", "regional"),
        ("bedrock/us-east-1/meta.llama3-8b-instruct-v1:0", "regional"),
        ("openai/gpt-5:batch", "variant"),
        ("anthropic/claude-3.7-sonnet:thinking", "variant"),
        ("qwen/qwen3-coder:exacto", "variant"),
        ("gryphe/mythomax-l2-13b:extended", "variant"),
        ("meta-llama/llama-3.1-8b-instruct:free", "variant"),
        ("xai/grok-3-fast-beta", "variant"),
        ("together_ai/deepseek-ai/DeepSeek-R1-0528-tput", "variant"),
        ("gpt-4o-realtime-preview", "non_text"),
        ("gpt-4o-audio-preview-2024-12-17", "non_text"),
        ("gemini-2.5-flash-image", "non_text"),
        ("gemini-2.5-flash-preview-tts", "non_text"),
        ("vercel_ai_gateway/cohere/embed-v4.0", "non_text"),
    ],
)
def test_names_that_are_no_list_price_of_a_text_model(listing: str, flag: str) -> None:
    assert flags(offer(listing)) == {flag}


@pytest.mark.parametrize(
    "listing",
    [
        "xai/grok-4-fast-reasoning",
        "x-ai/grok-4.1-fast",
        "xai/grok-code-fast-1",
        "meta.llama3-8b-instruct-v1:0",
        "gemini-2.5-flash",
        "anthropic.claude-v2:1",
        "qwen/qwen3-vl-235b-a22b-instruct",
    ],
)
def test_names_that_only_look_like_a_variant(listing: str) -> None:
    assert flags(offer(listing)) == frozenset()


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        (offer(into=None, out=None), "no_token_price"),
        (offer(into=0, out=0), "free_or_local"),
        (offer(into=0, out=2.8), "one_sided"),
        (offer(into=0.5, out=None), "one_sided"),
        (offer(into=3, out=0.15), "inverted"),
        (offer(into=10_000, out=10_000), "unit_error"),
        (offer(into=0.08, out=0.31, per_character=True), "per_character"),
        (offer("chat-bison", 0.125, 0.125, host="vertex_ai"), "per_character"),
        (offer(mode="embedding"), "non_text"),
    ],
)
def test_prices_that_are_not_per_token(given: Offer, flag: str) -> None:
    assert flags(given) == {flag}


def test_flags_add_up_and_all_have_a_reason() -> None:
    found = flags(offer("us.amazon.nova-lite-v1:0", 0, 0))
    assert found == {"regional", "free_or_local"}
    assert found < set(REASONS)


def test_the_dearest_text_model_ever_sold_is_no_unit_error() -> None:
    assert flags(offer("o1-pro", 150, 600)) == frozenset()


@pytest.mark.parametrize(
    ("cell", "usd"),
    [
        (3e-06, 3.0),
        (1.5000000000000002e-06, 1.5),
        (0, 0.0),
        (None, None),
    ],
)
def test_a_price_per_token_becomes_usd_per_million(cell: object, usd: float | None) -> None:
    assert per_million(cell) == usd


@pytest.mark.parametrize("cell", ["3e-06", "free", True, -1, float("inf"), float("nan"), [1]])
def test_what_is_no_price_is_not_taken_for_an_absent_one(cell: object) -> None:
    with pytest.raises(ValueError, match="is not a price"):
        per_million(cell)
